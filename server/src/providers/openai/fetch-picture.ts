import type { ProviderError } from '../../models/index.ts';
import type { Reply } from '../kit/open-caller.ts';
import { unreadable } from '../kit/scan-reply.ts';
import type { Upstream } from './upstream.ts';

/** More than any picture of these models has. */
const maxBytes = 256 * 1024 * 1024;

/**
 * Gets a picture that a reply names by its address, without the key. Only from https and from the service's own
 * origin. Whatever goes wrong is `unreadable` and perhaps charged: the picture itself is made and paid.
 */
export async function fetchPicture(
  upstream: Pick<Upstream, 'caller' | 'baseUrl'>,
  address: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isAllowed = url?.protocol === 'https:' || url?.origin === new URL(upstream.baseUrl).origin;
  if (url === null || !isAllowed) throw lost();
  try {
    const reply = await upstream.caller.call({ url: url.href, headers: {}, signal });
    if (reply.status === 200) return readChunks(reply);
    reply.close();
  } catch (cause) {
    throw lost(cause);
  }
  throw lost();
}

async function* readChunks(reply: Reply): AsyncGenerator<Uint8Array> {
  let byteCount = 0;
  try {
    for await (const chunk of reply.body) {
      byteCount += chunk.byteLength;
      if (byteCount > maxBytes) throw new RangeError(`The picture has more than ${maxBytes} bytes.`);
      yield chunk;
    }
  } catch (cause) {
    throw lost(cause);
  } finally {
    reply.close();
  }
}

function lost(cause?: unknown): ProviderError {
  return unreadable(
    'openai',
    'The service named its picture by an address that Pictor could not read.',
    cause,
  );
}
