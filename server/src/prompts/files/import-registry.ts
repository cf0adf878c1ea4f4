import { isAlreadyThere } from '../../database/index.ts';
import { newId, PictorError } from '../../foundation/index.ts';
import { listLabels } from '../labels/label-queries.ts';
import { moveLabel, type NewLabel } from '../labels/move-label.ts';
import { listTexts } from '../render/map-texts.ts';
import { parseReferences } from '../snippets/parse-references.ts';
import type { PromptsSql } from '../tables.ts';
import type { Prompt } from '../versions/prompt.ts';
import {
  findPrompt,
  insertPrompt,
  isIdTaken,
  takeNextVersion,
  updatePrompt,
} from '../versions/prompt-queries.ts';
import { checkName, type GatedOwner } from '../versions/save-version.ts';
import { insertSnippetUses, insertVersion, listVersions } from '../versions/version-queries.ts';
import type { PromptFile, RegistryFile } from './prompt-file.ts';
import { readPromptFile } from './read-prompt-file.ts';
import { writePromptFile } from './write-prompt-file.ts';

/** What an import did with one file. */
export type Imported = {
  readonly path: string;
  readonly prompt: string;
  readonly change: 'created' | 'updated' | 'unchanged';
  /** Numbers of the versions that are new. */
  readonly versions: readonly number[];
};

/**
 * Brings prompts in from files: new prompts, new versions of known ones, and labels where the files have them. What
 * is the same already stays as it is. Versions never change: a file that has other words under a number that is taken
 * is refused. It is one transaction: a fault in one file leaves everything as it was, and so does a dry run.
 */
export async function importFiles(
  sql: PromptsSql,
  owner: GatedOwner,
  files: readonly RegistryFile[],
  dryRun: boolean,
): Promise<readonly Imported[]> {
  const read = files.map((file) => ({ path: file.path, file: readPromptFile(file) }));
  const transaction = await sql.startTransaction().execute();
  try {
    const imported: Imported[] = [];
    for (const { path, file } of read) {
      imported.push(await importFile(transaction, owner, path, file).catch(rethrow(path)));
    }
    if (dryRun) await transaction.rollback().execute();
    else await transaction.commit().execute();
    return imported;
  } catch (error) {
    if (!transaction.isCommitted && !transaction.isRolledBack) await transaction.rollback().execute();
    throw error;
  }
}

/** Names that another prompt has, of this file or of somebody who saves at the same time. */
function rethrow(path: string): (error: unknown) => never {
  return (error) => {
    if (!isAlreadyThere(error)) throw error;
    throw new PictorError({
      code: 'already_exists',
      message: `${path.slice(0, 200)}: another prompt of your project has this name.`,
      param: 'files',
    });
  };
}

async function importFile(
  sql: PromptsSql,
  owner: GatedOwner,
  path: string,
  file: PromptFile,
): Promise<Imported> {
  checkName(file.name);
  const known = await findKnown(sql, owner.projectId, file);
  const before = known === null ? null : await describe(sql, known);
  const prompt = known === null ? await create(sql, owner, file) : await change(sql, known, file);
  const versions = await addVersions(sql, owner, prompt, path, file);
  for (const [name, label] of Object.entries(file.labels)) {
    await moveLabel(sql, owner, prompt, toLabel(name, label));
  }
  const after = await describe(sql, prompt);
  const changed = known === null ? 'created' : before === after ? 'unchanged' : 'updated';
  return { path, prompt: prompt.id, change: changed, versions };
}

/** By id, else by name: a registry may be brought into another one that grew its own. */
async function findKnown(sql: PromptsSql, projectId: string, file: PromptFile): Promise<Prompt | null> {
  return (
    (await findPrompt(sql, projectId, { id: file.id })) ??
    (await findPrompt(sql, projectId, { name: file.name }))
  );
}

async function describe(sql: PromptsSql, prompt: Prompt): Promise<string> {
  const now = (await findPrompt(sql, prompt.projectId, { id: prompt.id })) ?? prompt;
  return writePromptFile(now, await listVersions(sql, prompt.id), await listLabels(sql, [prompt.id])).content;
}

/** With the id that it had, unless another project of this server has it. */
async function create(sql: PromptsSql, owner: GatedOwner, file: PromptFile): Promise<Prompt> {
  return await insertPrompt(sql, {
    id: (await isIdTaken(sql, file.id)) ? newId('pmpt') : file.id,
    projectId: owner.projectId,
    name: file.name,
    folder: file.folder,
    tags: file.tags,
    latestVersion: 0,
    archivedAt: toDate(file.archived_at),
    createdAt: new Date(file.created_at),
  });
}

async function change(sql: PromptsSql, known: Prompt, file: PromptFile): Promise<Prompt> {
  const changed = await updatePrompt(sql, known.projectId, known.id, {
    name: file.name,
    folder: file.folder,
    tags: file.tags,
    archivedAt: toDate(file.archived_at),
  });
  return changed ?? known;
}

async function addVersions(
  sql: PromptsSql,
  owner: GatedOwner,
  prompt: Prompt,
  path: string,
  file: PromptFile,
): Promise<number[]> {
  const known = new Map((await listVersions(sql, prompt.id)).map((each) => [each.version, each]));
  const added: number[] = [];
  for (const wanted of file.versions) {
    const there = known.get(wanted.version);
    if (there !== undefined) {
      const same =
        JSON.stringify([there.template, there.model]) ===
        JSON.stringify([wanted.template, wanted.model ?? null]);
      if (!same) throw differs(path, prompt, wanted.version);
      continue;
    }
    const version = await insertVersion(sql, owner.projectId, {
      id: newId('pver'),
      promptId: prompt.id,
      version: await takeNextVersion(sql, prompt.id),
      template: wanted.template,
      model: wanted.model ?? null,
      metadata: wanted.metadata,
      commitMessage: wanted.commit_message,
      createdAt: new Date(wanted.created_at),
      keyId: owner.keyId,
    });
    const references = listTexts(wanted.template).flatMap(({ text }) => parseReferences(text));
    await insertSnippetUses(sql, { versionId: version.id, projectId: owner.projectId }, references);
    await owner.gate.noteVersion(sql, prompt, version.version);
    added.push(version.version);
  }
  return added;
}

function toLabel(name: string, label: PromptFile['labels'][string]): NewLabel {
  const { split } = label;
  return {
    name,
    version: label.version,
    isProtected: label.protected,
    split: split === undefined ? null : { ...split, stickyBy: split.sticky_by ?? null },
    createdAt: new Date(label.created_at),
    confirm: true,
  };
}

function toDate(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text);
}

function differs(path: string, prompt: Prompt, version: number): PictorError {
  return new PictorError({
    code: 'already_exists',
    message: `${path}: version ${version} of '${prompt.name}' exists and says something else. Versions never change; add a new one.`,
    param: 'files',
  });
}
