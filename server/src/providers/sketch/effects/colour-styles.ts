import type { StyleContext } from './paint-styles.ts';
import { blurred, eachPixel, fromPixels, openNoise, type Pixels, toPixels } from './pixels.ts';

export function toMono(source: Pixels): Pixels {
  eachPixel(source, (red, green, blue) => {
    const grey = red * 0.299 + green * 0.587 + blue * 0.114;
    const value = 128 + (grey - 128) * 1.14;
    return [value, value, value];
  });
  return source;
}

/** Brown tones, faded at the corners. */
export function toSepia(source: Pixels): Pixels {
  const { width, height } = source;
  eachPixel(source, (red, green, blue, pixel) => {
    const grey = red * 0.299 + green * 0.587 + blue * 0.114;
    const dark = 1 - 0.45 * fall(pixel % width, (pixel / width) | 0, width, height);
    return [(grey * 0.86 + 46) * dark, (grey * 0.8 + 26) * dark, (grey * 0.66 + 8) * dark];
  });
  return source;
}

export function toPastel(source: Pixels): Pixels {
  eachPixel(source, (red, green, blue) => {
    const grey = (red + green + blue) / 3;
    const soft = (value: number) => 255 - (255 - (grey + (value - grey) * 0.82)) * 0.62;
    return [soft(red), soft(green), soft(blue)];
  });
  return source;
}

/** 0 in the middle, 1 in the corners. */
function fall(x: number, y: number, width: number, height: number): number {
  const dx = (x / width) * 2 - 1;
  const dy = (y / height) * 2 - 1;
  return Math.max(0, (dx * dx + dy * dy - 0.5) / 1.5);
}

/** Depth of field behind, rounded light on the figures, grain and a darker rim: as near to a photograph as drawing gets. */
export async function toPhoto(
  backdrop: Pixels,
  figures: Pixels,
  { seed, unit }: StyleContext,
  opaque: boolean,
  rim: number,
): Promise<Pixels> {
  const lit = await roundLight(figures, unit);
  const far = opaque ? await blurred(backdrop, 3.4 * unit) : backdrop;
  const { data: overlay, width, height } = lit;
  const joined = await toPixels(
    fromPixels(far).composite([
      {
        input: Buffer.from(overlay.buffer, overlay.byteOffset, overlay.byteLength),
        raw: { width, height, channels: 4 },
      },
    ]),
  );
  return finishPhoto(joined, seed, unit, rim);
}

/** Grain, contrast and vignette over any picture. */
export function finishPhoto(pixels: Pixels, seed: string, unit: number, rim = 0.3): Pixels {
  const noise = openNoise(`${seed}/grain`);
  const { width, height } = pixels;
  eachPixel(pixels, (red, green, blue, pixel) => {
    const x = pixel % width;
    const y = (pixel / width) | 0;
    const dark = 1 - rim * fall(x, y, width, height);
    const grain = (noise(x / (1.3 * unit), y / (1.3 * unit)) - 0.5) * 9;
    const curve = (value: number) => (value + (value - 128) * 0.06 - 2 + grain) * dark;
    return [curve(red), curve(green), curve(blue)];
  });
  return pixels;
}

/** Light from the upper left on forms that are higher in their middle. */
async function roundLight(figures: Pixels, unit: number): Promise<Pixels> {
  const { data, width, height } = figures;
  const broad = await blurred(figures, 26 * unit);
  const fine = await blurred(figures, 5 * unit);
  const step = Math.max(2, Math.round(5 * unit));
  const slope = (field: Pixels, x: number, y: number, channel: number): number => {
    const a = (Math.max(0, y - step) * width + Math.max(0, x - step)) * 4 + channel;
    const b = (Math.min(height - 1, y + step) * width + Math.min(width - 1, x + step)) * 4 + channel;
    return ((field.data[b] ?? 0) - (field.data[a] ?? 0)) / 255;
  };
  const out = new Uint8Array(data);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const at = pixel * 4;
    if ((data[at + 3] ?? 0) === 0) continue;
    const x = pixel % width;
    const y = (pixel / width) | 0;
    const light = slope(broad, x, y, 3) * 1.5 + slope(fine, x, y, 3) * 0.35 + slope(fine, x, y, 1) * 0.25;
    const bounded = Math.max(-0.34, Math.min(0.3, light));
    for (let channel = 0; channel < 3; channel += 1) {
      const value = data[at + channel] ?? 0;
      const changed = bounded > 0 ? value + (255 - value) * bounded : value * (1 + bounded);
      out[at + channel] = Math.max(0, Math.min(255, changed));
    }
  }
  return { data: out, width, height };
}
