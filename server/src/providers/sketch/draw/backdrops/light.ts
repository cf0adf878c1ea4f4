import { fromHsl, mixColours, toHsl } from '../../colour.ts';
import type { Backdrop } from '../../compose/scene-plan.ts';

/** How the hour and the season colour everything. */
export type Light = {
  readonly sky: readonly string[];
  /** A colour of the land under this light. */
  readonly tone: (hex: string) => string;
  readonly grass: string;
  readonly leaf: string;
  readonly water: readonly [string, string];
  readonly dark: boolean;
};

const skies: Readonly<Record<Backdrop['time'], readonly (readonly string[])[]>> = {
  day: [
    ['#5db4ee', '#a9dcf8', '#e6f6fd'],
    ['#6cc0e8', '#b9e6f0', '#fdf6e3'],
    ['#79b8f2', '#c9e2fb', '#f6f4ff'],
  ],
  dawn: [
    ['#8fa8e0', '#f4b6b8', '#ffe3c2'],
    ['#a9b6ea', '#ffc3b0', '#fff0cf'],
  ],
  sunset: [
    ['#43357a', '#b04a7c', '#f4735a', '#ffc46b'],
    ['#2f4a8a', '#a85a90', '#fb8a5e', '#ffd67e'],
  ],
  night: [
    ['#0b1437', '#1d2b62', '#41508f'],
    ['#10103a', '#2c2560', '#5a4a8c'],
  ],
};

const greens = {
  spring: ['#9ed36a', '#7cc45c'],
  summer: ['#84c45a', '#4f9e4a'],
  autumn: ['#cdb050', '#d9803a'],
  winter: ['#eef5fb', '#5f8f78'],
} as const;

export function readLight(backdrop: Backdrop): Light {
  const list = skies[backdrop.time];
  const base = list[Math.floor(Math.abs(backdrop.hueShift) * 97) % list.length] ?? list[0] ?? [];
  const gloomy =
    backdrop.weather === 'rain' ||
    backdrop.weather === 'storm' ||
    backdrop.weather === 'clouds' ||
    backdrop.weather === 'fog';
  const wintry = backdrop.season === 'winter' && backdrop.time === 'day';
  const sky = base.map((hex) =>
    gloomy
      ? mixColours(hex, backdrop.weather === 'storm' ? '#4a5066' : '#a8b2bf', 0.6)
      : wintry
        ? mixColours(hex, '#dbe6f2', 0.45)
        : hex,
  );
  const tints: Record<Backdrop['time'], readonly [string, number]> = {
    day: ['#ffffff', 0],
    dawn: ['#f7a8a0', 0.2],
    sunset: ['#a8443f', 0.32],
    night: ['#16215a', 0.62],
  };
  const [tint, share] = tints[backdrop.time];
  const tone = (hex: string) => mixColours(gloomy ? mixColours(hex, '#8a94a3', 0.25) : hex, tint, share);
  const [grass, leaf] = greens[backdrop.season];
  const turn = (hex: string) => {
    const hsl = toHsl(hex);
    return fromHsl({ ...hsl, hue: (hsl.hue + backdrop.hueShift * 18 + 360) % 360 });
  };
  const water =
    backdrop.time === 'sunset'
      ? (['#e8806a', '#4a4a8c'] as const)
      : backdrop.time === 'night'
        ? (['#33478c', '#121c4c'] as const)
        : (['#6ecbe6', '#2a86c0'] as const);
  return {
    sky,
    tone,
    grass: tone(turn(grass)),
    leaf: tone(turn(leaf)),
    water,
    dark: backdrop.time === 'night',
  };
}
