import type { Size } from '../common/view-geometry.ts';
import { type Bitmap, newBitmap } from './bitmap.ts';

const signature = [137, 80, 78, 71, 13, 10, 26, 10];
const pixelBytes = 4;
const half = 128;

/**
 * The mask as the Images API takes it: a PNG of the same size with an alpha channel, fully transparent where the image
 * is to be changed, opaque black elsewhere. Written here and not by a canvas: some browsers change what a canvas holds
 * so that people cannot be told apart by it.
 */
export async function encodeMask({ width, height, data }: Bitmap): Promise<Blob> {
  const rowBytes = 1 + width * pixelBytes;
  const rows = new Uint8Array(rowBytes * height);
  for (let at = 0; at < data.length; at += 1) {
    const row = Math.floor(at / width);
    if (data[at] === 0) rows[row * rowBytes + 1 + (at - row * width) * pixelBytes + 3] = 255;
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits each for red, green, blue and alpha.
  header.set([8, 6, 0, 0, 0], 8);
  const pieces = [
    Uint8Array.from(signature),
    chunk('IHDR', header),
    chunk('IDAT', await compress(rows)),
    chunk('IEND', new Uint8Array(0)),
  ];
  return new Blob(pieces, { type: 'image/png' });
}

export type ReadMask = {
  readonly bitmap: Bitmap;
  /** What said which parts are to be changed: transparency, or where there is none, white. */
  readonly by: 'transparent' | 'white';
  /** It had another size and was scaled, pixel by pixel. */
  readonly wasScaled: boolean;
};

/**
 * Reads a mask from a picture. With transparency in it, what is at least half transparent is to be changed; without, what
 * is nearer to white than to black.
 */
export async function decodeMask(file: Blob, size: Size): Promise<ReadMask> {
  const picture = await createImageBitmap(file, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
  const wasScaled = picture.width !== size.width || picture.height !== size.height;
  const { data } = drawPixels(picture, size);
  picture.close();
  const by = hasTransparency(data) ? 'transparent' : 'white';
  const bitmap = newBitmap(size);
  for (let at = 0; at < bitmap.data.length; at += 1) {
    const pixel = at * pixelBytes;
    const isChanged = by === 'transparent' ? (data[pixel + 3] ?? 0) < half : lightness(data, pixel) >= half;
    bitmap.data[at] = isChanged ? 1 : 0;
  }
  return { bitmap, by, wasScaled };
}

function drawPixels(picture: ImageBitmap, { width, height }: Size): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser could not read the picture.');
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

function hasTransparency(data: Uint8ClampedArray): boolean {
  for (let at = 3; at < data.length; at += pixelBytes) if ((data[at] ?? 0) < half) return true;
  return false;
}

/** As the eye weighs colours, 0 to 255. */
function lightness(data: Uint8ClampedArray, at: number): number {
  return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
}

async function compress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function chunk(name: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, checksum(bytes.subarray(4, data.length + 8)));
  return bytes;
}

/** CRC-32 as PNG wants it. */
function checksum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
