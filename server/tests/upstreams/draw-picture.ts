import { randomInt } from 'node:crypto';
import sharp from 'sharp';

/** A picture of noise, so that no two are the same; see-through in its upper half where that is asked for. */
export async function drawPicture(facts: {
  readonly size: string;
  readonly background: string;
  readonly output_format: string;
}): Promise<Buffer> {
  const [width = 1024, height = 1024] = facts.size.split('x').map(Number);
  const seeThrough = facts.background === 'transparent';
  // Few pixels made large: real dimensions without the time that real detail takes.
  const small = { width: 32, height: 32, channels: seeThrough ? 4 : 3 } as const;
  const pixels = Buffer.from(
    Array.from({ length: small.width * small.height * small.channels }, (_, index) => {
      const isAlpha = small.channels === 4 && index % 4 === 3;
      return isAlpha ? (index < small.width * small.height * 2 ? 0 : 255) : randomInt(256);
    }),
  );
  const picture = sharp(pixels, { raw: small }).resize(width, height, { fit: 'fill', kernel: 'nearest' });
  switch (facts.output_format) {
    case 'jpeg':
      return await picture.jpeg().toBuffer();
    case 'webp':
      return await picture.webp({ effort: 0 }).toBuffer();
    default:
      return await picture.png({ compressionLevel: 1 }).toBuffer();
  }
}
