import type { Spend } from '@pictor/sdk';
import type { Measure } from './spend-search.ts';

/** A colour of the chart and what it stands for. */
export type Series = { readonly name: string };

export type ChartDay = {
  readonly day: string;
  readonly total: number;
  /** Bottom up. */
  readonly parts: readonly { readonly series: number; readonly value: number }[];
  /** Entries of that day whose cost nobody knows. */
  readonly unknownCount: number;
};

type Sums = Spend['total'];

/** As many as can be told apart by their colours; the rest is one. */
const maxSeries = 6;

/** What a row counts by the chosen measure; unknown costs count in no sum. */
function measureOf(sums: Sums, measure: Measure): number {
  if (measure === 'images') return sums.images;
  return measure === 'list' ? sums.list_cost : (sums.cost ?? 0);
}

/** The groups that have a colour of their own, dearest first, and the days with their parts. */
export function toChart(
  spend: Spend,
  measure: Measure,
  days: readonly string[],
  nameOf: (group: string | null) => string,
): { readonly series: readonly Series[]; readonly days: readonly ChartDay[] } {
  const isPlain = spend.group_by === 'day';
  const ranked = isPlain
    ? []
    : spend.data.toSorted((a, b) => measureOf(b, measure) - measureOf(a, measure)).map(({ group }) => group);
  const own = ranked.length > maxSeries ? ranked.slice(0, maxSeries - 1) : ranked;
  const rest = ranked.length > own.length;
  const byDay = Map.groupBy(spend.days ?? [], ({ day }) => day);
  const count = isPlain ? 1 : own.length + (rest ? 1 : 0);
  return {
    series: [
      ...own.map((group) => ({ name: nameOf(group) })),
      ...(rest ? [{ name: `${ranked.length - own.length} others` }] : []),
    ],
    days: days.map((day) => {
      const values = Array.from({ length: count }, () => 0);
      let unknownCount = 0;
      for (const row of byDay.get(day) ?? []) {
        const place = isPlain ? 0 : own.indexOf(row.group);
        const series = place < 0 ? own.length : place;
        values[series] = (values[series] ?? 0) + measureOf(row, measure);
        if (measure === 'cost') unknownCount += row.unknown_count;
      }
      const parts = values.map((value, series) => ({ series, value: Math.max(0, value) }));
      return { day, parts, unknownCount, total: parts.reduce((sum, { value }) => sum + value, 0) };
    }),
  };
}
