import { randomUUID } from 'node:crypto';
import type { CallBody } from './open-caller.ts';

/** Bytes that go into JSON as base64. */
export type Base64Source = {
  readonly byteCount: number;
  readonly open: () => AsyncIterable<Uint8Array>;
  /** ASCII in front of the base64: `data:image/png;base64,`. */
  readonly prefix?: string;
};

/**
 * A JSON body with base64 strings that are encoded while they are sent, so that no picture is ever held. `build`
 * gives the value; for each source it puts the string that `base64` gives in its place. Throws while it is read when
 * a source is longer or shorter than it says.
 */
export function writeBase64Body(build: (base64: (source: Base64Source) => string) => unknown): CallBody {
  const sources: Base64Source[] = [];
  // Nobody who writes a prompt can know it, so no prompt is taken for a place.
  const mark = randomUUID();
  const json = JSON.stringify(build((source) => `${mark}:${sources.push(source) - 1}`));
  const pieces = json.split(new RegExp(`"${mark}:(\\d+)"`)).map((text, index) => {
    return index % 2 === 0 ? Buffer.from(text) : sources[Number(text)];
  });
  const byteCount = pieces.reduce(
    (sum, piece) => sum + (Buffer.isBuffer(piece) ? piece.length : quotedLength(piece)),
    0,
  );
  return {
    contentType: 'application/json',
    byteCount,
    open: async function* () {
      for (const piece of pieces) {
        if (Buffer.isBuffer(piece)) yield piece;
        else if (piece !== undefined) yield* encode(piece);
      }
    },
  };
}

function quotedLength(source: Base64Source | undefined): number {
  return source === undefined ? 0 : Math.ceil(source.byteCount / 3) * 4 + 2 + (source.prefix?.length ?? 0);
}

async function* encode(source: Base64Source): AsyncGenerator<Uint8Array> {
  const quote = Buffer.from('"');
  let byteCount = 0;
  let rest: Buffer = Buffer.alloc(0);
  yield quote;
  if (source.prefix !== undefined) yield Buffer.from(source.prefix);
  for await (const chunk of source.open()) {
    byteCount += chunk.byteLength;
    const bytes = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % 3);
    rest = bytes.subarray(whole);
    if (whole > 0) yield Buffer.from(bytes.subarray(0, whole).toString('base64'));
  }
  if (byteCount !== source.byteCount) throw new RangeError('A picture has changed since it was stored.');
  yield Buffer.from(rest.toString('base64'));
  yield quote;
}
