import { crc32 } from 'node:zlib';
import sharp from 'sharp';

export type Size = { readonly width: number; readonly height: number };
export type Box = Size & { readonly left: number; readonly top: number };

/** Four bytes a pixel: red, green, blue, alpha. */
export type Pixels = Size & { readonly data: Buffer };

/** A picture with two thousand colours and an edge in it, so that nothing can be the same by chance. */
export async function paintLandscape({ width, height }: Size): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="sky" x1="0" y1="0" x2="1" y2="1">
      <stop offset="0" stop-color="#123a7a"/><stop offset="0.5" stop-color="#e08a3c"/><stop offset="1" stop-color="#2f6b3a"/>
    </linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>
    <circle cx="22%" cy="28%" r="9%" fill="#f7e27a"/>
    <path d="M0 ${height} L${width * 0.4} ${height * 0.55} L${width} ${height} Z" fill="#5b4a3f"/>
  </svg>`;
  return await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer();
}

/** One colour all over. */
export async function paintPlain({ width, height }: Size, colour: string, alpha = false): Promise<Buffer> {
  const channels = alpha ? 4 : 3;
  return await sharp({ create: { width, height, channels, background: colour } })
    .png()
    .toBuffer();
}

/** A thing in one colour on white, as shops photograph them. */
export async function paintThing({ width, height }: Size, colour: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#ffffff"/>
    <rect x="25%" y="20%" width="50%" height="60%" rx="20" fill="${colour}"/></svg>`;
  return await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer();
}

/** Opaque all over, transparent in the hole: where to edit. */
export async function paintMask({ width, height }: Size, hole: Box): Promise<Buffer> {
  const cut = await paintPlain(hole, '#ffffff', true);
  return await sharp({ create: { width, height, channels: 4, background: '#000000' } })
    .composite([{ input: cut, left: hole.left, top: hole.top, blend: 'dest-out' }])
    .png()
    .toBuffer();
}

/** Noise without compression: a file of about `width` times `height` times four bytes. */
export async function paintNoise({ width, height }: Size): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 4);
  for (let at = 0, state = 7; at < data.length; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    data.writeInt32LE(state, at);
  }
  return await sharp(data, { raw: { width, height, channels: 4 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
}

/** A PNG of a few bytes whose header promises more pixels than any machine has room for. */
export function forgeHugePng(edge: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edge, 0);
  header.writeUInt32BE(edge, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const empty = Buffer.from('789c030000000001', 'hex');
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', empty),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Decodes to red, green, blue and alpha, upright. */
export async function readPixels(bytes: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Mean absolute difference of two pictures of one size, 0 to 255. */
export function differenceOf(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height) throw new Error('The pictures differ in size.');
  let sum = 0;
  for (let at = 0; at < a.data.length; at += 1) sum += Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0));
  return sum / a.data.length;
}

/** How many pixels inside and outside of a box are not byte for byte the same. */
export function countChanges(a: Pixels, b: Pixels, box: Box): { inside: number; outside: number } {
  const changes = { inside: 0, outside: 0 };
  for (let y = 0; y < a.height; y += 1) {
    for (let x = 0; x < a.width; x += 1) {
      const at = (y * a.width + x) * 4;
      if (a.data.readUInt32LE(at) === b.data.readUInt32LE(at)) continue;
      const isInside = x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height;
      changes[isInside ? 'inside' : 'outside'] += 1;
    }
  }
  return changes;
}

/** Share of the pixels, 0 to 1, that are near a colour. */
export function shareOf(pixels: Pixels, colour: readonly [number, number, number], distance = 40): number {
  let count = 0;
  for (let at = 0; at < pixels.data.length; at += 4) {
    const far = colour.some((value, index) => Math.abs((pixels.data[at + index] ?? 0) - value) > distance);
    if (!far) count += 1;
  }
  return count / (pixels.width * pixels.height);
}

export function toDataUrl(bytes: Buffer, mediaType = 'image/png'): string {
  return `data:${mediaType};base64,${bytes.toString('base64')}`;
}
