import type { Segment } from './byte-protocol.ts';

/** Text of more than this would be made outside of the heap's young part, which costs ten times as much. */
const decodeChars = 64 * 1024;

/** Base64 that comes in parts of any length; up to three digits wait for those that come next. */
export type Base64Decoder = {
  /** Writes the bytes of the segments into `out` and tells how many. Throws a SyntaxError for what is no base64. */
  readonly decode: (memory: Buffer, segments: readonly Segment[], out: Buffer, isLast: boolean) => number;
};

export function openBase64Decoder(): Base64Decoder {
  let waiting = '';
  return {
    decode: (memory, segments, out, isLast) => {
      let length = 0;
      for (const { at, byteCount } of segments) {
        for (let done = 0; done < byteCount; ) {
          // What waits and what follows it make whole groups of four, so that long texts are never joined.
          const chars = Math.min(waiting === '' ? decodeChars : 4 - waiting.length, byteCount - done);
          const text = waiting + memory.toString('latin1', at + done, at + done + chars);
          done += chars;
          const whole = text.length - (text.length % 4);
          waiting = text.slice(whole);
          length += write(text.slice(0, whole), out, length);
        }
      }
      return isLast ? length + write(waiting, out, length) : length;
    },
  };
}

/** The platform's decoder skips what it does not know, which shows in the length. */
function write(text: string, out: Buffer, at: number): number {
  const wanted = decodedLength(text);
  if (out.write(text, at, 'base64') !== wanted) throw notBase64();
  return wanted;
}

function decodedLength(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text.length - padding;
  if (digits % 4 === 1) throw notBase64();
  return Math.floor((digits * 3) / 4);
}

function notBase64(): SyntaxError {
  return new SyntaxError('The text is no base64.');
}
