import { z } from 'zod';
import { CheckFailure } from '../check-failure.ts';
import { closestText, normaliseText } from '../text/compare-text.ts';
import { type Reading, readText } from '../text/read-text.ts';
import { kind } from './kind.ts';

const maxSide = 1024;
const shownCharacters = 400;

export const lettering = kind({
  name: 'text',
  title: 'Text in the picture',
  description:
    'The character error rate of wanted text: read by Tesseract (English data), at 1024 pixels, colour by colour and line by line. Small and capital letters, spaces, marks and look-alikes (0 and O; 1, l and capital I) count as the same, and other text beside the wanted one is left alone. Good for lettering in Latin letters of about 12 pixels and more; not for handwriting, strong perspective or other scripts.',
  unit: 'share of letters',
  better: 'lower',
  requires: ['image'],
  accepts: ['expected'],
  options: z.strictObject({
    /** The wanted text; each line is looked for by itself. */
    wanted: z.string().max(2000).optional(),
    /** Largest error rate that passes. */
    max: z.number().min(0).max(1).default(0),
  }),
  run: async ({ image, expected }, options) => {
    const wanted = expected ?? options.wanted;
    const readings = await readText(await image.pixels(maxSide));
    if (wanted === undefined)
      return { value: null, passed: null, evidence: { read: shorten(firstText(readings)) } };
    const lines = wanted.split('\n').filter((line) => normaliseText(line) !== '');
    if (lines.length === 0) throw new CheckFailure('invalid_expected', 'The wanted text has no letters.');
    const found = lines.map((line) => findBest(readings, line));
    const letters = lines.map((line) => normaliseText(line).length);
    const total = letters.reduce((sum, count) => sum + count, 0);
    const value = found.reduce((sum, { rate }, at) => sum + rate * (letters[at] ?? 0), 0) / total;
    const evidence = { max: options.max, wanted, read: shorten(found.map(({ text }) => text).join('\n')) };
    return { value, passed: value <= options.max, evidence };
  },
});

function findBest(readings: readonly Reading[], wanted: string): { rate: number; text: string } {
  let best = { rate: 1, text: firstText(readings) };
  for (const reading of readings) {
    const found = closestText(reading, wanted);
    if (found.rate < best.rate) best = found;
  }
  return best;
}

function firstText([first = []]: readonly Reading[]): string {
  return first.map(([text = '']) => text).join('\n');
}

function shorten(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)} …` : text;
}
