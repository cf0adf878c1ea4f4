import type { SpendGroup } from '@pictor/api';
import { type RawBuilder, sql } from 'kysely';
import type { Period } from './read-query.ts';
import type { LedgerDatabase } from './tables.ts';

/** What entries come to together. Those of unknown cost are counted, and are in no sum. */
export type SpendSums = {
  readonly entries: number;
  readonly unknown_count: number;
  readonly cost_nano_usd: number;
  readonly list_cost_nano_usd: number;
  readonly images: number;
  readonly text_in: number;
  readonly image_in: number;
  readonly text_out: number;
  readonly image_out: number;
};

export type SpendRow = SpendSums & { readonly group: string | null };

export type DaySpendRow = SpendRow & { readonly day: string };

export type SpendQuery = Period & {
  /** Null: every project. */
  readonly projectId: string | null;
};

/** Sums by group, in the order of the groups. An entry with two tags is in two groups. */
export async function sumByGroup(
  database: LedgerDatabase,
  query: SpendQuery,
  groupBy: SpendGroup,
): Promise<readonly SpendRow[]> {
  const { rows } = await sql<SpendRow>`
    select ${groups[groupBy]} as "group", ${sums}
    from ledger_entries ${tagsFor(groupBy)} where ${within(query)}
    group by 1 order by 1`.execute(database.sql);
  return rows;
}

/** The same sums apart for each day, in the order of days and groups. */
export async function sumByDayAndGroup(
  database: LedgerDatabase,
  query: SpendQuery,
  groupBy: SpendGroup,
): Promise<readonly DaySpendRow[]> {
  const { rows } = await sql<DaySpendRow>`
    select ${groups.day} as "day", ${groups[groupBy]} as "group", ${sums}
    from ledger_entries ${tagsFor(groupBy)} where ${within(query)}
    group by 1, 2 order by 1, 2`.execute(database.sql);
  return rows;
}

/** The sums of all entries, each once. */
export async function sumAll(database: LedgerDatabase, query: SpendQuery): Promise<SpendSums> {
  const { rows } = await sql<SpendSums>`
    select ${sums} from ledger_entries where ${within(query)}`.execute(database.sql);
  const [row] = rows;
  if (row === undefined) throw new Error('A sum without a group has one row.');
  return row;
}

const groups: Readonly<Record<SpendGroup, RawBuilder<unknown>>> = {
  day: sql`to_char(created_at at time zone 'UTC', 'YYYY-MM-DD')`,
  project: sql`project_id`,
  key: sql`api_key_id`,
  model: sql`model_id`,
  provider: sql`provider`,
  prompt: sql`prompt_name`,
  tag: sql`tag.word`,
};

function tagsFor(groupBy: SpendGroup): RawBuilder<unknown> {
  return groupBy === 'tag'
    ? sql`left join lateral jsonb_array_elements_text(tags) as tag (word) on true`
    : sql``;
}

/** A correction is no call of its own: it changes what another one cost. */
const sums = sql`
  count(*) filter (where corrects is null) as entries,
  count(*) filter (where cost_nano_usd is null and not corrected) as unknown_count,
  coalesce(sum(cost_nano_usd), 0) as cost_nano_usd,
  coalesce(sum(list_cost_nano_usd), 0) as list_cost_nano_usd,
  coalesce(sum(jsonb_array_length(images)), 0) as images,
  coalesce(sum(text_in), 0) as text_in,
  coalesce(sum(image_in), 0) as image_in,
  coalesce(sum(text_out), 0) as text_out,
  coalesce(sum(image_out), 0) as image_out`;

function within({ projectId, from, to }: SpendQuery): RawBuilder<unknown> {
  const period = sql`created_at >= ${from} and created_at < ${to}`;
  return projectId === null ? period : sql`project_id = ${projectId} and ${period}`;
}
