import { DatabaseError, databaseExitCodes, readErrorCode } from './database-error.ts';

/**
 * Refuses addresses that would be read otherwise than meant: an unescaped `/`, `#` or `?` in a password
 * ends the host early, and the rest of the password would turn up in sentences as host, port or path.
 */
export function checkDatabaseUrl(databaseUrl: string): void {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  if (url !== undefined && (url.username !== '' || !databaseUrl.includes('@')) && url.hash === '') {
    try {
      decodeURIComponent(url.password);
      return;
    } catch {
      // A bare % in the password: the sentence below says what to do.
    }
  }
  throw new DatabaseError(
    databaseExitCodes.unavailable,
    'DATABASE_URL is not an address that can be read: it should look like postgres://user:password@host:5432/name, and characters such as / # ? @ % in the user or password must be percent-encoded.',
  );
}

/** A sentence for why the server could not be used at the start, without the address's password. */
export function explainServerFailure(databaseUrl: string, error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const place = describePlace(databaseUrl);
  const code = readErrorCode(error);
  switch (code) {
    case '28P01':
    case '28000':
      return unavailable(`PostgreSQL at ${place} refuses the user or password of DATABASE_URL.`);
    case '3D000':
      return unavailable(`PostgreSQL at ${place} has no such database: create it, or correct DATABASE_URL.`);
    case '42501':
      return unavailable(
        `The user of DATABASE_URL may not create tables in PostgreSQL at ${place}: grant it CREATE on the schema.`,
      );
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return unavailable(
        `PostgreSQL at ${place} cannot be reached (${code}). Is it running, and is DATABASE_URL right?`,
      );
    default:
      return unavailable(
        `PostgreSQL at ${place} cannot be used: ${hideSecrets(databaseUrl, readMessage(error))}`,
      );
  }
}

function unavailable(message: string): DatabaseError {
  return new DatabaseError(databaseExitCodes.unavailable, message);
}

function describePlace(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const host = url.host === '' ? (url.searchParams.get('host') ?? 'localhost') : url.host;
  return `${host}${url.pathname}`;
}

function readMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function hideSecrets(databaseUrl: string, text: string): string {
  const url = new URL(databaseUrl);
  const secrets = [
    databaseUrl,
    url.password,
    decodeURIComponent(url.password),
    url.searchParams.get('password') ?? '',
  ];
  return secrets
    .filter((secret) => secret !== '')
    .reduce((hidden, secret) => hidden.replaceAll(secret, '[removed]'), text);
}
