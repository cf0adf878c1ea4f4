import type { Retention } from '../access/index.ts';

const dayMs = 24 * 60 * 60_000;

/** What was made, or in the case of requests has ended, before the moment goes. Null: nothing of the kind. */
export type Cutoffs = {
  readonly images: Date | null;
  readonly requests: Date | null;
  readonly files: Date | null;
};

export function toCutoffs(retention: Retention, now: Date): Cutoffs {
  const before = (days: number | null): Date | null =>
    days === null ? null : new Date(now.getTime() - days * dayMs);
  return {
    images: before(retention.imagesDays),
    requests: before(retention.requestsDays),
    files: before(retention.filesDays),
  };
}
