import { type FileHandle, open } from 'node:fs/promises';

/** A multiple of 3, so that the base64 of each part has no padding and parts can be joined. */
const partBytes = 192 * 1024;

/**
 * The base64 of a file as ASCII chunks that join to exactly `toString('base64')` of the whole, of which only one part
 * is in memory at a time. Rejects with the system's ENOENT when there is no such file.
 */
export async function* readBase64(path: string): AsyncGenerator<Buffer> {
  await using handle = await open(path, 'r');
  const part = Buffer.allocUnsafe(partBytes);
  for (;;) {
    const filled = await fill(handle, part);
    if (filled > 0) yield Buffer.from(part.toString('base64', 0, filled), 'latin1');
    if (filled < partBytes) return;
  }
}

/** A read may return less than was asked for before the end; only a full part keeps base64 aligned. */
async function fill(handle: FileHandle, part: Buffer): Promise<number> {
  let filled = 0;
  while (filled < part.length) {
    const { bytesRead } = await handle.read(part, filled, part.length - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
