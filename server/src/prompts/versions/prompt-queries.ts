import { sql as sqlOf } from 'kysely';
import { cleanJson, cleanText, type Row, takeNumber } from '../../database/index.ts';

import { toFolderPath } from '../folders/folder-path.ts';
import type { PromptsSql } from '../tables.ts';
import type { Prompt } from './prompt.ts';

/** How a caller names a prompt: by id (`pmpt_…`), by number, or by name. */
export type PromptName = { readonly id: string } | { readonly number: number } | { readonly name: string };

export type PromptFilter = {
  /** Default: only those in use. */
  readonly status?: 'active' | 'archived' | 'all';
  readonly folder?: string;
  readonly tag?: string;
  /** Words of the name. */
  readonly search?: string;
  /** Of the newest version; a snippet is a completion without a model. */
  readonly type?: 'completion' | 'chat' | 'snippet';
  /** Only prompts that have this label. */
  readonly label?: string;
  readonly limit: number;
  readonly offset: number;
};

/** What may change of a prompt; what is absent stays. */
export type PromptChange = {
  readonly [Member in 'name' | 'folder' | 'tags' | 'archivedAt']?: Prompt[Member] | undefined;
};

export async function insertPrompt(sql: PromptsSql, prompt: Omit<Prompt, 'number'>): Promise<Prompt> {
  const row = await sql
    .insertInto('prompts')
    .values({
      id: prompt.id,
      number: await takeNumber(sql, prompt.projectId, 'prompt'),
      project_id: prompt.projectId,
      name: cleanText(prompt.name),
      folder: toFolderPath(prompt.folder),
      tags: JSON.stringify(cleanJson(prompt.tags)),
      latest_version: prompt.latestVersion,
      archived_at: prompt.archivedAt,
      created_at: prompt.createdAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toPrompt(row);
}

/** Null: the project has none of that name. Archived ones are found too. */
export async function findPrompt(
  sql: PromptsSql,
  projectId: string,
  name: PromptName,
): Promise<Prompt | null> {
  const inProject = sql.selectFrom('prompts').where('project_id', '=', projectId).selectAll();
  const found = await ('id' in name
    ? inProject.where('id', '=', name.id)
    : 'number' in name
      ? inProject.where('number', '=', name.number)
      : inProject.where('name', '=', cleanText(name.name))
  ).executeTakeFirst();
  return found === undefined ? null : toPrompt(found);
}

/** The prompts of a page by name, and how many there are in all. */
export async function listPrompts(
  sql: PromptsSql,
  projectId: string,
  filter: PromptFilter,
): Promise<{ readonly prompts: readonly Prompt[]; readonly total: number }> {
  let wanted = sql.selectFrom('prompts').where('project_id', '=', projectId);
  const { status = 'active', folder, tag, search, label, type } = filter;
  if (status !== 'all') wanted = wanted.where('archived_at', status === 'active' ? 'is' : 'is not', null);
  if (folder !== undefined) {
    const path = toFolderPath(folder);
    wanted = wanted.where((by) =>
      by.or([by('folder', '=', path), by('folder', 'like', `${escapePattern(path)}/%`)]),
    );
  }
  if (search !== undefined) wanted = wanted.where('name', 'ilike', `%${escapePattern(search)}%`);
  if (tag !== undefined)
    wanted = wanted.where((by) =>
      by('tags', '@>', sqlOf<string[]>`${JSON.stringify([cleanText(tag)])}::jsonb`),
    );
  if (label !== undefined) {
    wanted = wanted.where((by) =>
      by.exists(
        by
          .selectFrom('prompt_labels')
          .whereRef('prompt_labels.prompt_id', '=', 'prompts.id')
          .where('prompt_labels.name', '=', label)
          .select('prompt_labels.id'),
      ),
    );
  }
  if (type !== undefined) {
    wanted = wanted.where((by) =>
      by.exists(
        by
          .selectFrom('prompt_versions')
          .whereRef('prompt_versions.prompt_id', '=', 'prompts.id')
          .whereRef('prompt_versions.version', '=', 'prompts.latest_version')
          .where(sqlOf<string>`template ->> 'type'`, '=', type === 'chat' ? 'chat' : 'completion')
          .$if(type === 'snippet', (versions) => versions.where('prompt_versions.model', 'is', null))
          .select('prompt_versions.id'),
      ),
    );
  }
  const counted = await wanted.select((by) => by.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await wanted.selectAll().orderBy('name').limit(filter.limit).offset(filter.offset).execute();
  return { prompts: rows.map(toPrompt), total: Number(counted.total) };
}

/** Writes what may change of a prompt. Null: there is none of this id in the project. */
export async function updatePrompt(
  sql: PromptsSql,
  projectId: string,
  id: string,
  change: PromptChange,
): Promise<Prompt | null> {
  const row = await sql
    .updateTable('prompts')
    .set({
      ...(change.name === undefined ? {} : { name: cleanText(change.name) }),
      ...(change.folder === undefined ? {} : { folder: toFolderPath(change.folder) }),
      ...(change.tags === undefined ? {} : { tags: JSON.stringify(cleanJson(change.tags)) }),
      ...(change.archivedAt === undefined ? {} : { archived_at: change.archivedAt }),
      project_id: projectId,
    })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toPrompt(row);
}

/** Is there a prompt of this id in any project? */
export async function isIdTaken(sql: PromptsSql, id: string): Promise<boolean> {
  return (await sql.selectFrom('prompts').where('id', '=', id).select('id').executeTakeFirst()) !== undefined;
}

/** Holds the row until the transaction ends, so that two who move a label see each other. */
export async function holdPrompt(sql: PromptsSql, promptId: string): Promise<void> {
  await sql.selectFrom('prompts').where('id', '=', promptId).select('id').forUpdate().execute();
}

/** Counts on, and holds the row until the transaction ends, so that two versions never get one number. */
export async function takeNextVersion(sql: PromptsSql, promptId: string): Promise<number> {
  const row = await sql
    .updateTable('prompts')
    .set((by) => ({ latest_version: by('latest_version', '+', 1) }))
    .where('id', '=', promptId)
    .returning('latest_version')
    .executeTakeFirstOrThrow();
  return row.latest_version;
}

/** A caller's text in a pattern, as itself. */
function escapePattern(text: string): string {
  return cleanText(text).replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}

function toPrompt(row: Row<'prompts'>): Prompt {
  return {
    id: row.id,
    number: row.number,
    projectId: row.project_id,
    name: row.name,
    folder: row.folder,
    tags: row.tags,
    latestVersion: row.latest_version,
    archivedAt: row.archived_at,
    createdAt: row.created_at,
  };
}
