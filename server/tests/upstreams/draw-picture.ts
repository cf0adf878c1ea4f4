import { randomInt } from 'node:crypto';
import sharp from 'sharp';

/** A picture of noise, so that no two are the same but those of one seed; see-through in its upper half where that is asked for. */
export async function drawPicture(facts: {
  readonly size: string;
  readonly background: string;
  readonly output_format: string;
  /** Absent: by chance. */
  readonly seed?: number;
}): Promise<Buffer> {
  const next = facts.seed === undefined ? () => randomInt(256) : seeded(facts.seed);
  const [width = 1024, height = 1024] = facts.size.split('x').map(Number);
  const seeThrough = facts.background === 'transparent';
  // Few pixels made large: real dimensions without the time that real detail takes.
  const small = { width: 32, height: 32, channels: seeThrough ? 4 : 3 } as const;
  const pixels = Buffer.from(
    Array.from({ length: small.width * small.height * small.channels }, (_, index) => {
      const isAlpha = small.channels === 4 && index % 4 === 3;
      return isAlpha ? (index < small.width * small.height * 2 ? 0 : 255) : next();
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

/** Numbers from 0 to 255 that are the same for the same seed (a linear congruence, as in Numerical Recipes). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
}
