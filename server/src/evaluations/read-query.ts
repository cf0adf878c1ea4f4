import { verdict } from '@pictor/api';
import { PictorError } from '../foundation/index.ts';
import type { RowFilter, RowPage, RowSort } from './runs/row-queries.ts';

type Query = Readonly<Record<string, unknown>>;

const sorts: readonly RowSort[] = ['position', 'worst', 'best'];
const statuses = ['queued', 'done', 'failed', 'skipped', 'waiting'] as const;

/** Which rows of a run are wanted. Throws `invalid_value`. */
export function readRowsQuery(query: Query): { readonly filter: RowFilter; readonly page: RowPage } {
  return {
    filter: {
      verdict: readChoice(query, 'verdict', verdict.options),
      status: readChoice(query, 'status', statuses),
    },
    page: {
      limit: readWhole(query, 'limit', 1, 200) ?? 100,
      offset: readWhole(query, 'offset', 0, 10_000_000) ?? 0,
      sort: readChoice(query, 'sort', sorts) ?? 'position',
    },
  };
}

function readChoice<Choice extends string>(
  query: Query,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  const choice = choices.find((each) => each === value);
  if (choice !== undefined) return choice;
  throw invalid(name, `must be one of ${choices.join(', ')}`);
}

export function readWhole(query: Query, name: string, lowest: number, highest: number): number | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= lowest && number <= highest) return number;
  throw invalid(name, `must be a whole number from ${lowest} to ${highest}`);
}

export function readWord(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.length <= 200) return value;
  throw invalid(name, 'must be a text');
}

function invalid(param: string, why: string): PictorError {
  return new PictorError({ code: 'invalid_value', message: `${param} ${why}.`, param });
}
