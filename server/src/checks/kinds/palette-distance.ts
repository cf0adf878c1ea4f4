import { z } from 'zod';
import { CheckFailure } from '../check-failure.ts';
import type { Material } from '../material/open-material.ts';
import { findPalette, type PaletteColour } from '../pixels/find-palette.ts';
import { deltaE2000, type Lab, toLab } from '../pixels/lab.ts';
import { kind } from './kind.ts';

const maxSide = 128;
const hex = /^#?[0-9a-f]{6}$/i;

export const paletteDistance = kind({
  name: 'palette_distance',
  title: 'Distance of the palette',
  description:
    'How far the main colours of the picture (k-means in Lab, at 128 pixels) lie from wanted colours, or from the palette of the reference: the mean CIEDE2000 from each wanted colour to the nearest main colour; with a reference both ways, by the root of their share. Where the colours are does not matter.',
  unit: 'ΔE2000',
  better: 'lower',
  requires: ['image'],
  accepts: ['reference', 'expected'],
  options: z.strictObject({
    /** Wanted colours, `#rrggbb`. */
    colours: z.array(z.string().regex(hex)).min(1).max(16).optional(),
    /** Main colours that are looked for. */
    count: z.int().min(1).max(16).default(8),
    /** Largest distance that passes. */
    max: z.number().min(0).default(8),
  }),
  run: async (material, { colours, count, max }) => {
    const own = findPalette(await material.image.pixels(maxSide), count);
    const wanted = await findWanted(material, colours, count);
    if (own.length === 0)
      return { value: null, passed: false, evidence: { max, reason: 'Nothing is to be seen.' } };
    const there = meanToNearest(wanted.palette, own);
    const value = wanted.isPicture ? (there + meanToNearest(own, wanted.palette)) / 2 : there;
    const shares = own.map(({ lab, share }) => ({ lab: lab.map((part) => Math.round(part)), share }));
    return { value, passed: value <= max, evidence: { max, palette: shares } };
  },
});

async function findWanted(
  { expected, reference }: Material,
  colours: readonly string[] | undefined,
  count: number,
): Promise<{ readonly palette: readonly PaletteColour[]; readonly isPicture: boolean }> {
  const named = expected?.split(/[\s,;]+/).filter((part) => part !== '') ?? colours;
  if (named !== undefined) {
    return {
      palette: named.map((text) => ({ lab: readColour(text), share: 1 / named.length })),
      isPicture: false,
    };
  }
  if (reference === null) {
    throw new CheckFailure(
      'missing_input',
      'Wanted colours are needed, or a reference picture that has them.',
    );
  }
  return { palette: findPalette(await reference.pixels(maxSide), count), isPicture: true };
}

function readColour(text: string): Lab {
  if (!hex.test(text)) {
    throw new CheckFailure(
      'invalid_expected',
      `A colour is expected here, such as #ffcc00; not “${text.slice(0, 40)}”.`,
    );
  }
  const value = Number.parseInt(text.replace('#', ''), 16);
  return toLab(value >> 16, (value >> 8) & 255, value & 255);
}

/** By the root of their share, so that a small accent counts more than its area, and a speck almost nothing. */
function meanToNearest(from: readonly PaletteColour[], to: readonly PaletteColour[]): number {
  let [sum, weights] = [0, 0];
  for (const { lab, share } of from) {
    const weight = Math.sqrt(share);
    sum += weight * Math.min(...to.map((other) => deltaE2000(lab, other.lab)));
    weights += weight;
  }
  return sum / weights;
}
