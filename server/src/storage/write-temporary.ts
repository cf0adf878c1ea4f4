import { type FileHandle, open, rm } from 'node:fs/promises';
import { PictorError } from '../foundation/index.ts';
import { openHasher } from './hash-bytes.ts';

export type PutLimits = {
  /** More bytes than this end the put with `tooLarge`. Default: no limit. */
  readonly maxBytes?: number;
  /** The error for too many bytes. Default: a PictorError `image_too_large`. */
  readonly tooLarge?: (maxBytes: number) => Error;
  /** Sees every chunk once it is written; the next one waits for it. */
  readonly onChunk?: (chunk: Uint8Array) => void | Promise<void>;
};

/** Bytes that are on disk, by what they are. */
export type StoredBlob = {
  /** BLAKE3 of the bytes, 64 lower-case hex digits. */
  readonly hash: string;
  readonly byteCount: number;
};

/**
 * Streams bytes to a new file at `path` and hashes them on the way. Whatever goes wrong, the file is gone before
 * the error goes on; an error of the source goes on as it is.
 */
export async function writeTemporary(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  limits: PutLimits,
): Promise<StoredBlob> {
  const maxBytes = limits.maxBytes ?? Number.POSITIVE_INFINITY;
  const hasher = openHasher();
  let byteCount = 0;
  try {
    await using handle = await open(path, 'wx', 0o600);
    for await (const chunk of chunks) {
      byteCount += chunk.byteLength;
      if (byteCount > maxBytes) throw (limits.tooLarge ?? tooLarge)(maxBytes);
      hasher.update(chunk);
      await writeWhole(handle, chunk);
      await limits.onChunk?.(chunk);
    }
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { hash: hasher.digest(), byteCount };
}

/** A write may take only a part of what it is given. */
async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let offset = 0; offset < chunk.byteLength; ) {
    const { bytesWritten } = await handle.write(chunk, offset);
    offset += bytesWritten;
  }
}

function tooLarge(maxBytes: number): PictorError {
  return new PictorError({
    code: 'image_too_large',
    message: `The image is larger than ${maxBytes} bytes, the most that is accepted here.`,
  });
}
