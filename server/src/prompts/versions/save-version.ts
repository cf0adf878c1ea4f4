import type { PromptModel, PromptTemplate } from '@pictor/api';
import { isAlreadyThere } from '../../database/index.ts';
import { newId, PictorError } from '../../foundation/index.ts';
import { moveLabel } from '../labels/move-label.ts';
import type { VersionGate } from '../labels/version-gate.ts';
import { listTexts } from '../render/map-texts.ts';
import { parseReferences } from '../snippets/parse-references.ts';
import type { PromptsSql } from '../tables.ts';
import type { Prompt, PromptVersion } from './prompt.ts';
import { findPrompt, insertPrompt, takeNextVersion, updatePrompt } from './prompt-queries.ts';
import { insertSnippetUses, insertVersion } from './version-queries.ts';

/** Whose registry, and who changes it. */
export type Owner = { readonly projectId: string; readonly keyId: string };

/** With what has a say in what is changed. */
export type GatedOwner = Owner & { readonly gate: VersionGate };

/** What becomes a new version; of a new prompt where the name is new. */
export type NewVersion = {
  readonly name: string;
  /** Absent: as it was, or none. */
  readonly folder?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly template: PromptTemplate;
  readonly model: PromptModel | null;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly commitMessage?: string | undefined;
  /** True: a prompt of this name is an error, `already_exists`. Default: it gets the version. */
  readonly isNew?: boolean | undefined;
  /** Labels that point at it from now on. */
  readonly labels?: readonly string[] | undefined;
};

/** What of a version can be told wrong by looking at it alone. Throws the caller's errors. */
export function checkVersion(wanted: NewVersion): void {
  checkName(wanted.name);
  refuseOwnName(wanted);
}

/** Writes a version, and its prompt where the name is new. `variables` are those of its texts and its snippets. */
export async function saveVersion(
  sql: PromptsSql,
  owner: GatedOwner,
  wanted: NewVersion,
  variables: readonly string[],
): Promise<{ prompt: Prompt; version: PromptVersion }> {
  const prompt = await openPrompt(sql, owner, wanted);
  const version = await insertVersion(sql, owner.projectId, {
    id: newId('pver'),
    promptId: prompt.id,
    version: await takeNextVersion(sql, prompt.id),
    template: { ...wanted.template, input_variables: [...variables] },
    model: wanted.model,
    metadata: wanted.metadata ?? {},
    commitMessage: wanted.commitMessage ?? '',
    createdAt: new Date(),
    keyId: owner.keyId,
  });
  const references = listTexts(wanted.template).flatMap(({ text }) => parseReferences(text));
  await insertSnippetUses(sql, { versionId: version.id, projectId: owner.projectId }, references);
  await owner.gate.noteVersion(sql, prompt, version.version);
  for (const name of wanted.labels ?? []) {
    await moveLabel(sql, owner, prompt, { name, version: version.version, confirm: true });
  }
  return { prompt: { ...prompt, latestVersion: version.version }, version };
}

/** The prompt that gets the version: the one of this name, brought back where it was archived, or a new one. */
async function openPrompt(sql: PromptsSql, owner: Owner, wanted: NewVersion): Promise<Prompt> {
  const known = await findPrompt(sql, owner.projectId, { name: wanted.name });
  if (known === null) {
    return await insertPrompt(sql, {
      id: newId('pmpt'),
      projectId: owner.projectId,
      name: wanted.name,
      folder: wanted.folder ?? '',
      tags: wanted.tags ?? [],
      latestVersion: 0,
      archivedAt: null,
      createdAt: new Date(),
    });
  }
  if (wanted.isNew === true) throw isTaken(wanted.name);
  const changed = await updatePrompt(sql, owner.projectId, known.id, {
    archivedAt: null,
    ...(wanted.folder === undefined ? {} : { folder: wanted.folder }),
    ...(wanted.tags === undefined ? {} : { tags: wanted.tags }),
  });
  return changed ?? known;
}

export function checkName(name: string): void {
  if (name.trim() === name && name.length > 0 && name.length <= 512 && !/[@\p{Cc}]/u.test(name)) return;
  throw new PictorError({
    code: 'invalid_value',
    message: "A prompt's name has 1 to 512 characters, no space at its ends, no @ and no control characters.",
    param: 'name',
  });
}

/** Throws `already_exists` where another prompt has the name. */
export async function checkFree(sql: PromptsSql, projectId: string, id: string, name: string): Promise<void> {
  checkName(name);
  const other = await findPrompt(sql, projectId, { name });
  if (other === null || other.id === id) return;
  throw isTaken(name);
}

/** Two at once: what one of them did not see yet, the database did. */
export function explainTaken(error: unknown, name: string): unknown {
  return isAlreadyThere(error) ? isTaken(name) : error;
}

function isTaken(name: string): PictorError {
  return new PictorError({
    code: 'already_exists',
    message: `There is another prompt named '${name.slice(0, 512)}' in your project. A version is added to it by POST /api/prompts/{prompt}/versions.`,
    param: 'name',
  });
}

function refuseOwnName({ name, template }: NewVersion): void {
  const own = listTexts(template).flatMap(({ text }) => parseReferences(text));
  if (!own.some((reference) => reference.name === name)) return;
  throw new PictorError({
    code: 'template_failed',
    message: `The prompt '${name}' names itself as a snippet.`,
    param: 'prompt_template',
  });
}
