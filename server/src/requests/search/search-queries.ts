import type { RequestQuery, RequestSort } from '@pictor/api';
import { type RawBuilder, sql } from 'kysely';
import type { Database, Row } from '../../database/index.ts';
import { otherCalls, requestColumns } from '../tables.ts';
import type { Place } from './cursor.ts';
import { filterSql } from './filter-queries.ts';
import { asItIs, planWords, type WordPlan } from './word-queries.ts';

type Reader = Pick<Database, 'sql'>;

export type SearchPlan = {
  readonly projectId: string;
  readonly query: RequestQuery;
  readonly sort: RequestSort;
  readonly order: 'asc' | 'desc';
  /** Null: the first page. */
  readonly place: Place | null;
  /** When the first page was made. */
  readonly until: Date;
};

export type FoundRow = Awaited<ReturnType<typeof selectPart>>[number];

const longestRunMs = 24 * 60 * 60_000;

/** Some rows behind the place, at most `limit`. */
export async function selectPage(
  reader: Reader,
  plan: SearchPlan,
  limit: number,
): Promise<readonly FoundRow[]> {
  const words = await planWords(reader, plan.projectId, plan.query);
  const beyondValues = plan.place !== null && plan.place.value === null;
  const rows = beyondValues ? [] : await selectBoth(reader, plan, words, 'with-value', limit);
  if (plan.sort === 'created_at' || rows.length === limit) return rows;
  return [...rows, ...(await selectBoth(reader, plan, words, 'without-value', limit - rows.length))];
}

type Part = 'with-value' | 'without-value';

/**
 * Image requests and other calls in one order. Each is asked for by itself, so that the indices of requests, which are
 * many, give their order whatever there is of the others.
 */
async function selectBoth(
  reader: Reader,
  plan: SearchPlan,
  words: WordPlan,
  part: Part,
  limit: number,
): Promise<readonly FoundRow[]> {
  const parts: FoundRow[] = [...(await selectPart(reader, plan, words, part, limit, sql`requests`))];
  const asAsked = asItIs(filterSql(plan.query));
  for (const source of otherCalls) {
    parts.push(...(await selectPart(reader, plan, asAsked, part, limit, sql.table(source))));
  }
  const sign = plan.order === 'asc' ? 1 : -1;
  return parts.toSorted((left, right) => sign * compareRows(plan.sort, left, right)).slice(0, limit);
}

function compareRows(sort: RequestSort, left: FoundRow, right: FoundRow): number {
  const byValue =
    sort === 'created_at'
      ? compare(left.place ?? '', right.place ?? '')
      : compare(BigInt(left.place ?? 0), BigInt(right.place ?? 0));
  return byValue === 0 ? compare(left.id, right.id) : byValue;
}

function compare<T extends string | bigint>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Rows that have no value to sort by come last, by their ids. Where the value is one that comes with the end of a
 * request, a row that ended since the first page stays among them: else it could jump behind the place unseen.
 */
async function selectPart(
  reader: Reader,
  plan: SearchPlan,
  words: WordPlan,
  part: Part,
  limit: number,
  source: RawBuilder<unknown>,
) {
  const { order } = plan;
  const value = values[plan.sort];
  const byValue = part === 'with-value';
  let rows = reader.sql
    .selectFrom(sql<Row<'requests'>>`${source}`.as('requests'))
    .select(requestColumns)
    .select(byValue ? value.written.as('place') : sql<string | null>`null`.as('place'))
    .where('requests.project_id', '=', plan.projectId)
    .where(words.where)
    .where(behind(plan, byValue));
  if (plan.sort !== 'created_at') rows = rows.where(stillAt(plan, byValue));
  // The column itself, even where it is null: an index has the rows in this order.
  if (byValue) rows = rows.orderBy(words.inOrder(value.column, value.kind), order);
  return await rows.orderBy('requests.id', order).limit(limit).execute();
}

type SortValue = {
  readonly kind: 'time' | 'number';
  readonly column: RawBuilder<unknown>;
  /** As a cursor keeps it, without loss. */
  readonly written: RawBuilder<string | null>;
  readonly read: (text: string) => RawBuilder<unknown>;
};

const whole = (column: string): SortValue => ({
  kind: 'number',
  column: sql.ref(column),
  written: sql<string>`${sql.ref(column)}::text`,
  read: (text) => sql`${text}::text::bigint`,
});

const values: Readonly<Record<RequestSort, SortValue>> = {
  created_at: {
    kind: 'time',
    column: sql.ref('requests.created_at'),
    written: sql<string>`to_char(requests.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    read: (text) => sql`${text}::text::timestamptz`,
  },
  cost: whole('requests.cost_nano_usd'),
  latency_ms: whole('requests.duration_ms'),
};

function behind({ place, order, sort }: SearchPlan, byValue: boolean): RawBuilder<boolean> {
  if (place === null) return sql`true`;
  const sign = order === 'asc' ? sql`>` : sql`<`;
  if (byValue && place.value !== null) {
    const { column, read } = values[sort];
    return sql`(${column}, requests.id) ${sign} (${read(place.value)}, ${place.id}::text)`;
  }
  return place.value === null ? sql`requests.id ${sign} ${place.id}` : sql`true`;
}

function stillAt({ sort, until }: SearchPlan, byValue: boolean): RawBuilder<boolean> {
  const { column } = values[sort];
  const endedSince = sql`(requests.finished_at > ${until}
    and requests.created_at > ${new Date(until.getTime() - longestRunMs)})`;
  return byValue
    ? sql`(${column} is not null and requests.created_at <= ${until} and ${endedSince} is not true)`
    : sql`(requests.created_at <= ${until} and (${column} is null or ${endedSince}))`;
}
