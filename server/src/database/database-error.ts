/** Exit codes of a start that the database ended. */
export const databaseExitCodes = {
  /** The data was written by a newer release. */
  newerSchema: 65,
  /** Not reachable, refused, or held by another process. */
  unavailable: 69,
  migrationFailed: 73,
} as const;

type DatabaseExitCode = (typeof databaseExitCodes)[keyof typeof databaseExitCodes];

/** The database cannot be opened or is gone. The message is a sentence for the operator, without secrets. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly exitCode: DatabaseExitCode;

  constructor(exitCode: DatabaseExitCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.exitCode = exitCode;
  }
}

const networkCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Connection lost, refused or shut down; out of connections or disk; a standby that takes no writes. */
const unavailableSqlState = /^(?:08...|28...|3D000|53...|57P0[1-5]|58...|25006)$/;

/** Words of the drivers that come without any code. */
const unavailableWords =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|connection error and is not queryable|connection has been discarded|after calling end on the pool|driver has already been destroyed|connection (?:is )?closed|client was closed/i;

/** Whether the failure is the database's absence rather than a fault of the statement: worth a 503. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.exitCode === databaseExitCodes.unavailable;
  if (!(error instanceof Error)) return false;
  const code = readErrorCode(error);
  if (code !== undefined && (networkCodes.has(code) || unavailableSqlState.test(code))) return true;
  if (code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect') return true;
  return unavailableWords.test(error.message) || isDatabaseUnavailable(error.cause);
}

/** Whether a row could not be written since another has what only one may have: a name, for instance. */
export function isAlreadyThere(error: unknown): boolean {
  return readErrorCode(error) === '23505';
}

/** SQLSTATE or the system's error name, where the error carries one. */
export function readErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
