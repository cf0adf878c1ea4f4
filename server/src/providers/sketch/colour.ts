/** Hue 0 to 360, saturation and lightness 0 to 1. */
export type Hsl = { readonly hue: number; readonly saturation: number; readonly lightness: number };

/** Red, green and blue, 0 to 255, of `#rgb` or `#rrggbb`. Anything else is mid grey. */
export function readHex(hex: string): readonly [number, number, number] {
  const digits = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, (digit) => digit + digit) : hex;
  const value = Number.parseInt(digits.slice(1, 7), 16);
  if (Number.isNaN(value)) return [128, 128, 128];
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** The `#rrggbb` of three channels; values are rounded and clamped. */
function writeHex(channels: readonly number[]): string {
  const byte = (value: number) =>
    Math.max(0, Math.min(255, Math.round(value)))
      .toString(16)
      .padStart(2, '0');
  return `#${channels.slice(0, 3).map(byte).join('')}`;
}

/** `share` 0 gives `first`, 1 gives `second`. */
export function mixColours(first: string, second: string, share: number): string {
  const a = readHex(first);
  const b = readHex(second);
  return writeHex([0, 1, 2].map((i) => (a[i] ?? 0) * (1 - share) + (b[i] ?? 0) * share));
}

export const darken = (hex: string, share: number): string => mixColours(hex, '#1d1430', share);
export const lighten = (hex: string, share: number): string => mixColours(hex, '#ffffff', share);

export function toHsl(hex: string): Hsl {
  const [red, green, blue] = readHex(hex).map((value) => value / 255) as [number, number, number];
  const top = Math.max(red, green, blue);
  const bottom = Math.min(red, green, blue);
  const lightness = (top + bottom) / 2;
  const span = top - bottom;
  if (span === 0) return { hue: 0, saturation: 0, lightness };
  const saturation = span / (1 - Math.abs(2 * lightness - 1));
  const raw =
    top === red
      ? ((green - blue) / span) % 6
      : top === green
        ? (blue - red) / span + 2
        : (red - green) / span + 4;
  return { hue: (raw * 60 + 360) % 360, saturation, lightness };
}

export function fromHsl({ hue, saturation, lightness }: Hsl): string {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const position = (offset + hue / 30) % 12;
    return 255 * (lightness - reach * Math.max(-1, Math.min(position - 3, 9 - position, 1)));
  };
  return writeHex([channel(0), channel(8), channel(4)]);
}

/** Perceived brightness, 0 to 1. */
export function brightness(hex: string): number {
  const [red, green, blue] = readHex(hex);
  return (red * 0.299 + green * 0.587 + blue * 0.114) / 255;
}
