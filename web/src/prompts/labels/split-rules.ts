import type { LabelSplit } from '@pictor/sdk';

export type Share = LabelSplit['shares'][number];
export type Segment = LabelSplit['segments'][number];

/** Of hundredths of a percent, so that tenths make 100 as they should. */
export function sumOf(shares: readonly Share[]): number {
  return Math.round(shares.reduce((sum, { percent }) => sum + percent, 0) * 100) / 100;
}

/** The shares that a request with this metadata is dealt out by: those of the first group that fits. */
export function sharesFor(split: LabelSplit, metadata: Readonly<Record<string, string>>): readonly Share[] {
  const fits = ({ metadata: wanted }: Segment): boolean =>
    Object.entries(wanted).every(([key, values]) => {
      const value = Object.hasOwn(metadata, key) ? metadata[key] : undefined;
      return value !== undefined && values.includes(value);
    });
  return split.segments.find(fits)?.shares ?? split.shares;
}
