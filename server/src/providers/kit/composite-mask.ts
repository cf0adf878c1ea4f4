import { setImmediate as breathe } from 'node:timers/promises';
import sharp, { type Sharp } from 'sharp';
import type { MaskDrift, PixelSize } from '../../models/index.ts';
import { encodeAs, type MadeFormat } from './transcode.ts';

/** More than any picture that a model makes; a larger canvas would take gigabytes. */
const maxPixels = 100_000_000;
/** What is sent beside the original need not be larger than what models look at. */
const maxShownEdge = 1536;
const rowsAtOnce = 128;
/** A channel that differs by more than this counts as changed; less is what encoders do. */
const visibleDifference = 8;

/** A job with a mask for a model that has none. Everything has the size of the canvas. */
export type EmulatedMask = {
  readonly canvas: PixelSize;
  /** What the model gets as its first picture; null: the original as it was sent. */
  readonly base: Buffer | null;
  /** What tells the model where to edit: a PNG, white where the mask is clear, black elsewhere. */
  readonly guide: Buffer;
  /** Puts the original back outside of the mask. Rejects when the model's bytes are no whole picture. */
  readonly composite: (
    made: Uint8Array,
    format: MadeFormat,
    quality: number | undefined,
  ) => Promise<{ readonly bytes: Buffer; readonly drift: MaskDrift }>;
};

type Pixels = PixelSize & { readonly data: Buffer };

/**
 * Prepares a mask in OpenAI's convention: alpha 0 means edit here, anything else means keep, without feathering. The
 * canvas is `size`, or the original's own size where that is absent; an original of another shape is cropped to it in
 * its middle, together with its mask. Rejects when a picture cannot be decoded.
 */
export async function emulateMask(
  original: Uint8Array,
  mask: Uint8Array,
  size: PixelSize | undefined,
): Promise<EmulatedMask> {
  const turned = await readTurn(original);
  const upright = await readPixels(original);
  const canvas = size ?? { width: upright.width, height: upright.height };
  const base = sameSize(canvas, upright) ? upright : await fitPixels(upright, canvas, 'cubic');
  const open = await readOpening(await readPixels(mask, turned), upright, canvas);
  // Not every model turns a picture as its header says, so a turned one is sent upright.
  const staysAsSent = sameShape(canvas, upright) && turned === 0;
  const shown = staysAsSent ? upright : shrinkInside(canvas);
  return {
    canvas,
    base: staysAsSent ? null : await toSharp(base).resize(shown.width, shown.height).png().toBuffer(),
    guide: await sharp(open, { raw: { ...canvas, channels: 1 } })
      .resize(shown.width, shown.height, { fit: 'fill', kernel: 'nearest' })
      .png({ compressionLevel: 9 })
      .toBuffer(),
    composite: async (made, format, quality) => {
      const picture = await readPixels(made);
      const fitted = sameSize(picture, canvas) ? picture : await stretch(picture, canvas);
      const drift = await putBack(fitted, base, open);
      const opaque = isOpaque(fitted);
      const whole = opaque ? toSharp(fitted).removeAlpha() : toSharp(fitted);
      return { bytes: await encodeAs(whole, format, quality), drift };
    },
  };
}

/** 255 where to edit, 0 where to keep, one byte a pixel. */
async function readOpening(pixels: Pixels, original: PixelSize, canvas: PixelSize): Promise<Buffer> {
  const upright = sameSize(pixels, original) ? pixels : await stretch(pixels, original, 'nearest');
  const fitted = sameSize(upright, canvas) ? upright : await fitPixels(upright, canvas, 'nearest');
  const open = Buffer.alloc(canvas.width * canvas.height);
  for (let pixel = 0; pixel < open.length; pixel += 1) {
    open[pixel] = fitted.data[pixel * 4 + 3] === 0 ? 255 : 0;
  }
  return open;
}

/** Measures what changed outside of the opening, and puts the original back there. Changes `made`. */
async function putBack(made: Pixels, base: Pixels, open: Buffer): Promise<MaskDrift> {
  let [kept, changed, sum] = [0, 0, 0];
  for (let pixel = 0; pixel < open.length; pixel += 1) {
    if (pixel % (made.width * rowsAtOnce) === 0) await breathe();
    if (open[pixel] !== 0) continue;
    const at = pixel * 4;
    let largest = 0;
    for (let channel = at; channel < at + 3; channel += 1) {
      const difference = Math.abs((made.data[channel] ?? 0) - (base.data[channel] ?? 0));
      sum += difference;
      largest = Math.max(largest, difference);
    }
    kept += 1;
    if (largest > visibleDifference) changed += 1;
    for (let channel = at; channel < at + 4; channel += 1) made.data[channel] = base.data[channel] ?? 0;
  }
  return kept === 0
    ? { meanDifference: 0, changedShare: 0 }
    : { meanDifference: sum / (kept * 3), changedShare: changed / kept };
}

/**
 * By how many degrees a picture is turned for display, where that swaps its edges: a mask has the edges as they are
 * stored, and is turned alike.
 */
async function readTurn(bytes: Uint8Array): Promise<number> {
  const { orientation } = await sharp(bytes, { limitInputPixels: maxPixels }).metadata();
  return orientation === 6 ? 90 : orientation === 8 ? 270 : 0;
}

/** Upright; `turn` is for what has no header to say so. */
async function readPixels(bytes: Uint8Array, turn = 0): Promise<Pixels> {
  const picture = sharp(bytes, { limitInputPixels: maxPixels, failOn: 'truncated' });
  const upright = turn === 0 ? picture.autoOrient() : picture.rotate(turn);
  return await toPixels(upright.toColourspace('srgb'));
}

async function toPixels(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

type Kernel = 'cubic' | 'nearest';

async function stretch(pixels: Pixels, size: PixelSize, kernel: Kernel = 'cubic'): Promise<Pixels> {
  return await toPixels(toSharp(pixels).resize(size.width, size.height, { fit: 'fill', kernel }));
}

async function fitPixels(pixels: Pixels, size: PixelSize, kernel: Kernel): Promise<Pixels> {
  return await toPixels(toSharp(pixels).resize(size.width, size.height, { fit: 'cover', kernel }));
}

function toSharp({ data, width, height }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: maxPixels });
}

/** Where nothing can be seen through, three channels say the same in less room. */
function isOpaque({ data }: Pixels): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}

function shrinkInside({ width, height }: PixelSize): PixelSize {
  const scale = Math.min(1, maxShownEdge / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

function sameSize(a: PixelSize, b: PixelSize): boolean {
  return a.width === b.width && a.height === b.height;
}

/** One pixel in a hundred is less than any model keeps to. */
function sameShape(a: PixelSize, b: PixelSize): boolean {
  return Math.abs(Math.log(a.width / a.height / (b.width / b.height))) < 0.01;
}
