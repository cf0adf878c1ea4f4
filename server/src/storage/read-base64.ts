import { type FileHandle, open } from 'node:fs/promises';

/** A multiple of 3, so that the base64 of each part has no padding and parts can be joined. */
const partBytes = 192 * 1024;

/** Base64 is made in slices: text of more than 64 KB is made outside of the heap's young part, and that costs seven times as much. */
const sliceBytes = 48 * 1024;

/**
 * The base64 of a file as ASCII chunks that join to exactly `toString('base64')` of the whole, of which only one part
 * is in memory at a time. `fromByte`, a multiple of 3, leaves out the beginning. Rejects with the system's ENOENT when
 * there is no such file.
 */
export async function* readBase64(path: string, fromByte = 0): AsyncGenerator<Buffer> {
  await using handle = await open(path, 'r');
  const part = Buffer.allocUnsafe(partBytes);
  for (let at = fromByte; ; at += partBytes) {
    const filled = await fill(handle, part, at);
    if (filled > 0) yield encode(part.subarray(0, filled));
    if (filled < partBytes) return;
  }
}

function encode(bytes: Buffer): Buffer {
  const text = Buffer.allocUnsafe(Math.ceil(bytes.length / 3) * 4);
  let length = 0;
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    length += text.write(
      bytes.toString('base64', at, Math.min(at + sliceBytes, bytes.length)),
      length,
      'latin1',
    );
  }
  return text;
}

/** A read may return less than was asked for before the end; only a full part keeps base64 aligned. */
async function fill(handle: FileHandle, part: Buffer, at: number): Promise<number> {
  let filled = 0;
  while (filled < part.length) {
    const { bytesRead } = await handle.read(part, filled, part.length - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
