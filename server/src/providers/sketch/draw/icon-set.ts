import { createRequire } from 'node:module';
import { brightness, fromHsl, toHsl } from '../colour.ts';
import { measurePath } from './measure-path.ts';

type IconFile = { readonly icons: Readonly<Record<string, { readonly body: string }>> };

/** The vector icons by name. About 9 MB of JSON: open it in the worker only, and once. */
export type IconSet = {
  readonly has: (name: string) => boolean;
  /** The drawing in a box of 32 by 32, or null. */
  readonly body: (name: string) => string | null;
  readonly names: () => readonly string[];
  /** Emoji as `1f9a6` or `1f468-200d-1f33e` to icon name. */
  readonly characters: Readonly<Record<string, string>>;
};

export function openIconSet(): IconSet {
  const load = createRequire(import.meta.url);
  const { icons } = load('@iconify-json/fluent-emoji-flat/icons.json') as IconFile;
  const characters = load('@iconify-json/fluent-emoji-flat/chars.json') as Record<string, string>;
  return {
    has: (name) => Object.hasOwn(icons, name),
    body: (name) => (Object.hasOwn(icons, name) ? (icons[name]?.body ?? null) : null),
    names: () => Object.keys(icons),
    characters,
  };
}

/**
 * The drawing with its main colour exchanged. Main is the hue whose paths reach over the largest area; hues
 * far from it (leaves of a flower, wheels of a car) stay as they are.
 */
export function recolour(body: string, target: string): string {
  const found = [...body.matchAll(/fill="(#[0-9a-f]{3,6})" d="([^"]*)"/gi)];
  const weights = new Map<number, number>();
  let lightness = 0;
  let total = 0;
  for (const [, colour = '#888888', shape = ''] of found) {
    const hsl = toHsl(colour);
    const weight = measurePath(shape);
    const grey = hsl.saturation < 0.14 || brightness(colour) > 0.96;
    const key = grey ? -1 : Math.round(hsl.hue / 24) % 15;
    // Outlines are dark and reach around everything; masts and window frames are white and reach far.
    const share = brightness(colour) < 0.27 ? 0.3 : brightness(colour) > 0.96 ? 0.45 : grey ? 0.8 : 1;
    weights.set(key, (weights.get(key) ?? 0) + weight * share);
    total += weight;
    lightness += hsl.lightness * weight;
  }
  const main = [...weights].sort((a, b) => b[1] - a[1])[0]?.[0] ?? -1;
  const middle = total === 0 ? 0.5 : lightness / total;
  const wanted = toHsl(target);
  return body.replace(/#[0-9a-f]{6}\b|#[0-9a-f]{3}\b/gi, (colour) => {
    const hsl = toHsl(colour);
    const key = hsl.saturation < 0.14 || brightness(colour) > 0.96 ? -1 : Math.round(hsl.hue / 24) % 15;
    const near =
      key === main ||
      (main >= 0 && key >= 0 && Math.min(Math.abs(key - main), 15 - Math.abs(key - main)) <= 1);
    if (!near) return colour;
    const shifted = Math.max(0.06, Math.min(0.97, wanted.lightness + (hsl.lightness - middle) * 0.7));
    return fromHsl({ ...wanted, lightness: shifted });
  });
}
