import sharp from 'sharp';

/** Coded anew with loss, a little smaller, as services do with what they are sent. */
export function recode(bytes: Buffer, quality = 85): Promise<Buffer> {
  return sharp(bytes).jpeg({ quality }).toBuffer();
}

export async function scale(bytes: Buffer, share: number): Promise<Buffer> {
  const { width } = await sharp(bytes).metadata();
  return await sharp(bytes)
    .resize({ width: Math.round(width * share) })
    .png()
    .toBuffer();
}

export function tint(bytes: Buffer, degrees: number): Promise<Buffer> {
  return sharp(bytes).modulate({ hue: degrees }).png().toBuffer();
}

export function lighten(bytes: Buffer, share: number): Promise<Buffer> {
  return sharp(bytes).modulate({ brightness: share }).png().toBuffer();
}

export function blur(bytes: Buffer, sigma: number): Promise<Buffer> {
  return sharp(bytes).blur(sigma).png().toBuffer();
}

/** A mark in the corner, a twelfth of the side. */
export async function stamp(bytes: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(bytes).metadata();
  const side = Math.round(Math.min(width, height) / 12);
  const mark = `<svg width="${side}" height="${side}"><circle cx="50%" cy="50%" r="45%" fill="#333"/></svg>`;
  return await sharp(bytes)
    .composite([{ input: Buffer.from(mark), gravity: 'southeast' }])
    .png()
    .toBuffer();
}

/** The same pixels in other bytes, with words about them. */
export function packAnew(bytes: Buffer): Promise<Buffer> {
  return sharp(bytes)
    .png({ compressionLevel: 1 })
    .withExif({ IFD0: { ImageDescription: 'again' } })
    .toBuffer();
}

/** A clear rectangle in an opaque picture, as the Images API wants a mask. Shares of the side. */
export function makeMask(side: number, box: { left: number; top: number; size: number }): Promise<Buffer> {
  const hole = Math.round(box.size * side);
  return sharp({ create: { width: side, height: side, channels: 4, background: '#000000' } })
    .composite([
      {
        input: { create: { width: hole, height: hole, channels: 4, background: '#ffffff' } },
        left: Math.round(box.left * side),
        top: Math.round(box.top * side),
        blend: 'dest-out',
      },
    ])
    .png()
    .toBuffer();
}

/** What a model paints that cannot make a transparent ground. */
export async function paintChequers(sticker: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(sticker).metadata();
  const pattern = `<svg width="${width}" height="${height}"><defs><pattern id="c" width="32" height="32" patternUnits="userSpaceOnUse"><rect width="32" height="32" fill="#fff"/><rect width="16" height="16" fill="#ccc"/><rect x="16" y="16" width="16" height="16" fill="#ccc"/></pattern></defs><rect width="100%" height="100%" fill="url(#c)"/></svg>`;
  return await sharp(Buffer.from(pattern))
    .composite([{ input: sticker }])
    .png()
    .toBuffer();
}
