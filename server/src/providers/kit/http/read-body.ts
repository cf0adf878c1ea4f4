import type { BodyReader } from './body-reader.ts';
import { openChunkReader } from './read-chunks.ts';
import { type Head, HttpError } from './read-head.ts';

/** RFC 9112, section 6.3, for answers to GET and POST. */
export function openBodyReader({ status, headers }: Head): BodyReader {
  if (status === 204 || status === 304) return openLengthReader(0);
  const encoding = headers['transfer-encoding']?.toLowerCase();
  if (encoding !== undefined) {
    if (encoding !== 'chunked') throw new HttpError('The answer is encoded in a way that was not asked for.');
    return openChunkReader();
  }
  const length = headers['content-length'];
  if (length === undefined) return openRestReader();
  // The same length said twice is still one.
  const [first = '', ...others] = length.split(',').map((part) => part.trim());
  if (!/^\d{1,15}$/.test(first) || others.some((other) => other !== first))
    throw new HttpError('The length of the answer is no number.');
  return openLengthReader(Number(first));
}

function openLengthReader(byteCount: number): BodyReader {
  let missing = byteCount;
  return {
    feed: (bytes) => {
      const part = bytes.subarray(0, missing);
      missing -= part.byteLength;
      return [part];
    },
    isDone: () => missing === 0,
    end: () => {
      if (missing > 0) throw new HttpError('The answer was cut.');
    },
  };
}

/** An answer without a length ends with its connection. */
function openRestReader(): BodyReader {
  return { feed: (bytes) => [bytes], isDone: () => false, end: () => undefined };
}
