import { Agent, type Dispatcher } from 'undici';
import { checkAddress } from './check-address.ts';
import { type Lookup, openConnector, systemLookup } from './open-connector.ts';
import { readAllowList } from './read-allow-list.ts';
import { readTarget } from './read-target.ts';
import { type AskOptions, type AskResult, sendAsk } from './send-ask.ts';
import { type PostOptions, type PostResult, sendPost } from './send-post.ts';
import { type DownloadFacts, downloadError, toDownloadError } from './to-download-error.ts';

export type DownloadOptions = {
  /** Largest body that is accepted. */
  readonly maxBytes: number;
  /** For everything together, from the first connection to the last byte. Default 30,000. */
  readonly timeoutMs?: number;
  /** The caller's parameter that named the address, for errors. */
  readonly param?: string;
};

export type Download = {
  /** The body as it arrives; read it once. Throws `image_too_large` and `failed_to_download_image`. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Media type that the server declares, lower-case, without parameters; bytes decide. */
  readonly declaredMediaType?: string;
};

export type GuardedFetch = {
  /**
   * Gets what stands at an address that a caller named. Throws `invalid_image_url` where the address is none that
   * Pictor fetches from, `failed_to_download_image` and `image_too_large`.
   */
  readonly download: (url: string, options: DownloadOptions) => Promise<Download>;
  /**
   * Sends a text to an address that a caller named, under the same guard, and gives the status of the answer. Never
   * follows redirects. Rejects only when `signal` says so: every other failure is a result.
   */
  readonly post: (url: string, options: PostOptions) => Promise<PostResult>;
  /** The same, and reads the answer. */
  readonly ask: (url: string, options: AskOptions) => Promise<AskResult>;
  /** A sentence that says why nothing will be sent to this address; null: nothing speaks against it. */
  readonly check: (url: string) => Promise<string | null>;
  /** Cuts what still runs. */
  readonly close: () => Promise<void>;
};

const defaultTimeoutMs = 30_000;
const connectTimeoutMs = 10_000;
const maxRedirects = 5;
const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308];
const compressions: readonly string[] = ['gzip', 'x-gzip', 'deflate', 'compress', 'x-compress', 'br', 'zstd'];

/** All that is ever sent: no keys, no cookies, no referrer. */
const headers = {
  'user-agent': 'Pictor/0.1.0',
  accept: 'image/*, */*;q=0.5',
  'accept-encoding': 'identity',
};

/**
 * The one way to addresses that other people name. Only public hosts are reached, and the private ones of `allow`
 * (`assets.internal`, `127.0.0.1:8080`). `lookup` replaces the system's resolver. Throws a SettingsError when
 * `allow` cannot be read.
 */
export function openGuardedFetch(facts: {
  readonly allow: readonly string[];
  readonly lookup?: Lookup;
}): GuardedFetch {
  const allowList = readAllowList(facts.allow);
  const lookup = facts.lookup ?? systemLookup;
  const connect = openConnector({ allowList, lookup, connectTimeoutMs });
  // Every request has a connection of its own, and so a check of its own. Our timer counts, not undici's.
  const agent = new Agent({ connect, pipelining: 0, headersTimeout: 0, bodyTimeout: 0 });
  return {
    download: async (url, options) => {
      const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
      const signal = AbortSignal.timeout(timeoutMs);
      const surroundings = { timeoutMs, signal, param: options.param };
      try {
        const response = await followRedirects(agent, url, surroundings);
        return openDownload(response, options.maxBytes, surroundings);
      } catch (error) {
        throw toDownloadError(error, surroundings);
      }
    },
    post: (url, options) => sendPost(agent, url, options),
    ask: (url, options) => sendAsk(agent, url, options),
    check: (url) => checkAddress({ allowList, lookup }, url),
    close: () => agent.destroy(),
  };
}

async function followRedirects(
  agent: Agent,
  address: string,
  facts: DownloadFacts,
): Promise<Dispatcher.ResponseData> {
  const named = facts.param === undefined ? {} : { param: facts.param };
  let url = readTarget(address, named);
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const response = await agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      headers,
      signal: facts.signal,
    });
    // A body may break while nobody reads it; without a listener that would end the process.
    response.body.on('error', () => undefined);
    if (!redirectStatuses.includes(response.statusCode)) return response;
    response.body.destroy();
    const location = firstOf(response.headers.location);
    if (location === undefined) throw wrongStatus(response.statusCode, facts.param);
    url = readTarget(location, { ...named, base: url });
  }
  throw downloadError(
    'failed_to_download_image',
    `The file could not be downloaded: the address redirects more than ${maxRedirects} times.`,
    facts.param,
  );
}

function openDownload(response: Dispatcher.ResponseData, maxBytes: number, facts: DownloadFacts): Download {
  const refusal = findRefusal(response, maxBytes, facts.param);
  if (refusal !== null) {
    response.body.destroy();
    throw refusal;
  }
  const declaredMediaType = firstOf(response.headers['content-type'])?.split(';')[0]?.trim().toLowerCase();
  return {
    chunks: readChunks(response.body, maxBytes, facts),
    ...(declaredMediaType === undefined || declaredMediaType === '' ? {} : { declaredMediaType }),
  };
}

/** What the head of an answer alone rules out. */
function findRefusal(response: Dispatcher.ResponseData, maxBytes: number, param: string | undefined) {
  if (response.statusCode < 200 || response.statusCode > 299) return wrongStatus(response.statusCode, param);
  const encoding = firstOf(response.headers['content-encoding'])?.trim().toLowerCase() ?? '';
  if (encoding.split(',').some((each) => compressions.includes(each.trim()))) {
    return downloadError(
      'failed_to_download_image',
      'The file could not be downloaded: its server sends it compressed although that was not asked for.',
      param,
    );
  }
  return Number(firstOf(response.headers['content-length'])) > maxBytes ? tooLarge(maxBytes, param) : null;
}

/** Bytes as the server sends them, never inflated. Leaving early closes the connection. */
async function* readChunks(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  facts: DownloadFacts,
): AsyncGenerator<Uint8Array> {
  let byteCount = 0;
  try {
    for await (const chunk of body) {
      byteCount += chunk.byteLength;
      if (byteCount > maxBytes) throw tooLarge(maxBytes, facts.param);
      yield chunk;
    }
  } catch (error) {
    throw toDownloadError(error, facts);
  }
}

function wrongStatus(status: number, param: string | undefined) {
  return downloadError(
    'failed_to_download_image',
    `The file could not be downloaded: its server answered with status ${status}.`,
    param,
  );
}

function tooLarge(maxBytes: number, param: string | undefined) {
  return downloadError(
    'image_too_large',
    `The file has more than ${maxBytes} bytes, which is the most here.`,
    param,
  );
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
