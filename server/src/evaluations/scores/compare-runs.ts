import { pairedDifference } from '../../statistics/index.ts';
import type { RowScore } from './score.ts';

export type ComparedRow = RowScore & { readonly id: string; readonly position: number };

export type Difference = {
  readonly title: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly difference: number | null;
  /** Where the difference lies with 95 % confidence. */
  readonly interval: readonly [number, number] | null;
  /** Rows that both scored. */
  readonly rows: number;
};

export type RowChange = {
  readonly id: string;
  readonly position: number;
  readonly before: Pick<RowScore, 'score' | 'verdict'>;
  readonly after: Pick<RowScore, 'score' | 'verdict'>;
  readonly difference: number | null;
};

export type Comparison = {
  readonly overall: Difference;
  readonly steps: readonly Difference[];
  readonly better: number;
  readonly worse: number;
  readonly unchanged: number;
  /** Those that changed most first. */
  readonly rows: readonly RowChange[];
};

/** Two runs of a dataset, row by row. A step is the same where its title is. */
export function compareRuns(before: readonly ComparedRow[], after: readonly ComparedRow[]): Comparison {
  const earlier = new Map(before.map((row) => [row.id, row]));
  const pairs = after.flatMap((row) => {
    const old = earlier.get(row.id);
    return old === undefined ? [] : [{ old, row }];
  });
  const titles = [...new Set(after.flatMap((row) => row.steps.map(({ title }) => title)))];
  const scoreOf = (row: ComparedRow, title: string): number | null =>
    row.steps.find((step) => step.title === title)?.score ?? null;
  const rows = pairs.map(({ old, row }) => toChange(old, row)).toSorted(byChange);
  return {
    overall: toDifference(
      'overall',
      pairs.map(({ old, row }) => [old.score, row.score]),
    ),
    steps: titles.map((title) =>
      toDifference(
        title,
        pairs.map(({ old, row }) => [scoreOf(old, title), scoreOf(row, title)]),
      ),
    ),
    better: rows.filter(({ difference }) => (difference ?? 0) > 0).length,
    worse: rows.filter(({ difference }) => (difference ?? 0) < 0).length,
    unchanged: rows.filter(({ difference }) => difference === 0).length,
    rows,
  };
}

function toDifference(
  title: string,
  pairs: readonly (readonly [number | null, number | null])[],
): Difference {
  const known = pairs.flatMap(([left, right]) =>
    left === null || right === null ? [] : [[left, right] as const],
  );
  const [before, after] = [known.map(([left]) => left), known.map(([, right]) => right)];
  const found = pairedDifference(before, after);
  return {
    title,
    before: mean(before),
    after: mean(after),
    difference: found?.difference ?? null,
    interval: found === null ? null : [found.low, found.high],
    rows: known.length,
  };
}

function toChange(old: ComparedRow, row: ComparedRow): RowChange {
  return {
    id: row.id,
    position: row.position,
    before: { score: old.score, verdict: old.verdict },
    after: { score: row.score, verdict: row.verdict },
    difference: old.score === null || row.score === null ? null : row.score - old.score,
  };
}

/** What has a score in one run only changed most; then by how much, losses before gains. */
function byChange(left: RowChange, right: RowChange): number {
  const size = (row: RowChange): number => {
    if (row.difference !== null) return Math.abs(row.difference);
    return row.before.score === row.after.score ? 0 : Number.POSITIVE_INFINITY;
  };
  if (size(left) !== size(right)) return size(right) - size(left);
  return (left.difference ?? 0) - (right.difference ?? 0) || left.position - right.position;
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
