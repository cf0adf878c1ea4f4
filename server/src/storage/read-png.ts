import { crc32 } from 'node:zlib';
import type { ImageFacts } from './inspect-image.ts';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Chunks before the pixels that change what a picture is; whoever has one is left to the image library. */
const telling = new Set(['tRNS', 'eXIf', 'acTL', 'PLTE', 'iCCP', 'cICP']);

/** Of a PNG: colour type 2 has red, green and blue, 6 has an alpha channel beside them. */
const colourTypes = new Map([
  [2, { hasAlpha: false }],
  [6, { hasAlpha: true }],
]);

/**
 * Facts of a plain PNG in 8-bit colour, which is what image models make, from its first bytes, and that it has its end,
 * from its last. Null: it is something else, is odd, or breaks off, and the image library must be asked.
 */
export function readPng(head: Buffer, tail: Buffer): ImageFacts | null {
  if (head.length < 57 || !head.subarray(0, 8).equals(signature) || !tail.includes('IEND')) return null;
  if (head.readUInt32BE(8) !== 13 || head.toString('latin1', 12, 16) !== 'IHDR') return null;
  if (crc32(head.subarray(12, 29)) !== head.readUInt32BE(29)) return null;
  const width = head.readUInt32BE(16);
  const height = head.readUInt32BE(20);
  const [bitDepth, colourType, compression, filter, interlace] = head.subarray(24, 29);
  const colour = colourTypes.get(colourType ?? -1);
  if (colour === undefined || bitDepth !== 8 || width === 0 || height === 0) return null;
  if (compression !== 0 || filter !== 0 || (interlace ?? 2) > 1 || !reachesPixels(head)) return null;
  return {
    mediaType: 'image/png',
    width,
    height,
    hasAlpha: colour.hasAlpha,
    frames: 1,
    colourSpace: 'srgb',
    orientation: 1,
  };
}

/** Walks over the chunks behind the header to the first one with pixels. */
function reachesPixels(head: Buffer): boolean {
  for (let at = 33; at + 8 <= head.length; ) {
    const type = head.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') return true;
    if (telling.has(type)) return false;
    at += 12 + head.readUInt32BE(at);
  }
  return false;
}
