import { promptModel, promptTemplate } from '@pictor/api';
import { cleanJson, cleanText, type Row, takeNumber } from '../../database/index.ts';

import { isVersionNumber, type SnippetReference } from '../snippets/parse-references.ts';
import type { PromptsSql } from '../tables.ts';
import type { PromptVersion } from './prompt.ts';

export async function insertVersion(
  sql: PromptsSql,
  projectId: string,
  version: Omit<PromptVersion, 'number'>,
): Promise<PromptVersion> {
  const row = await sql
    .insertInto('prompt_versions')
    .values({
      id: version.id,
      number: await takeNumber(sql, projectId, 'version'),
      prompt_id: version.promptId,
      version: version.version,
      template: toJson(version.template),
      model: version.model === null ? null : toJson(version.model),
      metadata: toJson(version.metadata),
      commit_message: cleanText(version.commitMessage),
      api_key_id: version.keyId,
      created_at: version.createdAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toVersion(row);
}

/** Null: the prompt has no such version. */
export async function findVersion(
  sql: PromptsSql,
  promptId: string,
  version: number,
): Promise<PromptVersion | null> {
  const row = await sql
    .selectFrom('prompt_versions')
    .where('prompt_id', '=', promptId)
    .where('version', '=', version)
    .selectAll()
    .executeTakeFirst();
  return row === undefined ? null : toVersion(row);
}

/** Newest first. */
export async function listVersions(sql: PromptsSql, promptId: string): Promise<PromptVersion[]> {
  const rows = await sql
    .selectFrom('prompt_versions')
    .where('prompt_id', '=', promptId)
    .orderBy('version', 'desc')
    .selectAll()
    .execute();
  return rows.map(toVersion);
}

/** Notes which snippets a version names. */
export async function insertSnippetUses(
  sql: PromptsSql,
  use: { readonly versionId: string; readonly projectId: string },
  references: readonly SnippetReference[],
): Promise<void> {
  if (references.length === 0) return;
  await sql
    .insertInto('prompt_snippets')
    .values(
      references.map(({ name, version, label }) => ({
        version_id: use.versionId,
        project_id: use.projectId,
        name: cleanText(name),
        version: version !== undefined && isVersionNumber(version) ? version : null,
        label: label === undefined ? null : cleanText(label),
      })),
    )
    .execute();
}

/** A prompt version that names a snippet. */
export type SnippetUse = {
  readonly promptNumber: number;
  readonly promptName: string;
  readonly promptVersion: number;
  readonly isLatest: boolean;
  readonly version: number | null;
  readonly label: string | null;
};

/** Who names a snippet, newest versions first. */
export async function listSnippetUses(
  sql: PromptsSql,
  projectId: string,
  name: string,
): Promise<SnippetUse[]> {
  const rows = await sql
    .selectFrom('prompt_snippets')
    .innerJoin('prompt_versions', 'prompt_versions.id', 'prompt_snippets.version_id')
    .innerJoin('prompts', 'prompts.id', 'prompt_versions.prompt_id')
    .where('prompt_snippets.project_id', '=', projectId)
    .where('prompt_snippets.name', '=', cleanText(name))
    .orderBy('prompts.name')
    .orderBy('prompt_versions.version', 'desc')
    .select([
      'prompts.number as promptNumber',
      'prompts.name as promptName',
      'prompts.latest_version as latestVersion',
      'prompt_versions.version as promptVersion',
      'prompt_snippets.version as version',
      'prompt_snippets.label as label',
    ])
    .execute();
  return rows.map(({ latestVersion, ...use }) => ({ ...use, isLatest: use.promptVersion === latestVersion }));
}

function toVersion(row: Row<'prompt_versions'>): PromptVersion {
  return {
    id: row.id,
    number: row.number,
    promptId: row.prompt_id,
    version: row.version,
    template: promptTemplate.parse(row.template),
    model: row.model === null ? null : promptModel.parse(row.model),
    metadata: row.metadata,
    commitMessage: row.commit_message,
    createdAt: row.created_at,
    keyId: row.api_key_id,
  };
}

/** PostgreSQL's text holds no NUL and no half of a surrogate pair. */
function toJson(value: object): string {
  return JSON.stringify(cleanJson(value));
}
