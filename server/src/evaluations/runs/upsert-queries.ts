import { sql as raw } from 'kysely';
import type { Statement, Tables } from '../../database/index.ts';

/**
 * Writes rows of a table, over those of the same key; of these only the columns that are named change. The rows travel as
 * JSON, which takes much less time than a parameter for each value.
 */
export function upsert(
  table: keyof Tables,
  rows: readonly Readonly<Record<string, unknown>>[],
  { key, change }: { readonly key: readonly string[]; readonly change: readonly string[] },
): Statement {
  const columns = raw.join(Object.keys(rows[0] ?? {}).map((column) => raw.ref(column)));
  const name = raw.table(table);
  const keys = raw.join(key.map((column) => raw.ref(column)));
  const changes = raw.join(
    change.map((column) => raw`${raw.ref(column)} = ${raw.ref(`excluded.${column}`)}`),
  );
  return raw`
    insert into ${name} (${columns})
    select ${columns} from json_populate_recordset(null::${name}, ${raw.val(rows)}::json)
    on conflict (${keys}) do update set ${changes}`;
}
