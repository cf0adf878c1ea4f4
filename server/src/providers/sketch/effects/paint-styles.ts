import { blurred, displaced, eachPixel, edgesOf, openNoise, type Pixels } from './pixels.ts';

/** `unit` is 1 for a picture whose short edge is 1024 pixels; it keeps styles the same at every size. */
export type StyleContext = { readonly seed: string; readonly unit: number };

/** Wet edges, blooming pigment, paper with a white border. */
export async function toWatercolor(source: Pixels, { seed, unit }: StyleContext): Promise<Pixels> {
  const noise = openNoise(`${seed}/water`);
  const soft = await blurred(source, 1.6 * unit);
  const wet = displaced(soft, (x, y) => [
    (noise(x / (26 * unit), y / (26 * unit)) - 0.5) * 26 * unit,
    (noise(x / (26 * unit) + 90, y / (26 * unit)) - 0.5) * 26 * unit,
  ]);
  const edges = edgesOf(wet, 2.4 * unit);
  const { width, height } = wet;
  const rim = 70 * unit;
  eachPixel(wet, (red, green, blue, pixel) => {
    const x = pixel % width;
    const y = (pixel / width) | 0;
    const bloom =
      noise(x / (120 * unit), y / (120 * unit) + 40) * 0.65 +
      noise(x / (34 * unit) + 7, y / (34 * unit)) * 0.35;
    const pale = 0.1 + bloom * 0.34;
    const dark = 1 - Math.min(0.34, (edges[pixel] ?? 0) * 0.75);
    const grain = (noise(x / (2.2 * unit) + 11, y / (2.2 * unit)) - 0.5) * 13;
    const border =
      Math.min(x, y, width - 1 - x, height - 1 - y) +
      (noise(x / (42 * unit), y / (42 * unit) + 70) - 0.75) * 76 * unit;
    const paper = border > rim * 0.55 ? 0 : border < 0 ? 1 : 1 - border / (rim * 0.55);
    const mix = (value: number, sheet: number) => {
      const painted = (value * (1 - pale) + 255 * pale) * dark + grain;
      return painted * (1 - paper) + (sheet + grain * 0.5) * paper;
    };
    return [mix(red, 253), mix(green, 250), mix(blue, 242)];
  });
  return wet;
}

/** Strokes that follow a slow swirl, with the relief of thick paint. */
export async function toOil(source: Pixels, { seed, unit }: StyleContext): Promise<Pixels> {
  const noise = openNoise(`${seed}/oil`);
  const { width, height } = source;
  const reach = 9 * unit;
  const dabs = displaced(source, (x, y) => [
    (noise(x / (5 * unit), y / (5 * unit)) - 0.5) * reach * 1.6,
    (noise(x / (5 * unit) + 50, y / (5 * unit)) - 0.5) * reach * 1.6,
  ]);
  const painted = displaced(dabs, (x, y) => {
    const angle = noise(x / (170 * unit), y / (170 * unit)) * 12;
    const along =
      (noise(
        (x * Math.cos(angle) + y * Math.sin(angle)) / (16 * unit),
        (y * Math.cos(angle) - x * Math.sin(angle)) / (3.4 * unit),
      ) -
        0.5) *
      34 *
      unit;
    return [Math.cos(angle) * along, Math.sin(angle) * along];
  });
  const smooth = await blurred(painted, 0.9 * unit);
  const from = new Uint8Array(smooth.data);
  const step = Math.max(1, Math.round(unit));
  eachPixel(smooth, (red, green, blue, pixel) => {
    const x = pixel % width;
    const y = (pixel / width) | 0;
    const other = (Math.min(height - 1, y + step) * width + Math.min(width - 1, x + step)) * 4;
    const relief =
      (green - (from[other + 1] ?? 0)) * 0.6 + (noise(x / (2.6 * unit), y / (8 * unit)) - 0.5) * 14;
    const grey = (red + green + blue) / 3;
    return [
      grey + (red - grey) * 1.2 + relief,
      grey + (green - grey) * 1.2 + relief,
      grey + (blue - grey) * 1.2 + relief,
    ];
  });
  return smooth;
}

/** Soft brown outlines on warm paper with a rounded picture edge. */
export async function toStorybook(source: Pixels, { seed, unit }: StyleContext): Promise<Pixels> {
  const noise = openNoise(`${seed}/book`);
  const hand = displaced(source, (x, y) => [
    (noise(x / (30 * unit), y / (30 * unit)) - 0.5) * 9 * unit,
    (noise(x / (30 * unit) + 31, y / (30 * unit)) - 0.5) * 9 * unit,
  ]);
  const edges = edgesOf(hand, 2 * unit);
  const { width, height } = hand;
  const margin = 34 * unit;
  const corner = 70 * unit;
  eachPixel(hand, (red, green, blue, pixel) => {
    const x = pixel % width;
    const y = (pixel / width) | 0;
    const strength =
      Math.min(1, Math.max(0, (edges[pixel] ?? 0) - 0.05) * 1.9) *
      (0.6 + noise(x / (9 * unit), y / (9 * unit)) * 0.6);
    const crayon = (noise(x / (1.7 * unit), y / (3.4 * unit)) - 0.5) * 20;
    const cx = Math.max(0, margin + corner - Math.min(x, width - 1 - x));
    const cy = Math.max(0, margin + corner - Math.min(y, height - 1 - y));
    const out =
      Math.sqrt(cx * cx + cy * cy) - corner + (noise(x / (18 * unit), y / (18 * unit)) - 0.5) * 12 * unit;
    const paper = out <= 0 ? 0 : Math.min(1, out / (3 * unit));
    const mix = (value: number, line: number, sheet: number) => {
      const drawn = (value * 0.93 + 16 + crayon) * (1 - strength * 0.72) + line * strength * 0.72;
      return drawn * (1 - paper) + (sheet + crayon * 0.25) * paper;
    };
    return [mix(red, 92, 255), mix(green, 58, 250), mix(blue, 46, 236)];
  });
  return hand;
}

/** Waxy strokes that leave the paper showing. */
export async function toCrayon(source: Pixels, { seed, unit }: StyleContext): Promise<Pixels> {
  const noise = openNoise(`${seed}/wax`);
  const hand = displaced(source, (x, y) => [
    (noise(x / (16 * unit), y / (16 * unit)) - 0.5) * 16 * unit,
    (noise(x / (16 * unit) + 31, y / (16 * unit)) - 0.5) * 16 * unit,
  ]);
  const edges = edgesOf(hand, 2.6 * unit);
  const { width } = hand;
  eachPixel(hand, (red, green, blue, pixel) => {
    const x = pixel % width;
    const y = (pixel / width) | 0;
    const stroke =
      noise((x + y) / (3 * unit), (x - y) / (26 * unit)) * 0.6 +
      noise(x / (1.6 * unit), y / (1.6 * unit)) * 0.4;
    const bare = stroke > 0.56 ? Math.min(0.75, (stroke - 0.56) * 4) : 0;
    const line = Math.min(0.75, (edges[pixel] ?? 0) * 1.4);
    const mix = (value: number, sheet: number) =>
      (value * (1 - bare) + sheet * bare) * (1 - line) + value * 0.35 * line;
    return [mix(red, 255), mix(green, 252), mix(blue, 244)];
  });
  return hand;
}
