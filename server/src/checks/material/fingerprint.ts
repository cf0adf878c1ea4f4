import { createHash } from 'node:crypto';
import { type Lab, toLab } from '../pixels/lab.ts';
import { hashedSide, perceptualHash } from '../pixels/perceptual-hash.ts';
import { layOn, type Pixels } from '../pixels/pixels.ts';
import type { Picture } from './open-picture.ts';

/** What pictures of a set are compared by. */
export type Fingerprint = {
  /** SHA-256 of the file. */
  readonly bytes: string;
  /** SHA-256 of size and pixels, up to 2048 a side: the same for another coding without loss, and for other metadata. */
  readonly pixels: string;
  /** 64 bits, see `perceptualHash`. */
  readonly shape: string;
  /** The mean colour of each field of a 16 × 16 grid. */
  readonly colours: readonly Lab[];
};

const remembered = 5_000;
const hashedPixelsSide = 2048;
const gridSide = 16;

/** By file and its time. A set is compared picture by picture, so each comes again as often as there are others. */
const known = new Map<string, Fingerprint>();

export async function fingerprintOf(picture: Picture): Promise<Fingerprint> {
  const version = await picture.version();
  const found = known.get(version);
  if (found !== undefined) return found;
  const made = await takeFingerprint(picture);
  known.set(version, made);
  const [oldest] = known.keys();
  if (known.size > remembered && oldest !== undefined) known.delete(oldest);
  return made;
}

async function takeFingerprint(picture: Picture): Promise<Fingerprint> {
  const pixels = await picture.pixels(hashedPixelsSide);
  const small = await picture.pixelsAt({ width: hashedSide, height: hashedSide });
  return {
    bytes: createHash('sha256')
      .update(await picture.bytes())
      .digest('hex'),
    pixels: createHash('sha256').update(`${pixels.width}x${pixels.height}`).update(pixels.data).digest('hex'),
    shape: perceptualHash(small),
    colours: gridColours(layOn(small, 255)),
  };
}

function gridColours({ data, width, height }: Pixels): readonly Lab[] {
  const [across, down] = [width / gridSide, height / gridSide];
  return Array.from({ length: gridSide * gridSide }, (_, field) => {
    const [left, top] = [(field % gridSide) * across, Math.floor(field / gridSide) * down];
    const sum = [0, 0, 0];
    for (let y = top; y < top + down; y += 1) {
      for (let x = left; x < left + across; x += 1) {
        for (const channel of sum.keys()) {
          sum[channel] = (sum[channel] ?? 0) + (data[(y * width + x) * 4 + channel] ?? 0);
        }
      }
    }
    const [red = 0, green = 0, blue = 0] = sum.map((total) => Math.round(total / (across * down)));
    return toLab(red, green, blue);
  });
}
