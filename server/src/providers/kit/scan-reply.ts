import { ProviderError } from '../../models/index.ts';
import { type EventPiece, openEventScanner } from './scan-events.ts';
import { type JsonPiece, type JsonScannerOptions, openJsonScanner } from './scan-json.ts';

/** What a JSON reply gives: its base64 in pieces, and at the end the value with '' where base64 stood. */
export type ReplyPiece = JsonPiece | { readonly type: 'value'; readonly value: unknown };

/** Reads a JSON reply as it arrives. Throws a ProviderError `unreadable` when it is none, and what `body` throws. */
export async function* scanJsonReply(
  provider: string,
  body: AsyncIterable<Uint8Array>,
  options: JsonScannerOptions,
): AsyncGenerator<readonly ReplyPiece[]> {
  try {
    const scanner = openJsonScanner(options);
    for await (const bytes of body) yield scanner.feed(bytes);
    yield [{ type: 'value', value: JSON.parse(scanner.text()) }];
  } catch (cause) {
    throw toUnreadable(provider, cause);
  }
}

/** Reads server-sent events as they arrive. Throws as scanJsonReply does. */
export async function* scanEventReply(
  provider: string,
  body: AsyncIterable<Uint8Array>,
  options: JsonScannerOptions,
): AsyncGenerator<readonly EventPiece[]> {
  try {
    const scanner = openEventScanner(options);
    for await (const bytes of body) yield scanner.feed(bytes);
    yield scanner.end();
  } catch (cause) {
    throw toUnreadable(provider, cause);
  }
}

function toUnreadable(provider: string, cause: unknown): ProviderError {
  if (cause instanceof ProviderError) return cause;
  return unreadable(provider, 'The service answered with something that cannot be read.', cause);
}

/** An answer without a usable image. What it cost is not known. */
export function unreadable(provider: string, message: string, cause?: unknown): ProviderError {
  return new ProviderError({
    kind: 'unreadable',
    charged: 'maybe',
    provider,
    message,
    ...(cause === undefined ? {} : { cause }),
  });
}
