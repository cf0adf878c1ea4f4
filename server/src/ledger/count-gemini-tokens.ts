import type { ModelRow, PixelSize } from '../models/index.ts';
import type { JobFacts } from './job-facts.ts';

/** Tokens of one output image by model and tier, from the vendor's guide and price page of 2026-09-05. */
const outputTokens: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'gemini-2.5-flash-image': { '1K': 1290 },
  'gemini-3-pro-image': { '1K': 1120, '2K': 1120, '4K': 2000 },
  'gemini-3.1-flash-image': { '512': 747, '1K': 1120, '2K': 1680, '4K': 2520 },
  'gemini-3.1-flash-lite-image': { '1K': 1120 },
  // 2K and 4K are not published.
  'gemini-nano-banana-2.1': { '1K': 1120 },
};

/** Tokens of one input picture at the default, high resolution; nothing is published for 2.5 and for less. */
const inputTokens: Readonly<Record<string, number>> = {
  'gemini-3-pro-image': 1120,
  'gemini-3.1-flash-image': 1120,
  'gemini-3.1-flash-lite-image': 1120,
  'gemini-nano-banana-2.1': 1120,
};

/** Output tokens of one image; the ratio does not matter. Null: no source tells. */
export function countGeminiOutput(facts: JobFacts): number | null {
  const byTier = own(outputTokens, facts.row.id);
  const tier = facts.imageSize ?? tierOf(facts.row, facts.size);
  return byTier === null || tier === null ? null : own(byTier, tier);
}

/** Input tokens of all pictures together. Null: no source tells. */
export function countGeminiInput(facts: JobFacts): number | null {
  const count = facts.images.length + (facts.mask === undefined ? 0 : 1);
  if (count === 0) return 0;
  if (facts.mediaResolution !== undefined && facts.mediaResolution !== 'high') return null;
  const each = own(inputTokens, facts.row.id);
  return each === null ? null : each * count;
}

/** The tier whose square is nearest in area; the row's default where the size is not known. */
function tierOf(row: ModelRow, size: PixelSize | undefined): string | null {
  if (row.size?.kind !== 'ratio-table') return null;
  if (size === undefined) return row.size.defaultTier;
  const { defaultRatio, tiers } = row.size;
  const edge = Math.sqrt(size.width * size.height);
  const distance = (tier: string) =>
    Math.abs(Math.log(edge / Number.parseInt(tiers[tier]?.[defaultRatio] ?? '1', 10)));
  const [nearest] = Object.keys(tiers).toSorted((a, b) => distance(a) - distance(b));
  return nearest ?? null;
}

function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | null {
  return Object.hasOwn(record, name) ? (record[name] ?? null) : null;
}
