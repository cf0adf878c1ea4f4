import type { SpendGroup } from '@pictor/sdk';

/** What the address says about spend. */
export type SpendSearch = {
  /** What bars and rows are sorted by. Default: model. */
  readonly by?: SpendGroup | undefined;
  /** Default: 30d. */
  readonly period?: PeriodName | undefined;
  /** First and last day of a period of one's own, as `2026-11-01`, in UTC. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** What bars show. Default: cost. */
  readonly show?: Measure | undefined;
  /** The group whose entries are listed; empty: entries without one. */
  readonly group?: string | undefined;
  /** The day whose entries are listed. */
  readonly day?: string | undefined;
};

export const periodNames = ['7d', '30d', '90d', 'month', 'last-month', 'custom'] as const;
export type PeriodName = (typeof periodNames)[number];

export const measures = ['cost', 'list', 'images'] as const;
export type Measure = (typeof measures)[number];

export const groupings = [
  'model',
  'day',
  'prompt',
  'project',
  'key',
  'tag',
  'provider',
] as const satisfies readonly SpendGroup[];

/** What spend is sorted by, as headings and choices say it. */
export const groupingWords: Readonly<Record<SpendGroup, string>> = {
  model: 'Model',
  day: 'Day (UTC)',
  prompt: 'Prompt',
  project: 'Project',
  key: 'Key',
  tag: 'Tag',
  provider: 'Provider',
};

/** Reads the address; what it does not know is left out. */
export function readSpendSearch(search: Record<string, unknown>): SpendSearch {
  return {
    by: oneOf(groupings, search.by),
    period: oneOf(periodNames, search.period),
    from: readDay(search.from),
    to: readDay(search.to),
    show: oneOf(measures, search.show),
    // The router reads words that look like numbers as numbers.
    group: typeof search.group === 'number' ? String(search.group) : readText(search.group),
    day: readDay(search.day),
  };
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((each) => each === value);
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readDay(value: unknown): string | undefined {
  const isDay = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  return isDay && !Number.isNaN(Date.parse(value)) ? value : undefined;
}
