import { sql as sqlOf } from 'kysely';
import type { PromptsSql } from '../tables.ts';
import { withParents } from './folder-queries.ts';

type Counted = { readonly name: string; readonly prompts: number };

/** Where the prompts of a project are, and how they are marked; archived ones are not counted. */
export type RegistrySummary = {
  readonly prompts: number;
  /** Paths, with those above them; each counts what is in it and below it. */
  readonly folders: readonly Counted[];
  readonly tags: readonly Counted[];
  readonly labels: readonly Counted[];
};

export async function summariseRegistry(sql: PromptsSql, projectId: string): Promise<RegistrySummary> {
  const active = sql
    .selectFrom('prompts')
    .where('prompts.project_id', '=', projectId)
    .where('prompts.archived_at', 'is', null);
  const folders = await active
    .groupBy('folder')
    .select((by) => ['folder', by.fn.countAll<number>().as('count')])
    .execute();
  const { rows: tags } = await sqlOf<Counted>`
    select tag.word as name, count(*) as prompts
    from prompts, jsonb_array_elements_text(prompts.tags) as tag (word)
    where prompts.project_id = ${projectId} and prompts.archived_at is null
    group by 1 order by 1`.execute(sql);
  const labels = await active
    .innerJoin('prompt_labels', 'prompt_labels.prompt_id', 'prompts.id')
    .groupBy('prompt_labels.name')
    .select((by) => ['prompt_labels.name as name', by.fn.countAll<number>().as('prompts')])
    .orderBy('prompt_labels.name')
    .execute();
  const made = await sql
    .selectFrom('prompt_folders')
    .where('project_id', '=', projectId)
    .select('path')
    .execute();
  return {
    prompts: folders.reduce((sum, { count }) => sum + Number(count), 0),
    folders: countFolders(
      folders.map(({ folder, count }) => ({ name: folder, prompts: Number(count) })),
      made,
    ),
    tags: tags.map(toCounted),
    labels: labels.map(toCounted),
  };
}

function toCounted({ name, prompts }: Counted): Counted {
  return { name, prompts: Number(prompts) };
}

/** A folder above others counts what is in them; one that was made and is empty is there too. */
function countFolders(used: readonly Counted[], made: readonly { readonly path: string }[]): Counted[] {
  const counts = new Map<string, number>();
  const add = (path: string, count: number): void => {
    for (const each of withParents(path)) counts.set(each, (counts.get(each) ?? 0) + count);
  };
  for (const { name, prompts } of used) add(name, prompts);
  for (const { path } of made) add(path, 0);
  return [...counts]
    .map(([name, prompts]) => ({ name, prompts }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
