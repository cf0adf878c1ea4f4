import sharp from 'sharp';
import type { StyleContext } from './paint-styles.ts';
import {
  blurred,
  eachPixel,
  edgesOf,
  fromPixels,
  greyOf,
  openNoise,
  type Pixels,
  toPixels,
} from './pixels.ts';

/** Ink lines on white paper; the darkest parts are hatched. */
export async function toLines(source: Pixels, { unit }: StyleContext): Promise<Pixels> {
  const edges = edgesOf(source, 1.5 * unit);
  const grey = greyOf(source);
  const { width } = source;
  eachPixel(source, (_red, _green, _blue, pixel) => {
    const x = pixel % width;
    const y = (pixel / width) | 0;
    const line = Math.min(1, Math.max(0, (edges[pixel] ?? 0) - 0.035) * 5);
    const hatch =
      (grey[pixel] ?? 255) < 92 && (x + y) % Math.max(4, Math.round(8 * unit)) < Math.max(1, 2.4 * unit)
        ? 0.75
        : 0;
    const ink = Math.max(line, hatch);
    return [254 - ink * 224, 253 - ink * 222, 248 - ink * 206];
  });
  return source;
}

/** Graphite: tones by dodging, lines by edges, grain of paper. */
export async function toPencil(source: Pixels, { seed, unit }: StyleContext): Promise<Pixels> {
  const noise = openNoise(`${seed}/pencil`);
  const edges = edgesOf(source, 1.4 * unit);
  const grey = greyOf(source);
  const soft = greyOf(await blurred(source, 9 * unit));
  const { width } = source;
  eachPixel(source, (_red, _green, _blue, pixel) => {
    const x = pixel % width;
    const y = (pixel / width) | 0;
    const tone = grey[pixel] ?? 255;
    const dodge = Math.min(255, (tone * 255) / Math.max(1, soft[pixel] ?? 255));
    const stroke = noise((x - y) / (1.8 * unit), (x + y) / (26 * unit));
    const shade = (1 - tone / 255) * (0.3 + stroke * 0.75);
    const line = Math.min(0.8, (edges[pixel] ?? 0) * 2.2);
    const grain = (noise(x / (1.5 * unit), y / (1.5 * unit)) - 0.5) * 18;
    const value = Math.min(250, dodge) * (1 - shade * 0.62) * (1 - line * 0.8) + grain;
    return [value + 2, value + 1, value - 3];
  });
  return source;
}

/** Tubes of light along every contour, on a dark wall. */
export async function toNeon(source: Pixels, { unit }: StyleContext): Promise<Pixels> {
  const { width, height } = source;
  const edges = edgesOf(source, 1.8 * unit);
  const tubes: Pixels = { width, height, data: new Uint8Array(source.data) };
  eachPixel(tubes, (red, green, blue, pixel) => {
    const strength = Math.min(1, Math.max(0, (edges[pixel] ?? 0) - 0.06) * 3.4);
    const [r, g, b] = vivid(red, green, blue);
    return [r * strength, g * strength, b * strength];
  });
  const opaque = { ...tubes, data: new Uint8Array(tubes.data) };
  for (let at = 3; at < opaque.data.length; at += 4) opaque.data[at] = 255;
  const near = await blurred(opaque, 5 * unit);
  const far = await blurred(opaque, 20 * unit);
  eachPixel(source, (red, green, blue, pixel) => {
    const at = pixel * 4;
    const light = (channel: number, base: number, wall: number) =>
      wall +
      base * 0.14 +
      (tubes.data[at + channel] ?? 0) * 0.95 +
      (near.data[at + channel] ?? 0) * 1.25 +
      (far.data[at + channel] ?? 0) * 1.3;
    return [light(0, red, 14), light(1, green, 6), light(2, blue, 30)];
  });
  return source;
}

/** The hue at full strength; greys become electric blue or pink by their brightness. */
function vivid(red: number, green: number, blue: number): [number, number, number] {
  const high = Math.max(red, green, blue);
  const low = Math.min(red, green, blue);
  if (high - low < 28) return high > 140 ? [90, 220, 255] : [255, 70, 200];
  const scale = 255 / (high - low);
  return [(red - low) * scale, (green - low) * scale, (blue - low) * scale];
}

/** Black outlines, strong flat colours, dots in the shade. */
export async function toComic(source: Pixels, { unit }: StyleContext): Promise<Pixels> {
  const edges = edgesOf(source, 2.2 * unit);
  const { width } = source;
  const cell = Math.max(4, 9 * unit);
  eachPixel(source, (red, green, blue, pixel) => {
    const x = pixel % width;
    const y = (pixel / width) | 0;
    const line = Math.min(1, Math.max(0, (edges[pixel] ?? 0) - 0.11) * 4);
    const u = ((x + y) / cell) % 1;
    const v = (((x - y) / cell) % 1) + ((x - y) / cell < 0 ? 1 : 0);
    const dot = Math.sqrt((u - 0.5) ** 2 + (v - 0.5) ** 2);
    const tone = (red * 0.3 + green * 0.59 + blue * 0.11) / 255;
    const shade = dot < (0.9 - tone) * 0.52 ? 0.78 : 1;
    const grey = (red + green + blue) / 3;
    const strong = (value: number) =>
      (Math.round(((grey + (value - grey) * 1.35) * 1.05) / 36) * 36 * shade + 6) * (1 - line) + 18 * line;
    return [strong(red), strong(green), strong(blue)];
  });
  return source;
}

/** White lines on drafting blue, over a grid. */
export async function toBlueprint(source: Pixels, { unit }: StyleContext): Promise<Pixels> {
  const edges = edgesOf(source, 1.4 * unit);
  const { width } = source;
  const cell = Math.max(8, Math.round(40 * unit));
  eachPixel(source, (_red, _green, _blue, pixel) => {
    const x = pixel % width;
    const y = (pixel / width) | 0;
    const grid = x % cell === 0 || y % cell === 0 ? 0.16 : 0;
    const line = Math.max(grid, Math.min(1, Math.max(0, (edges[pixel] ?? 0) - 0.04) * 4.5));
    return [24 + 225 * line, 72 + 178 * line, 150 + 104 * line];
  });
  return source;
}

/** Few colours, large square pixels; edges of cut-outs are hard. `cells` along the short edge. */
export async function toPixelArt(small: Pixels, width: number, height: number): Promise<Pixels> {
  for (let at = 3; at < small.data.length; at += 4) small.data[at] = (small.data[at] ?? 0) < 120 ? 0 : 255;
  const colours = await fromPixels(small)
    .png({ palette: true, colours: 40, dither: 0, effort: 4 })
    .toBuffer();
  const few = await toPixels(sharp(colours));
  for (let at = 3; at < few.data.length; at += 4) few.data[at] = (few.data[at] ?? 0) < 128 ? 0 : 255;
  return toPixels(fromPixels(few).resize(width, height, { kernel: 'nearest', fit: 'fill' }));
}
