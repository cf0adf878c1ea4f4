import { PictorError } from '../foundation/index.ts';

export type PutLimits = {
  /** More bytes than this end the put with `tooLarge`. Default: no limit. */
  readonly maxBytes?: number;
  /** The error for too many bytes. Default: a PictorError `image_too_large`. */
  readonly tooLarge?: (maxBytes: number) => Error;
};

/** Counts the chunks of one put, and throws when they are too many. */
export function limitPut(limits: PutLimits): (chunk: Uint8Array) => void {
  const maxBytes = limits.maxBytes ?? Number.POSITIVE_INFINITY;
  let byteCount = 0;
  return (chunk) => {
    byteCount += chunk.byteLength;
    if (byteCount > maxBytes) throw (limits.tooLarge ?? tooLarge)(maxBytes);
  };
}

function tooLarge(maxBytes: number): PictorError {
  return new PictorError({
    code: 'image_too_large',
    message: `The image is larger than ${maxBytes} bytes, the most that is accepted here.`,
  });
}
