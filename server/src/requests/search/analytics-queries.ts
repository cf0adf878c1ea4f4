import type { AnalyticsGroup, RequestFilterGroup } from '@pictor/api';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { fieldValues } from './field-queries.ts';
import { filterSql } from './filter-queries.ts';

type Reader = Pick<Database, 'sql'>;

export type AnalyticsQuery = {
  readonly projectId: string;
  readonly filter_group?: RequestFilterGroup | undefined;
  readonly q?: string | undefined;
  readonly from: Date;
  /** Not part of the period. */
  readonly to: Date;
};

/** What requests come to together. Those of unknown cost are counted, and are in no sum. */
export type AnalyticsSums = {
  readonly requests: number;
  readonly succeeded: number;
  readonly errors: number;
  readonly images: number;
  readonly cost_nano_usd: number;
  readonly unknown_count: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly average: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
};

export type AnalyticsRow = AnalyticsSums & { readonly group: string | null };

/** More groups than this are no overview; days are always all there. */
const mostGroups = 500;

/** The sums of all requests of the period, each once. */
export async function analyseAll(reader: Reader, query: AnalyticsQuery): Promise<AnalyticsSums> {
  const { rows } = await sql<AnalyticsSums>`
    select ${sums} from requests where ${within(query)}`.execute(reader.sql);
  const [row] = rows;
  if (row === undefined) throw new Error('A sum without a group has one row.');
  return row;
}

/** Sums by group: days in their order, else the largest first. A request with two tags is in two groups. */
export async function analyseBy(
  reader: Reader,
  query: AnalyticsQuery,
  groupBy: AnalyticsGroup,
  metadataKey: string,
): Promise<readonly AnalyticsRow[]> {
  const group = groupBy === 'metadata' ? sql`(note.metadata ->> ${metadataKey}::text)` : groups[groupBy];
  const joined = ofNotes.includes(groupBy) ? withNote : sql``;
  const tags = groupBy === 'tag' ? everyTag : sql``;
  // Whoever asks for errors wants no line for what went well.
  const failed = groupBy === 'error' ? sql`and requests.status not in ('succeeded', 'running')` : sql``;
  const order = groupBy === 'day' ? sql`1` : sql`2 desc, 1 limit ${sql.lit(mostGroups)}`;
  const { rows } = await sql<AnalyticsRow>`
    select ${group} as "group", ${sums}
    from requests ${joined} ${tags} where ${within(query)} ${failed}
    group by 1 order by ${order}`.execute(reader.sql);
  return rows;
}

// Joined once, instead of looked up for each row.
const ofNotes: readonly AnalyticsGroup[] = ['prompt', 'prompt_version', 'tag', 'metadata'];
const withNote = sql`left join request_logs note on note.request_id = requests.id`;

const everyTag = sql`left join lateral (
  select jsonb_array_elements_text(requests.tags) union select jsonb_array_elements_text(note.tags)
) as tag (word) on true`;

const groups: Readonly<Record<Exclude<AnalyticsGroup, 'metadata'>, RawBuilder<unknown>>> = {
  day: sql`to_char(requests.created_at at time zone 'UTC', 'YYYY-MM-DD')`,
  model: fieldValues.model_id,
  provider: fieldValues.provider,
  engine: fieldValues.engine,
  prompt: sql`coalesce(note.prompt_name, requests.prompt_name)`,
  prompt_version: sql`coalesce(note.prompt_version, requests.prompt_version)::text`,
  tag: sql`tag.word`,
  status: fieldValues.status,
  error: fieldValues.error_code,
  size: fieldValues.size,
  quality: fieldValues.quality,
};

const percentiles = sql`percentile_cont(array[0.5, 0.9, 0.95]) within group (order by requests.duration_ms)`;

// The sums of 64-bit integers are wider than that, and come back as texts unless they are narrowed.
const sums = sql`
  count(*)::bigint as requests,
  count(*) filter (where requests.status = 'succeeded')::bigint as succeeded,
  count(*) filter (where requests.status in ('failed', 'interrupted'))::bigint as errors,
  coalesce(sum(requests.image_count), 0)::bigint as images,
  coalesce(sum(requests.cost_nano_usd), 0)::bigint as cost_nano_usd,
  count(*) filter (where requests.cost_nano_usd is null and requests.status <> 'running')::bigint as unknown_count,
  coalesce(sum(requests.input_tokens), 0)::bigint as input_tokens,
  coalesce(sum(requests.output_tokens), 0)::bigint as output_tokens,
  avg(requests.duration_ms)::float8 as average,
  (${percentiles})[1]::float8 as p50,
  (${percentiles})[2]::float8 as p90,
  (${percentiles})[3]::float8 as p95`;

function within({ projectId, from, to, ...wanted }: AnalyticsQuery): RawBuilder<boolean> {
  return sql`requests.project_id = ${projectId}
    and requests.created_at >= ${from} and requests.created_at < ${to} and ${filterSql(wanted)}`;
}
