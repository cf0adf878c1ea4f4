import sharp, { type Sharp } from 'sharp';
import { hashText } from '../random.ts';

/** A decoded picture: RGBA, 8 bits, rows without gaps. Functions here change `data` in place unless they say otherwise. */
export type Pixels = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** Decodes what sharp can read into RGBA. */
export async function toPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image
    .ensureAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels === 4) return { data, width: info.width, height: info.height };
  throw new RangeError(`Expected 4 channels, found ${info.channels}.`);
}

export function fromPixels({ data, width, height }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false });
}

export const copyPixels = (pixels: Pixels): Pixels => ({ ...pixels, data: new Uint8Array(pixels.data) });

/** A blurred copy. Below half a pixel nothing happens. */
export async function blurred(pixels: Pixels, sigma: number): Promise<Pixels> {
  return sigma < 0.5 ? copyPixels(pixels) : toPixels(fromPixels(pixels).blur(Math.min(sigma, 400)));
}

/** Smooth chance over the plane, 0 to 1, the same for the same seed. Coordinates are in cells. */
export function openNoise(seed: string): (x: number, y: number) => number {
  const lattice = new Float32Array(256 * 256);
  let state = hashText(seed) || 1;
  for (let index = 0; index < lattice.length; index += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    lattice[index] = (state >>> 8) / 16777216;
  }
  return (x, y) => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const fx = x - left;
    const fy = y - top;
    const sx = fx * fx * (3 - 2 * fx);
    const sy = fy * fy * (3 - 2 * fy);
    const row = (top & 255) << 8;
    const next = ((top + 1) & 255) << 8;
    const a = lattice[row | (left & 255)] ?? 0;
    const b = lattice[row | ((left + 1) & 255)] ?? 0;
    const c = lattice[next | (left & 255)] ?? 0;
    const d = lattice[next | ((left + 1) & 255)] ?? 0;
    return a + (b - a) * sx + (c - a) * sy + (a - b - c + d) * sx * sy;
  };
}

/** Perceived brightness of every pixel, 0 to 255. */
export function greyOf({ data, width, height }: Pixels): Float32Array {
  const grey = new Float32Array(width * height);
  for (let pixel = 0; pixel < grey.length; pixel += 1) {
    const at = pixel * 4;
    grey[pixel] = (data[at] ?? 0) * 0.299 + (data[at + 1] ?? 0) * 0.587 + (data[at + 2] ?? 0) * 0.114;
  }
  return grey;
}

/** How much colour changes around each pixel, about 0 to 1, looked at `reach` pixels apart. */
export function edgesOf(pixels: Pixels, reach: number): Float32Array {
  const { data, width, height } = pixels;
  const edges = new Float32Array(width * height);
  const step = Math.max(1, Math.round(reach));
  for (let y = 0; y < height; y += 1) {
    const up = Math.max(0, y - step) * width;
    const down = Math.min(height - 1, y + step) * width;
    for (let x = 0; x < width; x += 1) {
      const left = (y * width + Math.max(0, x - step)) * 4;
      const right = (y * width + Math.min(width - 1, x + step)) * 4;
      const above = (up + x) * 4;
      const below = (down + x) * 4;
      let sum = 0;
      for (let channel = 0; channel < 4; channel += 1) {
        const across = (data[left + channel] ?? 0) - (data[right + channel] ?? 0);
        const along = (data[above + channel] ?? 0) - (data[below + channel] ?? 0);
        sum += Math.abs(across) + Math.abs(along);
      }
      edges[y * width + x] = Math.min(1, sum / 420);
    }
  }
  return edges;
}

/** Changes every pixel by a function of its channels; `write` sets them. Alpha stays. */
export function eachPixel(
  pixels: Pixels,
  change: (red: number, green: number, blue: number, pixel: number) => readonly [number, number, number],
): void {
  const { data } = pixels;
  const count = pixels.width * pixels.height;
  for (let pixel = 0; pixel < count; pixel += 1) {
    const at = pixel * 4;
    const [red, green, blue] = change(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, pixel);
    data[at] = red < 0 ? 0 : Math.min(red, 255);
    data[at + 1] = green < 0 ? 0 : Math.min(green, 255);
    data[at + 2] = blue < 0 ? 0 : Math.min(blue, 255);
  }
}

/** A copy in which every pixel comes from a little beside its place. */
export function displaced(
  pixels: Pixels,
  shift: (x: number, y: number) => readonly [number, number],
): Pixels {
  const { data, width, height } = pixels;
  const moved = new Uint8Array(data.length);
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const to = new Uint32Array(moved.buffer);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [dx, dy] = shift(x, y);
      const sx = Math.min(width - 1, Math.max(0, Math.round(x + dx)));
      const sy = Math.min(height - 1, Math.max(0, Math.round(y + dy)));
      to[y * width + x] = from[sy * width + sx] ?? 0;
    }
  }
  return { data: moved, width, height };
}

/** True when every pixel is fully opaque. */
export function isOpaque({ data }: Pixels): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}
