import { type ErrorCode, PictorError } from '../foundation/index.ts';
import { RefusedAddressError } from './open-connector.ts';

/** What surrounds a failure: how long was allowed, and whose parameter named the address. */
export type DownloadFacts = {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly param: string | undefined;
};

/** Any failure of a fetch as an answer. Addresses behind names, and what servers wrote, never stand in it. */
export function toDownloadError(error: unknown, facts: DownloadFacts): PictorError {
  if (error instanceof PictorError) return error;
  if (error instanceof RefusedAddressError) {
    return downloadError(
      'invalid_image_url',
      'The host of this address is not a public address, so Pictor does not fetch from it. An operator can allow the host with PICTOR_FETCH_ALLOW.',
      facts.param,
    );
  }
  const sentence = sayWhyNot(error, facts);
  return downloadError(
    'failed_to_download_image',
    `The file could not be downloaded: ${sentence}.`,
    facts.param,
    error,
  );
}

export function downloadError(
  code: ErrorCode,
  message: string,
  param: string | undefined,
  cause?: unknown,
): PictorError {
  return new PictorError({
    code,
    message,
    ...(param === undefined ? {} : { param }),
    ...(cause === undefined ? {} : { cause }),
  });
}

/** What became of a request, as the end of a sentence. */
export function sayWhyNot(error: unknown, facts: Pick<DownloadFacts, 'timeoutMs' | 'signal'>): string {
  return facts.signal.aborted
    ? `it took longer than ${facts.timeoutMs / 1000} seconds`
    : sayWhatFailed(codeOf(error));
}

function sayWhatFailed(code: string): string {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'ENODATA':
      return 'its host name could not be resolved';
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return 'its server did not accept a connection in time';
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'its server could not be reached';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_ABORTED':
      return 'the connection was cut';
    default:
      return /CERT|TLS|SSL|SIGNED|UNABLE_TO/.test(code)
        ? 'the certificate of its server is not accepted'
        : 'its server did not answer as a web server does';
  }
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
