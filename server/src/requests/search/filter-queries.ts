import { type RequestFilter, type RequestFilterGroup, requestFields } from '@pictor/api';
import { type RawBuilder, sql } from 'kysely';
import { fieldValues, notedTags, scoreOf } from './field-queries.ts';

type Sql = RawBuilder<boolean>;
type Values = readonly (string | number)[];

const dayMs = 24 * 60 * 60_000;

/** What requests must fulfil; values are parameters, and everything else is written here. */
export function filterSql(wanted: {
  readonly filter_group?: RequestFilterGroup | undefined;
  readonly q?: string | undefined;
}): Sql {
  const { filter_group: group, q } = wanted;
  const filter = group === undefined ? sql<boolean>`true` : groupSql(group);
  if (q === undefined || q.trim() === '') return filter;
  return sql<boolean>`(requests.words @@ websearch_to_tsquery('english', ${q}::text) and ${filter})`;
}

function groupSql({ logic, filters }: RequestFilterGroup): Sql {
  if (filters.length === 0) return sql<boolean>`true`;
  const parts = filters.map((each) => ('filters' in each ? groupSql(each) : conditionSql(each)));
  return sql<boolean>`(${sql.join(parts, logic === 'OR' ? sql` or ` : sql` and `)})`;
}

function conditionSql(filter: RequestFilter): Sql {
  const { field, operator, nested_key: key } = filter;
  const value = fieldValues[field];
  const values: Values = typeof filter.value === 'object' ? filter.value : [filter.value ?? ''];
  switch (operator) {
    case 'is_null':
      return sql`${field === 'score' ? scoreOf(key ?? 'default') : value} is null`;
    case 'is_not_null':
      return sql`${field === 'score' ? scoreOf(key ?? 'default') : value} is not null`;
    case 'is_true':
      return sql`(${value}) is true`;
    case 'is_false':
      return sql`(${value}) is not true`;
    default:
  }
  switch (requestFields[field]) {
    case 'string':
    case 'text':
      return textSql(value, operator, values.map(String));
    case 'number':
      return numberSql(value, operator, values.map(toNumber(field)));
    case 'score':
      return numberSql(scoreOf(key ?? 'default'), operator, values.map(toNumber(field)));
    case 'datetime':
      return timeSql(value, operator, values.map(String));
    case 'array':
      return listSql(field === 'tags' ? [value, notedTags] : [value], operator, values.map(String));
    case 'nested':
      return nestedSql(value, operator, key ?? '', String(values[0]));
    case 'boolean':
      throw unmatched(operator);
  }
}

function textSql(text: RawBuilder<unknown>, operator: string, values: readonly string[]): Sql {
  const first = sql`${values[0] ?? ''}::text`;
  const list = sql.join(values.map((value) => sql`${value}::text`));
  switch (operator) {
    case 'is':
      return sql`${text} = ${first}`;
    case 'is_not':
      return sql`${text} is distinct from ${first}`;
    case 'in':
      return sql`${text} in (${list})`;
    case 'not_in':
      return sql`coalesce(${text} not in (${list}), true)`;
    case 'contains':
      return sql`strpos(lower(${text}), lower(${first})) > 0`;
    case 'not_contains':
      return sql`coalesce(strpos(lower(${text}), lower(${first})), 0) = 0`;
    case 'starts_with':
      return sql`starts_with(lower(${text}), lower(${first}))`;
    case 'ends_with':
      return sql`right(lower(${text}), length(lower(${first}))) = lower(${first})`;
    default:
      throw unmatched(operator);
  }
}

const compared = { eq: sql`=`, gt: sql`>`, gte: sql`>=`, lt: sql`<`, lte: sql`<=` } as const;

/** Money is USD on the wire and whole nano-USD in rows, whose index takes whole numbers only. */
function toNumber(field: string): (value: string | number) => RawBuilder<unknown> {
  if (field !== 'cost' && field !== 'list_cost') return (value) => sql`${Number(value)}::float8`;
  return (value) => sql`${clampNano(Number(value) * 1e9)}::bigint`;
}

function clampNano(nanoUsd: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, Math.round(nanoUsd)));
}

function numberSql(
  number: RawBuilder<unknown>,
  operator: string,
  values: readonly RawBuilder<unknown>[],
): Sql {
  const [first, second] = values;
  if (operator === 'neq') return sql`${number} is distinct from ${first}`;
  if (operator === 'between') return sql`${number} between ${first} and ${second}`;
  if (!Object.hasOwn(compared, operator)) throw unmatched(operator);
  return sql`${number} ${compared[operator as keyof typeof compared]} ${first}`;
}

/** A day stands for its beginning in UTC, and for the whole of it as what a time `is` and where a period ends. */
function timeSql(time: RawBuilder<unknown>, operator: string, values: readonly string[]): Sql {
  const [first = '', second = ''] = values;
  const from = new Date(first);
  switch (operator) {
    case 'before':
      return sql`${time} < ${from}`;
    case 'after':
      return sql`${time} > ${from}`;
    case 'is':
      return isDay(first) ? sql`(${time} >= ${from} and ${time} < ${endOf(first)})` : sql`${time} = ${from}`;
    case 'between':
      return isDay(second)
        ? sql`(${time} >= ${from} and ${time} < ${endOf(second)})`
        : sql`${time} between ${from} and ${new Date(second)}`;
    default:
      throw unmatched(operator);
  }
}

/** A period of which either end may be open; a day at its end is part of it. */
export function periodSql(
  time: RawBuilder<unknown>,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): Sql[] {
  return [
    ...(from === undefined ? [] : [sql<boolean>`${time} >= ${new Date(from)}`]),
    ...(to === undefined ? [] : [sql<boolean>`${time} < ${isDay(to) ? endOf(to) : new Date(to)}`]),
  ];
}

function isDay(text: string): boolean {
  return text.length === 10;
}

function endOf(day: string): Date {
  return new Date(new Date(day).getTime() + dayMs);
}

/** The lists that the column is in count as one. */
function listSql(lists: readonly RawBuilder<unknown>[], operator: string, values: readonly string[]): Sql {
  const either = (conditions: readonly Sql[]): Sql => sql`(${sql.join(conditions, sql` or `)})`;
  const has = either(
    lists.flatMap((list) =>
      values.map((value) => sql<boolean>`${list} @> ${JSON.stringify([value])}::text::jsonb`),
    ),
  );
  const filled = either(lists.map((list) => sql<boolean>`coalesce(jsonb_array_length(${list}), 0) > 0`));
  switch (operator) {
    case 'contains':
    case 'in':
      return has;
    case 'not_contains':
    case 'not_in':
      return sql`${has} is not true`;
    case 'is_empty':
      return sql`not ${filled}`;
    case 'is_not_empty':
      return filled;
    default:
      throw unmatched(operator);
  }
}

function nestedSql(object: RawBuilder<unknown>, operator: string, key: string, value: string): Sql {
  const member = sql`(${object} ->> ${key}::text)`;
  switch (operator) {
    case 'key_equals':
      return sql`${member} = ${value}::text`;
    case 'key_not_equals':
      return sql`${member} is distinct from ${value}::text`;
    case 'key_contains':
      return sql`strpos(lower(${member}), lower(${value}::text)) > 0`;
    case 'key_exists':
      return sql`${member} is not null`;
    default:
      throw unmatched(operator);
  }
}

/** The schema lets only operators of a field's kind through. */
function unmatched(operator: string): Error {
  return new Error(`No field of this kind has the operator ${operator}.`);
}
