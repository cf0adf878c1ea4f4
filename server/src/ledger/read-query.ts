import { type SpendGroup, spendGroup } from '@pictor/api';
import { PictorError } from '../foundation/index.ts';

type Query = Readonly<Record<string, unknown>>;

/** From a moment on, and up to another. */
export type Period = { readonly from: Date; readonly to: Date };

/** What entries must have; null: they must have none. */
export type EntryFilter = {
  readonly model?: string | null;
  readonly provider?: string | null;
  readonly key?: string | null;
  readonly prompt?: string | null;
  readonly tag?: string | null;
};

export type LedgerPage = Partial<Period> & {
  readonly limit: number;
  /** Id of the last entry of the page before. */
  readonly after?: string;
  readonly requestId?: string;
  readonly where: EntryFilter;
};

const dayMs = 24 * 60 * 60_000;
const earliest = new Date('0001-01-01T00:00:00Z');
const latest = new Date('9999-12-31T23:59:59.999Z');
const defaultDays = 30;
const defaultLimit = 50;
const maxLimit = 200;

/** `from` and `to` of an address: the last 30 days where they are absent. Throws `invalid_value`. */
export function readPeriod(query: Query, now: Date): Period {
  const to = readTime(query.to, 'to') ?? now;
  const usual = Math.max(startOfDay(to) - (defaultDays - 1) * dayMs, earliest.getTime());
  const from = readTime(query.from, 'from') ?? new Date(usual);
  if (from.getTime() <= to.getTime()) return { from, to };
  throw invalid('from', 'The period must begin before it ends: from lies behind to.');
}

/** `group_by` of an address. Default: day. */
export function readGroup(query: Query): SpendGroup {
  const group = spendGroup.safeParse(query.group_by ?? 'day');
  if (group.success) return group.data;
  throw invalid('group_by', `group_by must be one of ${spendGroup.options.join(', ')}.`);
}

/** `format=csv`; JSON where it is absent. */
export function wantsCsv(query: Query): boolean {
  const { format } = query;
  if (format === undefined || format === 'json') return false;
  if (format === 'csv') return true;
  throw invalid('format', 'format must be json or csv.');
}

/** Which entries of the ledger are wanted. Without `from` and `to`: all. */
export function readLedgerPage(query: Query): LedgerPage {
  const from = readTime(query.from, 'from');
  const to = readTime(query.to, 'to');
  const after = readId(query.after, 'after', /^ent_[0-9a-z_]{1,80}$/, 'the last_id of the page before');
  const requestId = readId(query.request, 'request', /^req_[0-9a-f]{32}$/, 'the id of a request');
  return {
    limit: readLimit(query.limit),
    where: readFilter(query),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(after === undefined ? {} : { after }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** `split=day`: the sums of each day apart as well. */
export function wantsDays(query: Query): boolean {
  if (query.split === undefined) return false;
  if (query.split === 'day') return true;
  throw invalid('split', 'split must be day.');
}

const filterNames = ['model', 'provider', 'key', 'prompt', 'tag'] as const;

/** A name that is there and empty asks for entries without one. */
function readFilter(query: Query): EntryFilter {
  const given = filterNames.flatMap((name) => {
    const value = query[name];
    if (value === undefined) return [];
    if (typeof value !== 'string' || value.length > 1_000) throw invalid(name, `${name} must be a text.`);
    return [[name, value === '' ? null : value] as const];
  });
  return Object.fromEntries(given);
}

/** A day stands for its beginning in UTC, and as the end of a period for the whole of it. */
export function readTime(value: unknown, name: 'from' | 'to'): Date | undefined {
  if (value === undefined || value === '') return undefined;
  const text = String(value);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const date = isDay || isTime ? new Date(text) : new Date(Number.NaN);
  // Dates roll the 30th of February over into March, and databases do not know the year 0.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  const isReal = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10));
  if (Number.isNaN(date.getTime()) || !isReal || date < earliest || date > latest) {
    throw invalid(
      name,
      `${name} must be a day such as 2026-11-21, or an ISO time such as 2026-11-21T12:00:00Z.`,
    );
  }
  return isDay && name === 'to' ? new Date(Math.min(date.getTime() + dayMs, latest.getTime())) : date;
}

function readLimit(value: unknown): number {
  if (value === undefined) return defaultLimit;
  const limit = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (limit >= 1 && limit <= maxLimit) return limit;
  throw invalid('limit', `The limit must be a whole number from 1 to ${maxLimit}.`);
}

function readId(value: unknown, name: string, form: RegExp, what: string): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' && form.test(value)) return value;
  throw invalid(name, `${name} must be ${what}.`);
}

function startOfDay(time: Date): number {
  return Math.floor((time.getTime() - 1) / dayMs) * dayMs;
}

function invalid(param: string, message: string): PictorError {
  return new PictorError({ code: 'invalid_value', message, param });
}
