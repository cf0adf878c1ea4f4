import type { Style } from '../read-prompt/reading.ts';
import { finishPhoto, toMono, toPastel, toSepia } from './colour-styles.ts';
import { toBlueprint, toComic, toLines, toNeon, toPencil, toPixelArt } from './line-styles.ts';
import { type StyleContext, toCrayon, toOil, toStorybook, toWatercolor } from './paint-styles.ts';
import { fromPixels, type Pixels, toPixels } from './pixels.ts';

/** Square pixels along the short edge of pixel art, where nothing else is said. */
export const pixelArtCells = 128;

/** Applies styles in a sensible order: the hand first, then the colours. At most one hand is used. */
export async function applyStyles(
  source: Pixels,
  styles: readonly Style[],
  context: StyleContext,
): Promise<Pixels> {
  const hand = styles.find((style) => handStyles.has(style));
  let pixels = hand === undefined ? source : await applyOne(source, hand, context);
  for (const style of styles) if (!handStyles.has(style)) pixels = await applyOne(pixels, style, context);
  return pixels;
}

const handStyles = new Set<Style>([
  'watercolor',
  'pixel',
  'line',
  'pencil',
  'neon',
  'oil',
  'storybook',
  'comic',
  'crayon',
  'blueprint',
]);

async function applyOne(pixels: Pixels, style: Style, context: StyleContext): Promise<Pixels> {
  switch (style) {
    case 'watercolor':
      return toWatercolor(pixels, context);
    case 'oil':
      return toOil(pixels, context);
    case 'storybook':
      return toStorybook(pixels, context);
    case 'crayon':
      return toCrayon(pixels, context);
    case 'line':
      return toLines(pixels, context);
    case 'pencil':
      return toPencil(pixels, context);
    case 'neon':
      return toNeon(pixels, context);
    case 'comic':
      return toComic(pixels, context);
    case 'blueprint':
      return toBlueprint(pixels, context);
    case 'pixel': {
      const { width, height } = pixels;
      const share = Math.min(1, pixelArtCells / Math.min(width, height));
      const small = await toPixels(
        fromPixels(pixels).resize(
          Math.max(1, Math.round(width * share)),
          Math.max(1, Math.round(height * share)),
          { fit: 'fill' },
        ),
      );
      return toPixelArt(small, width, height);
    }
    case 'mono':
      return toMono(pixels);
    case 'sepia':
      return toSepia(pixels);
    case 'pastel':
      return toPastel(pixels);
    case 'photo':
      return finishPhoto(pixels, context.seed, context.unit);
  }
}
