import { createHash } from 'node:crypto';
import type { Label, Segment, Share } from './label.ts';

export type Metadata = Readonly<Record<string, string>>;

/**
 * The version that a label means for one request. Where the split is sticky and the request has the key, the same
 * value always goes the same way, on every server; else `random` (0 to 1, 1 excluded) decides.
 */
export function chooseVersion(label: Label, metadata: Metadata, random: () => number): number {
  const { split } = label;
  if (split === null) return label.version;
  const shares = split.segments.find((segment) => fits(segment, metadata))?.shares ?? split.shares;
  const sticky = split.stickyBy === null ? undefined : metadata[split.stickyBy];
  const place = sticky === undefined ? random() : placeOf(label, sticky);
  return pick(shares, place * 100) ?? label.version;
}

function fits({ metadata: wanted }: Segment, metadata: Metadata): boolean {
  return Object.entries(wanted).every(([key, values]) => {
    const value = Object.hasOwn(metadata, key) ? metadata[key] : undefined;
    return value !== undefined && values.includes(value);
  });
}

/** The label is part of it, so that two splits do not always put the same people together. */
function placeOf(label: Label, value: string): number {
  const hash = createHash('sha256').update(`${label.promptId}\n${label.name}\n${value}`).digest();
  return hash.readUInt32BE(0) / 2 ** 32;
}

function pick(shares: readonly Share[], place: number): number | undefined {
  let sum = 0;
  for (const share of shares) {
    sum += share.percent;
    if (place < sum) return share.version;
  }
  return shares.at(-1)?.version;
}
