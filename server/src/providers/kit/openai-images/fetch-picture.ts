import type { ProviderError } from '../../../models/index.ts';
import type { Reply } from '../open-caller.ts';
import { unreadable } from '../scan-reply.ts';
import type { Upstream } from './upstream.ts';

/** More than any picture of these models has. */
const maxBytes = 256 * 1024 * 1024;

const maxMs = 5 * 60 * 1000;

/**
 * Gets a picture that a reply names by its address, which may be relative. Only from where `picturesFrom` allows, and
 * the key goes to nobody but the service itself. Whatever goes wrong is `unreadable` and perhaps charged: the picture
 * itself is made and paid.
 */
export async function fetchPicture(
  upstream: Pick<Upstream, 'provider' | 'caller' | 'baseUrl' | 'headers' | 'picturesFrom'>,
  address: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const { provider, baseUrl, picturesFrom = 'https' } = upstream;
  const url = URL.canParse(address, baseUrl) ? new URL(address, baseUrl) : null;
  const isOwn = url !== null && url.origin === new URL(baseUrl).origin;
  const isAllowed = isOwn || (picturesFrom === 'https' && url?.protocol === 'https:');
  if (url === null || !isAllowed) throw lost(provider);
  try {
    const reply = await upstream.caller.call({
      url: url.href,
      headers: isOwn && picturesFrom === 'own-origin' ? await upstream.headers() : {},
      signal: AbortSignal.any([signal, AbortSignal.timeout(maxMs)]),
    });
    if (reply.status === 200) return readChunks(provider, reply);
    reply.close();
  } catch (cause) {
    throw lost(provider, cause);
  }
  throw lost(provider);
}

async function* readChunks(provider: string, reply: Reply): AsyncGenerator<Uint8Array> {
  let byteCount = 0;
  try {
    for await (const chunk of reply.body) {
      byteCount += chunk.byteLength;
      if (byteCount > maxBytes) throw new RangeError(`The picture has more than ${maxBytes} bytes.`);
      yield chunk;
    }
  } catch (cause) {
    throw lost(provider, cause);
  } finally {
    reply.close();
  }
}

function lost(provider: string, cause?: unknown): ProviderError {
  return unreadable(
    provider,
    'The service named its picture by an address that Pictor could not read.',
    cause,
  );
}
