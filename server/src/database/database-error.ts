/** A database that cannot be opened. Ends the start with this sentence and exit code, never with a stack. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  /** 69: not available. 65: its data is not for this release. 73: a migration failed. */
  readonly exitCode: 65 | 69 | 73;

  constructor(message: string, exitCode: 65 | 69 | 73, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.exitCode = exitCode;
  }
}

/** The connection is gone, or was never there: the same query may work later. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'ENOENT',
]);

/** True for errors that tell of the connection, not of the query: PostgreSQL's classes 08 and 57P, and broken sockets. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true;
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (connectionCodes.has(code) || code.startsWith('08') || code.startsWith('57P') || code === '53300')
    return true;
  return /Connection terminated|timeout exceeded when trying to connect|driver has already been destroyed|pool after calling end/i.test(
    error.message,
  );
}
