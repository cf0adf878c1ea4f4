import type { CallBody } from './open-caller.ts';

/** A small value as the body of a call. */
export function writeJsonBody(value: unknown): CallBody {
  const bytes = Buffer.from(JSON.stringify(value));
  return {
    contentType: 'application/json',
    byteCount: bytes.length,
    open: async function* () {
      yield bytes;
    },
  };
}
