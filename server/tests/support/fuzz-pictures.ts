import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** A file of the pool. */
export type FuzzPicture = { readonly name: string; readonly bytes: Buffer };

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Pictures that are fine, the first ones, and pictures that lie, break off, blow up or are something else. */
export async function makePictures(): Promise<{
  readonly sound: readonly [FuzzPicture, ...FuzzPicture[]];
  readonly hostile: readonly [FuzzPicture, ...FuzzPicture[]];
}> {
  const png = await plain(4).png().toBuffer();
  const jpeg = await plain(3).jpeg().toBuffer();
  const webp = await plain(4).webp().toBuffer();
  const gif = await plain(3).gif().toBuffer();
  return {
    sound: [
      { name: 'rgba.png', bytes: png },
      { name: 'rgb.png', bytes: await plain(3).png().toBuffer() },
      { name: 'rgb.jpg', bytes: jpeg },
      { name: 'rgba.webp', bytes: webp },
      { name: 'grey16.png', bytes: await plain(3).toColourspace('grey16').png().toBuffer() },
      { name: 'interlaced.png', bytes: await plain(4).png({ progressive: true }).toBuffer() },
      { name: 'cmyk.jpg', bytes: await plain(3).toColourspace('cmyk').jpeg().toBuffer() },
      { name: 'turned.jpg', bytes: await plain(3).withMetadata({ orientation: 6 }).jpeg().toBuffer() },
    ],
    hostile: [
      { name: 'still.gif', bytes: gif },
      { name: 'moving.gif', bytes: await moving().gif().toBuffer() },
      { name: 'moving.webp', bytes: await moving().webp().toBuffer() },
      { name: 'picture.avif', bytes: await plain(3).avif().toBuffer() },
      { name: 'picture.tiff', bytes: await plain(3).tiff().toBuffer() },
      { name: 'cut.png', bytes: png.subarray(0, png.length - 20) },
      { name: 'head-only.png', bytes: png.subarray(0, 33) },
      { name: 'signature-only.png', bytes: signature },
      { name: 'cut.jpg', bytes: jpeg.subarray(0, jpeg.length >> 1) },
      { name: 'cut.webp', bytes: webp.subarray(0, webp.length >> 1) },
      { name: 'lying.png', bytes: makePng({ width: 50_000, height: 50_000, rows: Buffer.alloc(100) }) },
      {
        name: 'endless.png',
        bytes: makePng({ width: 2 ** 31 - 1, height: 2 ** 31 - 1, rows: Buffer.alloc(9) }),
      },
      { name: 'no-pixels.png', bytes: makePng({ width: 0, height: 0, rows: Buffer.alloc(0) }) },
      { name: 'missing-rows.png', bytes: makePng({ width: 64, height: 64, rows: Buffer.alloc(9) }) },
      {
        name: 'bomb.png',
        bytes: makePng({ width: 8_000, height: 8_000, rows: Buffer.alloc(8_000 * 1_001) }),
      },
      {
        name: 'bomb-144-megapixels.png',
        bytes: makePng({ width: 12_000, height: 12_000, rows: Buffer.alloc(99_999) }),
      },
      { name: 'bomb-in-text.png', bytes: withChunk(png, 'zTXt', bombText()) },
      { name: 'bomb-in-profile.png', bytes: withChunk(png, 'iCCP', bombText()) },
      { name: 'wide.png', bytes: makePng({ width: 20_000, height: 1, rows: Buffer.alloc(2_501) }) },
      { name: 'damaged.png', bytes: damage(png) },
      { name: 'damaged.jpg', bytes: damage(jpeg) },
      { name: 'damaged.webp', bytes: damage(webp) },
      {
        name: 'png-and-html.png',
        bytes: Buffer.concat([png, Buffer.from('<html><script>alert(1)</script>')]),
      },
      { name: 'gif-and-script.gif', bytes: Buffer.from('GIF89a/*\0\0\0\0*/=1;alert(1)//;') },
      { name: 'text.png', bytes: Buffer.from('This is a text and no picture.') },
      { name: 'page.png', bytes: Buffer.from('<!doctype html><svg xmlns="http://www.w3.org/2000/svg"/>') },
      { name: 'document.png', bytes: Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF') },
      { name: 'archive.png', bytes: Buffer.from([0x50, 0x4b, 3, 4, ...new Array<number>(60).fill(0)]) },
      { name: 'bitmap.png', bytes: Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]) },
      { name: 'empty.png', bytes: Buffer.alloc(0) },
      { name: 'zeros.png', bytes: Buffer.alloc(5_000) },
      ...drawings(),
    ],
  };
}

/** SVG: with a script, with entities that grow, with files of others, and of impossible size. */
function drawings(): FuzzPicture[] {
  const svg = (attributes: string, content: string): Buffer =>
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`);
  const entities = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>';
  const outside = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
  return [
    { name: 'script.svg', bytes: svg('width="64" height="64"', '<script>alert(1)</script>') },
    { name: 'entities.svg', bytes: Buffer.concat([Buffer.from(entities), svg('', '<text>&b;</text>')]) },
    { name: 'outside.svg', bytes: Buffer.concat([Buffer.from(outside), svg('', '<text>&a;</text>')]) },
    {
      name: 'file.svg',
      bytes: svg('width="9" height="9"', '<image href="file:///etc/hostname" width="9" height="9"/>'),
    },
    { name: 'enormous.svg', bytes: svg('width="1e9" height="1e9"', '<rect width="1" height="1"/>') },
    { name: 'nameless.svg', bytes: svg('', '<g>'.repeat(5_000)) },
  ];
}

function plain(channels: 3 | 4): Sharp {
  const background = { r: 200, g: 80, b: 40, alpha: 0.5 };
  return sharp({ create: { width: 64, height: 64, channels, background } });
}

/** Three frames. */
function moving(): Sharp {
  const frames = [0, 120, 240].map((r) => ({
    create: { width: 64, height: 64, channels: 3 as const, background: { r, g: 0, b: 90 } },
  }));
  return sharp(frames as unknown as Buffer[], { join: { animated: true } });
}

/** A black-and-white PNG of one bit a pixel whose rows are whatever is given. */
function makePng(picture: { width: number; height: number; rows: Buffer }): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(picture.width, 0);
  header.writeUInt32BE(picture.height, 4);
  header[8] = 1;
  const rows = deflateSync(picture.rows, { level: 9 });
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(content.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, sum]);
}

/** The PNG with one more chunk behind its header. */
function withChunk(png: Buffer, type: string, content: Buffer): Buffer {
  return Buffer.concat([png.subarray(0, 33), chunk(type, content), png.subarray(33)]);
}

/** A name, and 50 MB of nothing in few bytes. */
function bombText(): Buffer {
  return Buffer.concat([
    Buffer.from('name\0\0', 'latin1'),
    deflateSync(Buffer.alloc(50_000_000), { level: 9 }),
  ]);
}

/** Wrong in the middle, whole at both ends. */
function damage(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const middle = copy.length >> 1;
  for (let at = middle; at < Math.min(copy.length, middle + 12); at += 1) copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}
