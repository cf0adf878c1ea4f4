import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** The next number of a project for a kind of thing, from 1. Within a transaction it is taken back with it. */
export async function takeNumber(
  sql: Kysely<Tables>,
  projectId: string,
  noun: Tables['project_counters']['noun'],
): Promise<number> {
  const row = await sql
    .insertInto('project_counters')
    .values({ project_id: projectId, noun, value: 1 })
    .onConflict((conflict) =>
      conflict.columns(['project_id', 'noun']).doUpdateSet((by) => ({
        value: by('project_counters.value', '+', 1),
      })),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  return row.value;
}
