import {
  AuthenticationError,
  ConflictError,
  ConnectionError,
  InvalidRequestError,
  ModerationError,
  NotFoundError,
  PermissionDeniedError,
  QuotaError,
  RateLimitError,
  UnreadableAnswerError,
  UpstreamError,
} from '@pictor/sdk';

/** Exit codes of sysexits, where it has one; documented in the guide. */
export const exitCodes = {
  done: 0,
  /** Anything that has no code of its own. */
  failed: 1,
  usage: 64,
  refused: 65,
  notFound: 66,
  unavailable: 69,
  internal: 70,
  cannotWrite: 73,
  tryLater: 75,
  unreadable: 76,
  notAllowed: 77,
  settings: 78,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

/** What a command ends with: a sentence for a person, and a code for a script. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The code that tells a script what kind of failure it was. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommandError) return error.exitCode;
  if (error instanceof AuthenticationError || error instanceof PermissionDeniedError)
    return exitCodes.notAllowed;
  if (error instanceof ModerationError || error instanceof InvalidRequestError) return exitCodes.refused;
  if (error instanceof ConflictError) return exitCodes.refused;
  if (error instanceof NotFoundError) return exitCodes.notFound;
  if (error instanceof RateLimitError || error instanceof QuotaError) return exitCodes.tryLater;
  if (error instanceof ConnectionError || error instanceof UpstreamError) return exitCodes.unavailable;
  if (error instanceof UnreadableAnswerError) return exitCodes.unreadable;
  return exitCodes.failed;
}
