import { readHex } from '../colour.ts';
import { applyStyles } from '../effects/apply-styles.ts';
import { finishPhoto } from '../effects/colour-styles.ts';
import {
  blurred,
  copyPixels,
  eachPixel,
  fromPixels,
  openNoise,
  type Pixels,
  toPixels,
} from '../effects/pixels.ts';
import { openChance } from '../random.ts';
import type { Reading } from '../read-prompt/reading.ts';

type Wish = { readonly reading: Reading; readonly prompt: string; readonly seed: string };

/** Changes that concern the whole picture: style, hour, season, weather, light. Gives the same object where none was asked. */
export async function changeWhole(base: Pixels, { reading, prompt, seed }: Wish): Promise<Pixels> {
  const unit = Math.min(base.width, base.height) / 1024;
  const lower = prompt.slice(0, 4000).toLowerCase();
  let pixels = base;
  const fresh = () => {
    if (pixels === base) pixels = copyPixels(base);
    return pixels;
  };
  const season = reading.season ?? (reading.place === 'snow' ? 'winter' : undefined);
  if (season !== undefined) changeSeason(fresh(), season);
  if (reading.time !== undefined && reading.time !== 'day') changeHour(fresh(), reading.time, seed);
  if (reading.weather === 'fog') veil(fresh(), seed, unit);
  if (reading.weather === 'rain' || reading.weather === 'storm')
    eachPixel(fresh(), (red, green, blue) => [red * 0.74 + 18, green * 0.78 + 22, blue * 0.84 + 32]);
  for (const [pattern, change] of tones) if (pattern.test(lower)) eachPixel(fresh(), change);
  const falling =
    season === 'winter' || reading.weather === 'snow'
      ? 'snow'
      : reading.weather === 'rain' || reading.weather === 'storm'
        ? 'rain'
        : null;
  if (falling !== null) pixels = await overlay(pixels, fallingSvg(falling, base, seed));
  if (/\bblur(red|ry)?\b|out of focus/.test(lower)) pixels = await blurred(pixels, 9 * unit);
  if (/\bsharp(er|en)?\b|crisp/.test(lower))
    pixels = await toPixels(fromPixels(pixels).sharpen({ sigma: 1.2 * Math.max(0.6, unit) }));
  if (/\b(mirror|flip)(ed)?\b/.test(lower))
    pixels = await toPixels(
      /upside|vertical/.test(lower) ? fromPixels(pixels).flip() : fromPixels(pixels).flop(),
    );
  const tint =
    /\b(tint|make it|turn it|colou?r it|more)\b/.test(lower) && reading.things.length === 0
      ? findTint(lower)
      : null;
  if (tint !== null) tintAll(fresh(), tint);
  if (reading.styles.length > 0)
    pixels = await applyStyles(copyPixels(pixels), reading.styles, { seed, unit });
  else if (/\b(cinematic|dramatic|professional|enhance|improve|better|realistic)\b/.test(lower))
    pixels = finishPhoto(copyPixels(pixels), seed, unit);
  return pixels;
}

type Tone = (red: number, green: number, blue: number) => readonly [number, number, number];

const tones: readonly (readonly [RegExp, Tone])[] = [
  [
    /\b(bright|brighter|lighter|lighten)\b/,
    (red, green, blue) => [255 - (255 - red) * 0.78, 255 - (255 - green) * 0.78, 255 - (255 - blue) * 0.78],
  ],
  [/\b(dark|darker|darken|moody)\b/, (red, green, blue) => [red * 0.66, green * 0.66, blue * 0.7]],
  [/\b(warm|warmer|sunny|golden)\b/, (red, green, blue) => [red * 1.08 + 12, green * 1.02 + 5, blue * 0.86]],
  [/\b(cold|colder|cool|cooler|icy)\b/, (red, green, blue) => [red * 0.88, green * 0.98, blue * 1.08 + 12]],
  [
    /\b(vivid|vibrant|colou?rful|saturated|pop)\b/,
    (red, green, blue) => {
      const grey = (red + green + blue) / 3;
      return [grey + (red - grey) * 1.5, grey + (green - grey) * 1.5, grey + (blue - grey) * 1.5];
    },
  ],
  [
    /\b(faded|muted|desaturate[d]?)\b/,
    (red, green, blue) => {
      const grey = (red + green + blue) / 3;
      return [
        grey + (red - grey) * 0.5 + 12,
        grey + (green - grey) * 0.5 + 12,
        grey + (blue - grey) * 0.5 + 12,
      ];
    },
  ],
  [
    /\bcontrast\b/,
    (red, green, blue) => [128 + (red - 128) * 1.3, 128 + (green - 128) * 1.3, 128 + (blue - 128) * 1.3],
  ],
  [/\b(invert|negative)\b/, (red, green, blue) => [255 - red, 255 - green, 255 - blue]],
];

