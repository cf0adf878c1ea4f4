import { type FileHandle, open } from 'node:fs/promises';
import type { ImageMediaType } from './sniff-media-type.ts';

/** How far from the end a closing mark may stand: some cameras and programs write a little behind it. */
const tailBytes = 4096;

/** More boxes than this at the top level is no picture. */
const maxBoxes = 256;

/**
 * Does the file end where its format says it must? Cheap, and only a hint: a file without its end may still decode,
 * and one with it may be damaged in the middle.
 */
export async function endsProperly(path: string, mediaType: ImageMediaType): Promise<boolean> {
  await using handle = await open(path, 'r');
  const { size } = await handle.stat();
  switch (mediaType) {
    case 'image/png':
      return (await readAt(handle, size - tailBytes, tailBytes)).includes('IEND');
    case 'image/jpeg':
      return (await readAt(handle, size - tailBytes, tailBytes)).includes(Buffer.from([0xff, 0xd9]));
    case 'image/gif':
      return endsGif(await readAt(handle, size - tailBytes, tailBytes));
    case 'image/webp': {
      const head = await readAt(handle, 0, 8);
      return head.length === 8 && head.readUInt32LE(4) + 8 <= size;
    }
    case 'image/avif':
    case 'image/heic':
      return await boxesEnd(handle, size);
    case 'image/svg+xml':
      return (await readAt(handle, size - tailBytes, tailBytes)).includes('</svg');
  }
}

/** The last block ends with a zero, the file with a semicolon; some programs pad it with zeros. */
function endsGif(tail: Buffer): boolean {
  const last = tail.findLastIndex((byte) => byte !== 0);
  return last > 0 && tail[last] === 0x3b && tail[last - 1] === 0;
}

/** The boxes of an AVIF or HEIC file must fill it exactly. */
async function boxesEnd(handle: FileHandle, size: number): Promise<boolean> {
  let offset = 0;
  for (let count = 0; count < maxBoxes && offset < size; count += 1) {
    const head = await readAt(handle, offset, 16);
    const length = head.length < 8 ? 0 : boxLength(head, size - offset);
    if (length < 8) return false;
    offset += length;
  }
  return offset === size;
}

/** A length of 1 stands for a long one behind the type, 0 for all that is left. */
function boxLength(head: Buffer, left: number): number {
  const short = head.readUInt32BE(0);
  if (short === 0) return left;
  if (short === 1) return head.length < 16 ? 0 : Number(head.readBigUInt64BE(8));
  return short;
}

/** Up to `count` bytes from `offset`, which may lie before the beginning. */
async function readAt(handle: FileHandle, offset: number, count: number): Promise<Buffer> {
  const part = Buffer.alloc(count);
  const start = Math.max(0, offset);
  const { bytesRead } = await handle.read(part, 0, count, start);
  return part.subarray(0, bytesRead);
}
