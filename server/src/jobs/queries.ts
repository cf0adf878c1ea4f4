import { type Database, runSql } from '../database/index.ts';

/** The library keeps its tables in a schema of their own. */
export const jobSchema = 'pictor_jobs';

/** Jobs of a queue that some process has begun and not ended. */
export async function listActiveJobs(database: Pick<Database, 'sql'>, queue: string): Promise<string[]> {
  const { rows } = await runSql(
    database.sql,
    `select id::text as id from ${jobSchema}.job where name = $1 and state = 'active'`,
    [queue],
  );
  return rows.map((row) => String(row.id));
}
