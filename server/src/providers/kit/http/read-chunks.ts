import type { BodyReader } from './body-reader.ts';
import { HttpError } from './read-head.ts';

const lineFeed = 0x0a;

/** A size with its extensions, or a line behind the last chunk. */
const longestLine = 16 * 1024;

type Place = 'size' | 'data' | 'behind' | 'trailer' | 'done';

/** A body in chunks, each behind a line with its length: RFC 9112, section 7.1. */
export function openChunkReader(): BodyReader {
  let place: Place = 'size';
  let line = '';
  let missing = 0;

  /** Reads up to the end of a line. Gives the place behind it, or the end of the bytes with null for the line. */
  const readLine = (
    bytes: Uint8Array,
    from: number,
  ): { readonly at: number; readonly text: string | null } => {
    const feed = bytes.indexOf(lineFeed, from);
    const at = feed === -1 ? bytes.length : feed + 1;
    line += Buffer.from(bytes.buffer, bytes.byteOffset + from, at - from).toString('latin1');
    if (line.length > longestLine) throw new HttpError('The answer has a line that is too long.');
    if (feed === -1) return { at, text: null };
    const text = line.replace(/\r?\n$/, '');
    line = '';
    return { at, text };
  };

  const takeLine = (text: string): void => {
    if (place === 'size') {
      missing = readSize(text);
      place = missing === 0 ? 'trailer' : 'data';
    } else if (place === 'behind') {
      if (text !== '') throw new HttpError('A chunk of the answer is longer than it says.');
      place = 'size';
    } else if (text === '') place = 'done';
  };

  return {
    feed: (bytes) => {
      const parts: Uint8Array[] = [];
      for (let at = 0; at < bytes.length && place !== 'done'; ) {
        if (place === 'data') {
          const part = bytes.subarray(at, at + missing);
          parts.push(part);
          at += part.byteLength;
          missing -= part.byteLength;
          if (missing === 0) place = 'behind';
          continue;
        }
        const read = readLine(bytes, at);
        at = read.at;
        if (read.text !== null) takeLine(read.text);
      }
      return parts;
    },
    isDone: () => place === 'done',
    end: () => {
      if (place !== 'done') throw new HttpError('The answer was cut.');
    },
  };
}

function readSize(text: string): number {
  const digits = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(text)?.[1];
  if (digits === undefined) throw new HttpError('The length of a chunk of the answer is no number.');
  return Number.parseInt(digits, 16);
}
