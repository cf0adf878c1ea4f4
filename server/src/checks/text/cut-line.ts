import sharp from 'sharp';
import type { Labelled } from '../pixels/label-components.ts';
import type { Grey } from '../pixels/structural-similarity.ts';
import type { Line } from './find-lines.ts';

export type Cut = {
  /** Of the letters, in pixels. */
  readonly height: number;
  /** Takes some off the edges of letters. Default: false. */
  readonly thins?: boolean;
};

/** The white that the reader wants around letters. */
const border = 24;
const maxWidth = 2400;

/** How letters are made thinner; greys of 0 to 255. */
const blurSigma = 3;
const thinAt = 60;
const steepness = 6;

/** A line black on white and level, `cut.height` pixels from the top of its letters to their foot: its letters, and what is small above and beside them (dots, marks). */
export async function cutLine(
  line: Line,
  { labels, components }: Labelled,
  width: number,
  cut: Cut,
): Promise<Grey> {
  const tall = line.bottom - line.top + 1;
  const [left, right] = [line.left, line.right];
  const fall = Math.abs(line.slope) * (right - left);
  const top = line.top - tall * 0.35;
  const bottom = line.bottom + tall * 0.15;
  const kept = new Set(
    components
      .filter(
        (area) =>
          area.left >= left && area.right <= right + tall * 0.4 && area.top >= top && area.bottom <= bottom,
      )
      .map(({ label }) => label),
  );
  const wide = Math.ceil(right + tall * 0.4) - left + 1;
  const high = Math.ceil(bottom - top + fall) + 1;
  const ink = Buffer.alloc(wide * high, 255);
  const rows = labels.length / width;
  for (let y = 0; y < high; y += 1) {
    for (let x = 0; x < wide; x += 1) {
      const fromX = left + x;
      const fromY = Math.round(top + y - fall / 2 + line.slope * (x - wide / 2));
      if (fromX >= width || fromY < 0 || fromY >= rows) continue;
      if (kept.has(labels[fromY * width + fromX] ?? 0)) ink[y * wide + x] = 0;
    }
  }
  return await resize(ink, wide, high, { scale: cut.height / tall, thins: cut.thins === true });
}

async function resize(
  ink: Buffer,
  wide: number,
  high: number,
  how: { readonly scale: number; readonly thins: boolean },
): Promise<Grey> {
  const scale = Math.min(how.scale, maxWidth / wide);
  const scaled = sharp(ink, { raw: { width: wide, height: high, channels: 1 } })
    .resize(Math.max(1, Math.round(wide * scale)), Math.max(1, Math.round(high * scale)), {
      fit: 'fill',
      kernel: 'cubic',
    })
    .extend({ top: border, bottom: border, left: border, right: border, background: 'white' });
  // Blurred, and cut again on the dark side of the edge.
  const cut = how.thins ? scaled.blur(blurSigma).linear(steepness, 128 - thinAt * steepness) : scaled;
  const { data, info } = await cut.greyscale().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, values: Float32Array.from(data) };
}
