import { type Expression, type RawBuilder, sql as raw, type SqlBool } from 'kysely';
import { cleanText, type Tables } from '../../database/index.ts';
import { PictorError } from '../../foundation/index.ts';
import type { LogEntry } from '../log-entry.ts';
import { type Sql, withScores } from '../rows/log-queries.ts';
import { type FieldKind, type Filter, type FilterGroup, fields, isField, type LogQuery } from './filter.ts';

/** A page of logs, and how many there are in all. */
export type FoundLogs = { readonly logs: readonly LogEntry[]; readonly total: number };

type Condition = RawBuilder<SqlBool>;

/** Logs that fit, page by page. Throws `invalid_value` for fields and operators that do not exist. */
export async function searchLogs(sql: Sql, projectId: string, query: LogQuery): Promise<FoundLogs> {
  const wanted = selectWanted(sql, projectId, query);
  const counted = await wanted.select((by) => by.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await wanted
    .selectAll()
    .orderBy(raw.ref(sortColumn(query.sortBy)), (by) =>
      query.sortOrder === 'asc' ? by.asc().nullsLast() : by.desc().nullsLast(),
    )
    .orderBy('number', 'desc')
    .limit(query.perPage)
    .offset((query.page - 1) * query.perPage)
    .execute();
  return { logs: await withScores(sql, rows), total: Number(counted.total) };
}

/** What analyses count. */
export type CountedLog = Pick<
  Tables['request_log_entries'],
  | 'started_at'
  | 'model'
  | 'provider'
  | 'prompt_name'
  | 'status'
  | 'error_type'
  | 'input_tokens'
  | 'output_tokens'
  | 'cost_nano_usd'
  | 'latency_ms'
  | 'tags'
  | 'metadata'
>;

/** The newest logs that fit, no more than `limit`. */
export async function listCounted(
  sql: Sql,
  projectId: string,
  query: LogQuery,
  limit: number,
): Promise<readonly CountedLog[]> {
  return await selectWanted(sql, projectId, query)
    .select(['started_at', 'model', 'provider', 'prompt_name', 'status', 'error_type', 'input_tokens'])
    .select(['output_tokens', 'cost_nano_usd', 'latency_ms', 'tags', 'metadata'])
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute();
}

/** Values that a field has, and that begin so. */
export async function suggestValues(
  sql: Sql,
  projectId: string,
  field: string,
  prefix: string,
): Promise<readonly string[]> {
  const { column, kind } = fieldOf(field);
  const value = toValues(column, kind);
  const rows = await sql
    .selectFrom('request_log_entries')
    .where('project_id', '=', projectId)
    .select(value.as('value'))
    .distinct()
    .execute();
  const values = rows.flatMap((row) => (row.value === null ? [] : [row.value]));
  return values
    .filter((each) => each.toLowerCase().startsWith(prefix.toLowerCase()))
    .toSorted()
    .slice(0, 50);
}

function toValues(column: string, kind: FieldKind): RawBuilder<string | null> {
  if (kind === 'list') return raw<string | null>`jsonb_array_elements_text(${raw.ref(column)})`;
  if (kind === 'members') return raw<string | null>`jsonb_object_keys(${raw.ref(column)}::jsonb)`;
  return raw<string | null>`${raw.ref(column)}::text`;
}

function selectWanted(sql: Sql, projectId: string, query: LogQuery) {
  let wanted = sql.selectFrom('request_log_entries').where('project_id', '=', projectId);
  if (query.filter !== null) wanted = wanted.where(toCondition(query.filter, 0));
  if (query.words !== null && query.words !== '') {
    const pattern = `%${escapePattern(query.words)}%`;
    wanted = wanted.where(
      raw<SqlBool>`(input_text ilike ${pattern} or output_text ilike ${pattern} or prompt_name ilike ${pattern})`,
    );
  }
  return wanted;
}

function sortColumn(name: string): string {
  const { column, kind } = fieldOf(name);
  if (kind !== 'list' && kind !== 'members') return column;
  throw wrong('sort_by', `Logs cannot be sorted by '${name}'.`);
}

const maxDepth = 8;

function toCondition(filter: Filter | FilterGroup, depth: number): Condition {
  if (!('logic' in filter)) return toLeaf(filter);
  if (depth > maxDepth) throw wrong('filter_group', 'The filters are nested too deeply.');
  if (filter.filters.length === 0) return raw<SqlBool>`true`;
  const parts = filter.filters.map((each) => raw`(${toCondition(each, depth + 1)})`);
  return raw<SqlBool>`${raw.join(parts, filter.logic === 'AND' ? raw` and ` : raw` or `)}`;
}

function toLeaf({ field, operator, value, nestedKey }: Filter): Condition {
  const { column, kind } = fieldOf(field);
  const ref = raw.ref(column);
  if (operator === 'is_null') return raw<SqlBool>`${ref} is null`;
  if (operator === 'is_not_null') return raw<SqlBool>`${ref} is not null`;
  const found = toKindLeaf(kind, ref, { field, operator, value, nestedKey });
  if (found !== null) return found;
  throw wrong('filter_group', `'${operator.slice(0, 40)}' is no operator for '${field}'.`);
}

function toKindLeaf(kind: FieldKind, ref: Expression<unknown>, filter: Filter): Condition | null {
  switch (kind) {
    case 'text':
      return toTextLeaf(ref, filter);
    case 'number':
      return toOrderLeaf(ref, filter, (value) => toNumber(filter.field, value));
    case 'time':
      return toOrderLeaf(ref, filter, (value) => toTime(filter.field, value));
    case 'list':
      return toListLeaf(ref, filter);
    case 'members':
      return toMembersLeaf(ref, filter);
  }
}

function toTextLeaf(ref: Expression<unknown>, { operator, value }: Filter): Condition | null {
  const text = toText(value);
  switch (operator) {
    case 'is':
    case 'eq':
      return raw<SqlBool>`${ref} = ${text}`;
    case 'is_not':
    case 'neq':
      return raw<SqlBool>`${ref} is distinct from ${text}`;
    case 'in':
      return raw<SqlBool>`${ref} in (${raw.join(toTexts(value))})`;
    case 'not_in':
      return raw<SqlBool>`coalesce(${ref}, '') not in (${raw.join(toTexts(value))})`;
    case 'contains':
      return raw<SqlBool>`${ref} ilike ${`%${escapePattern(text)}%`}`;
    case 'not_contains':
      return raw<SqlBool>`coalesce(${ref}, '') not ilike ${`%${escapePattern(text)}%`}`;
    case 'starts_with':
      return raw<SqlBool>`${ref} ilike ${`${escapePattern(text)}%`}`;
    case 'ends_with':
      return raw<SqlBool>`${ref} ilike ${`%${escapePattern(text)}`}`;
    default:
      return null;
  }
}

function toOrderLeaf(
  ref: Expression<unknown>,
  { operator, value }: Filter,
  read: (value: unknown) => number | Date,
): Condition | null {
  switch (operator) {
    case 'eq':
    case 'is':
      return raw<SqlBool>`${ref} = ${read(value)}`;
    case 'neq':
    case 'is_not':
      return raw<SqlBool>`${ref} is distinct from ${read(value)}`;
    case 'gt':
    case 'after':
      return raw<SqlBool>`${ref} > ${read(value)}`;
    case 'gte':
      return raw<SqlBool>`${ref} >= ${read(value)}`;
    case 'lt':
    case 'before':
      return raw<SqlBool>`${ref} < ${read(value)}`;
    case 'lte':
      return raw<SqlBool>`${ref} <= ${read(value)}`;
    case 'in':
      return raw<SqlBool>`${ref} in (${raw.join((Array.isArray(value) ? value : [value]).map(read))})`;
    case 'between': {
      const [from, to] = Array.isArray(value) ? value : [];
      return raw<SqlBool>`${ref} between ${read(from)} and ${read(to)}`;
    }
    default:
      return null;
  }
}

function toListLeaf(ref: Expression<unknown>, { operator, value }: Filter): Condition | null {
  const has = (text: string) => raw`${ref} @> ${JSON.stringify([text])}::jsonb`;
  switch (operator) {
    case 'contains':
    case 'is':
      return raw<SqlBool>`${has(toText(value))}`;
    case 'not_contains':
      return raw<SqlBool>`not (${has(toText(value))})`;
    case 'in':
      return raw<SqlBool>`${raw.join(toTexts(value).map(has), raw` or `)}`;
    case 'is_empty':
      return raw<SqlBool>`${ref} = '[]'::jsonb`;
    case 'is_not_empty':
      return raw<SqlBool>`${ref} <> '[]'::jsonb`;
    default:
      return null;
  }
}

function toMembersLeaf(ref: Expression<unknown>, { operator, value, nestedKey }: Filter): Condition | null {
  const members = raw`${ref}::jsonb`;
  const member = raw`(${members} ->> ${toText(nestedKey ?? '')}::text)`;
  const hasKey = (text: string) => raw`jsonb_exists(${members}, ${text}::text)`;
  switch (operator) {
    case 'key_equals':
      return raw<SqlBool>`${member} = ${toText(value)}`;
    case 'key_not_equals':
      return raw<SqlBool>`${member} is distinct from ${toText(value)}`;
    case 'key_contains':
      return raw<SqlBool>`${member} ilike ${`%${escapePattern(toText(value))}%`}`;
    case 'contains':
    case 'is':
      return raw<SqlBool>`${hasKey(toText(value))}`;
    case 'not_contains':
      return raw<SqlBool>`not coalesce(${hasKey(toText(value))}, false)`;
    case 'in':
      return raw<SqlBool>`${raw.join(toTexts(value).map(hasKey), raw` or `)}`;
    case 'is_empty':
      return raw<SqlBool>`coalesce(${members}, '{}'::jsonb) = '{}'::jsonb`;
    case 'is_not_empty':
      return raw<SqlBool>`coalesce(${members}, '{}'::jsonb) <> '{}'::jsonb`;
    default:
      return null;
  }
}

function fieldOf(name: string): { readonly column: string; readonly kind: FieldKind } {
  if (isField(name)) return fields[name];
  throw wrong(
    'field',
    `There is no field '${name.slice(0, 40)}'. There are: ${Object.keys(fields).join(', ')}.`,
  );
}

/** Money is asked for in USD, and kept in nano-USD. */
function toNumber(field: string, value: unknown): number {
  const number = typeof value === 'number' ? value : Number(toText(value));
  if (!Number.isFinite(number) || value === '') throw wrong(field, `'${field}' is compared with a number.`);
  const most = field === 'cost' ? Number.MAX_SAFE_INTEGER : 2_147_483_647;
  const wanted = field === 'cost' ? Math.round(number * 1e9) : Math.trunc(number);
  return Math.min(most, Math.max(-most, wanted));
}

function toTime(field: string, value: unknown): Date {
  const time = new Date(typeof value === 'number' ? value : toText(value));
  if (!Number.isNaN(time.getTime())) return time;
  throw wrong(field, `'${field}' is compared with a time: 2026-11-21T00:00:00Z.`);
}

function toTexts(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0 || list.length > 500) throw wrong('value', 'A list of 1 to 500 values is needed.');
  return list.map(toText);
}

function toText(value: unknown): string {
  if (typeof value === 'string') return cleanText(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function escapePattern(text: string): string {
  return cleanText(text).replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}

function wrong(param: string, message: string): PictorError {
  return new PictorError({ code: 'invalid_value', message, param });
}
