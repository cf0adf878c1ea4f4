import type { PixelSize } from '../models/index.ts';
import { countGeminiInput, countGeminiOutput } from './count-gemini-tokens.ts';
import { countInputPatches, countTiles, patchBudget } from './count-input-tokens.ts';
import {
  atLeastOfPatches,
  countFirstGeneration,
  countPatches,
  type PatchFormula,
  tokensOfPreview,
} from './count-output-tokens.ts';
import type { EstimateFacts } from './estimate-facts.ts';

/** The fewest and the most tokens of one kind. Null: no source tells. */
export type TokenBounds = {
  readonly bucket: 'textIn' | 'imageIn' | 'textOut' | 'imageOut' | 'partialImages';
  readonly low: number | null;
  readonly high: number | null;
  /** Where the numbers come from, in words. */
  readonly basis: string;
};

/** Written words and hidden thinking of one picture by Gemini. No source bounds them, so this is an assumption. */
const geminiTextAllowance = 2_000;

/** Input pictures of Gemini 3 were measured at 1,065 to 1,101 tokens where 1,120 are documented. */
const measuredShare = 0.95;

/** The tokens that a job can have, before anything is called. Null: the model is not counted in tokens. */
export function boundTokens(facts: EstimateFacts): readonly TokenBounds[] | null {
  switch (facts.row.tokens) {
    case 'none':
      return null;
    case 'gpt-image-1':
      return ofFirstGeneration(facts);
    case 'gpt-image-2':
    case 'gpt-image-2.5':
    case 'gpt-image-2.6':
      return ofPatches(facts, facts.row.tokens);
    case 'gemini':
      return ofGemini(facts);
  }
}

function ofFirstGeneration(facts: EstimateFacts): readonly TokenBounds[] {
  const { row, images, mask, inputFidelity, n } = facts;
  const masks = mask === undefined ? [] : [mask];
  const imageIn = countTiles(row.id, images, inputFidelity) + countTiles(row.id, masks, undefined);
  const each = choices(facts).map(({ size, quality }) => countFirstGeneration(size, quality));
  return [
    textIn(facts, n === 1 || images.length === 0 ? 1 : n),
    {
      bucket: 'imageIn',
      low: imageIn,
      // Some answers of the family count an edit's pictures once for each picture that is made.
      high: images.length > 0 ? imageIn * n : imageIn,
      basis: 'a base of 65 and 129 for each tile of 512 pixels; 4,160 or 6,240 more at high fidelity',
    },
    imageOut(facts, each, each),
    ...previews(facts),
  ];
}

function ofPatches(facts: EstimateFacts, formula: PatchFormula): readonly TokenBounds[] {
  const { images, mask, n } = facts;
  const readings = images.length > 0 ? n : 1;
  const pictures = [...images, ...(mask === undefined ? [] : [mask])];
  const options = choices(facts);
  return [
    textIn(facts, readings),
    {
      bucket: 'imageIn',
      low: countInputPatches(pictures) * readings,
      high: pictures.length * patchBudget * readings,
      basis: 'patches of 32 pixels, at most 1,536 a picture; measured, not published',
    },
    imageOut(
      facts,
      options.map(({ size, quality }) => atLeastOfPatches(formula, size, quality)),
      options.map(({ size, quality }) => countPatches(formula, size, quality)),
    ),
    ...previews(facts),
  ];
}

function ofGemini(facts: EstimateFacts): readonly TokenBounds[] {
  const { size: asked, n, ...rest } = facts;
  const job = { ...rest, n, size: asked === 'auto' ? undefined : asked };
  const each = countGeminiOutput(job);
  const imageIn = countGeminiInput(job);
  return [
    textIn(facts, n),
    {
      bucket: 'imageIn',
      low: imageIn === null ? null : Math.floor(imageIn * measuredShare) * n,
      high: imageIn === null ? null : imageIn * n,
      basis: 'the documented tokens of a picture at the default resolution',
    },
    {
      bucket: 'textOut',
      low: 0,
      high: geminiTextAllowance * n,
      basis: `words and hidden thinking cannot be computed; at most ${geminiTextAllowance} a picture are assumed`,
    },
    imageOut(facts, [each], [each]),
  ];
}

/** No token is shorter than a byte, and few are longer than eight. */
function textIn({ prompt }: EstimateFacts, readings: number): TokenBounds {
  const bytes = Buffer.byteLength(prompt, 'utf8');
  return {
    bucket: 'textIn',
    low: Math.ceil(bytes / 8),
    high: bytes * readings,
    basis: 'the prompt, from a token for eight bytes to one for every byte',
  };
}

function imageOut(
  { n, row }: EstimateFacts,
  low: readonly (number | null)[],
  high: readonly (number | null)[],
): TokenBounds {
  return {
    bucket: 'imageOut',
    low: times(extreme(low, Math.min), n),
    high: times(extreme(high, Math.max), n),
    basis: `the token formula of ${row.tokens}; from the cheapest to the dearest of what is left to the model`,
  };
}

/** Fewer previews than asked may come, and none may. */
function previews({ n, partialImages }: EstimateFacts): readonly TokenBounds[] {
  if (partialImages === 0) return [];
  return [
    {
      bucket: 'partialImages',
      low: 0,
      high: tokensOfPreview * partialImages * n,
      basis: `${tokensOfPreview} for each preview that comes`,
    },
  ];
}

/** Every size with every quality that the model may choose where the caller left it the choice. */
export function choices(facts: EstimateFacts): readonly { size: PixelSize; quality: string | undefined }[] {
  return sizesOf(facts).flatMap((size) => qualitiesOf(facts).map((quality) => ({ size, quality })));
}

function sizesOf({ row, size }: EstimateFacts): readonly PixelSize[] {
  if (size !== undefined && size !== 'auto') return [size];
  if (row.size === undefined || row.size.kind === 'ratio-table') return [];
  const all = row.size.kind === 'fixed' ? row.size.sizes : row.size.common;
  const settled = size === undefined && row.size.default !== 'auto' ? [row.size.default] : all;
  return settled.map(toPixels);
}

function qualitiesOf({ row, quality }: EstimateFacts): readonly (string | undefined)[] {
  if (quality !== undefined && quality !== 'auto') return [quality];
  const rule = row.parameters.quality;
  if (rule?.kind !== 'choice') return [undefined];
  if (quality === undefined && rule.default !== 'auto') return [rule.default];
  return rule.values.filter((value) => value !== 'auto');
}

function toPixels(text: string): PixelSize {
  const [width = 0, height = 0] = text.split('x').map(Number);
  return { width, height };
}

function extreme(counts: readonly (number | null)[], choose: (...values: number[]) => number): number | null {
  const known = counts.filter((count) => count !== null);
  return known.length === 0 || known.length < counts.length ? null : choose(...known);
}

function times(count: number | null, n: number): number | null {
  return count === null ? null : count * n;
}
