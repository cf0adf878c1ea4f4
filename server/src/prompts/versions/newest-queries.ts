import { sql as sqlOf } from 'kysely';
import type { PromptsSql } from '../tables.ts';

/** What lists tell of a prompt's newest version. */
export type NewestVersion = {
  readonly promptId: string;
  readonly type: 'completion' | 'chat';
  /** Null: it is a snippet, or the model is named when it is run. */
  readonly model: string | null;
  readonly createdAt: Date;
};

/** Of each prompt, in any order. */
export async function listNewest(sql: PromptsSql, promptIds: readonly string[]): Promise<NewestVersion[]> {
  if (promptIds.length === 0) return [];
  const rows = await sql
    .selectFrom('prompts')
    .innerJoin('prompt_versions', (join) =>
      join
        .onRef('prompt_versions.prompt_id', '=', 'prompts.id')
        .onRef('prompt_versions.version', '=', 'prompts.latest_version'),
    )
    .where('prompts.id', 'in', promptIds)
    .select([
      'prompts.id as promptId',
      sqlOf<string>`prompt_versions.template ->> 'type'`.as('type'),
      sqlOf<string | null>`prompt_versions.model ->> 'name'`.as('model'),
      'prompt_versions.created_at as createdAt',
    ])
    .execute();
  return rows.map((row) => ({ ...row, type: row.type === 'chat' ? 'chat' : 'completion' }));
}

/** Names of keys by their ids. Keys that are gone have none. */
export async function listKeyNames(
  sql: PromptsSql,
  keyIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(keyIds)].filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const rows = await sql.selectFrom('api_keys').where('id', 'in', ids).select(['id', 'name']).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
