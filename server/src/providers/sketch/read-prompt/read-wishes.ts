import type { Reading } from './reading.ts';

const readLimitChars = 4000;

/** The shape that the words ask for: `a wide panorama`, `a poster`. */
export function readShape(prompt: string): Reading['shape'] {
  const lower = prompt.slice(0, readLimitChars).toLowerCase();
  if (/\b(wide|landscape|panorama|panoramic|banner|widescreen|horizontal)\b/.test(lower)) return 'wide';
  if (/\b(portrait|tall|poster|vertical|phone wallpaper|book cover)\b/.test(lower)) return 'tall';
  return /\bsquare\b/.test(lower) ? 'square' : null;
}

/** True for pictures that are meant to be cut out: sprites, stickers, icons, logos. */
export function wantsTransparency(prompt: string): boolean {
  return /transparent background|\bsprites?\b|sprite\s?-?sheet|\bstickers?\b|\bicons?\b|\blogos?\b|no background/.test(
    prompt.slice(0, readLimitChars).toLowerCase(),
  );
}