const tints: Readonly<Record<string, string>> = {
  red: '#dd3b3b',
  pink: '#f58db4',
  purple: '#8a4fc4',
  blue: '#3f7fe0',
  green: '#4fa84a',
  yellow: '#f6cf3b',
  orange: '#f38b2b',
  gold: '#e6b23a',
  golden: '#e6b23a',
  teal: '#1f8f8c',
  turquoise: '#35c4bd',
};

function findTint(lower: string): string | null {
  const word = Object.keys(tints).find((name) => new RegExp(`\\b${name}\\b`).test(lower));
  return word === undefined ? null : (tints[word] ?? null);
}

function tintAll(pixels: Pixels, hex: string): void {
  const [tr, tg, tb] = readHex(hex);
  eachPixel(pixels, (red, green, blue) => {
    const grey = (red * 0.3 + green * 0.59 + blue * 0.11) / 255;
    const mix = (value: number, tint: number) =>
      value * 0.4 + (grey < 0.5 ? tint * grey * 2 : tint + (255 - tint) * (grey - 0.5) * 2) * 0.6;
    return [mix(red, tr), mix(green, tg), mix(blue, tb)];
  });
}

function changeSeason(pixels: Pixels, season: NonNullable<Reading['season']>): void {
  eachPixel(pixels, (red, green, blue) => {
    const leafy = Math.max(0, green - Math.max(red * 0.92, blue)) / 90;
    const share = Math.min(1, leafy * 1.4);
    const light = (red + green + blue) / 3;
    switch (season) {
      case 'winter': {
        const snow = Math.min(255, 196 + light * 0.25);
        return [
          red * (1 - share) * 0.92 + snow * share + 10,
          green * (1 - share) * 0.96 + (snow + 3) * share + 12,
          blue * (1 - share) + (snow + 9) * share + 18,
        ];
      }
      case 'autumn':
        return [
          red * (1 - share) + (light * 1.5 + 34) * share + 6,
          green * (1 - share) + light * 0.86 * share,
          (blue * (1 - share) + light * 0.32 * share) * 0.94,
        ];
      case 'spring':
        return [red * 1.02 + 10, green * 1.05 + 10 - share * 4, blue * 1.02 + 8 + share * 14];
      case 'summer':
        return [red * 1.06 + 8, green * 1.04 + 4, blue * 0.94];
    }
  });
}

function changeHour(pixels: Pixels, time: 'dawn' | 'sunset' | 'night', seed: string): void {
  const { width, height } = pixels;
  const chance = openChance(`${seed}/stars`);
  const stars = new Set<number>();
  if (time === 'night')
    for (let index = 0; index < 90; index += 1)
      stars.add(Math.floor(chance.next() * height * 0.4) * width + Math.floor(chance.next() * width));
  eachPixel(pixels, (red, green, blue, pixel) => {
    const depth = ((pixel / width) | 0) / height;
    if (time === 'night') {
      if (stars.has(pixel)) return [255, 250, 220];
      const light = (red + green + blue) / 3;
      return [
        red * 0.26 + light * 0.06 + 6,
        green * 0.3 + light * 0.08 + 12,
        blue * 0.44 + light * 0.14 + 34,
      ];
    }
    const glow = (time === 'sunset' ? 0.34 : 0.22) * (1 - depth * 0.5);
    return [
      red * (1 - glow) + 255 * glow,
      green * (1 - glow) * 0.94 + 140 * glow,
      blue * (1 - glow) * 0.86 + (time === 'sunset' ? 100 : 150) * glow,
    ];
  });
}

function veil(pixels: Pixels, seed: string, unit: number): void {
  const noise = openNoise(`${seed}/fog`);
  const { width } = pixels;
  eachPixel(pixels, (red, green, blue, pixel) => {
    const share = 0.3 + noise((pixel % width) / (240 * unit), ((pixel / width) | 0) / (110 * unit)) * 0.45;
    return [red + (226 - red) * share, green + (232 - green) * share, blue + (238 - blue) * share];
  });
}

async function overlay(pixels: Pixels, svg: string): Promise<Pixels> {
  return toPixels(fromPixels(pixels).composite([{ input: Buffer.from(svg) }]));
}

function fallingSvg(kind: 'snow' | 'rain', { width, height }: Pixels, seed: string): string {
  const chance = openChance(`${seed}/falling`);
  const unit = Math.min(width, height) / 1000;
  const parts = Array.from({ length: 170 }, () => {
    const x = (chance.next() * width).toFixed(1);
    const y = (chance.next() * height).toFixed(1);
    return kind === 'snow'
      ? `<circle cx="${x}" cy="${y}" r="${(chance.between(2, 7) * unit).toFixed(2)}" fill="#fff" opacity="${chance.between(0.55, 0.98).toFixed(2)}"/>`
      : `<path d="M${x},${y} l${(-9 * unit).toFixed(2)},${(34 * unit).toFixed(2)}" stroke="#eaf4ff" stroke-width="${(2.6 * unit).toFixed(2)}" opacity="0.6"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${parts.join('')}</svg>`;
}
