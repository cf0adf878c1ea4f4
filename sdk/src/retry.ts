import { PictorApiError } from './pictor-api-error.ts';

const firstWaitMs = 500;
const longestWaitMs = 8_000;
/** Whoever asks for more patience than this gets it from the caller, who can do something else meanwhile. */
const longestHintMs = 60_000;

const passingStatuses: readonly number[] = [0, 408, 429, 500, 502, 503, 504];

/** What a call is, as far as trying again goes. */
export type Repeatable = {
  /** True: sending it twice does no more than sending it once. */
  readonly isSafe: boolean;
  /** How often it was tried again already. */
  readonly retries: number;
};

/** How long to wait before another try, in milliseconds; null: there must be none. */
export function retryWaitMs(error: unknown, { isSafe, retries }: Repeatable): number | null {
  if (!(error instanceof PictorApiError) || !mayTryAgain(error, isSafe)) return null;
  const { retryAfterMs } = error;
  if (retryAfterMs !== null) return retryAfterMs <= longestHintMs ? retryAfterMs : null;
  const waitMs = Math.min(firstWaitMs * 2 ** retries, longestWaitMs);
  // Callers that failed together must not come back together.
  return waitMs * (0.75 + Math.random() / 4);
}

/** The server's own word counts first. Without it, only what can be sent twice is, and only after what passes. */
function mayTryAgain({ code, shouldRetry, status }: PictorApiError, isSafe: boolean): boolean {
  if (shouldRetry !== null) return shouldRetry;
  if (!isSafe || code === 'insufficient_quota') return false;
  return passingStatuses.includes(status) || code === 'idempotency_key_in_flight';
}

/** Waits, unless the signal ends it: then it throws the signal's reason. */
export async function pause(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, waitMs);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** A key that no other call has: 128 random bits. `randomUUID` is missing on pages without TLS. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `sdk-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
