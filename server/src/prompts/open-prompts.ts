import type { PromptModel, PromptTemplate } from '@pictor/api';
import { PictorError } from '../foundation/index.ts';
import { exportRegistry } from './files/export-registry.ts';
import { type Imported, importFiles } from './files/import-registry.ts';
import type { RegistryFile } from './files/prompt-file.ts';
import { type Folder, listFolders, makeFolder } from './folders/folder-queries.ts';
import { chooseVersion, type Metadata } from './labels/choose-version.ts';
import type { Label } from './labels/label.ts';
import {
  findLabel,
  findLabelByNumber,
  type LabelMove,
  listLabels,
  listMoves,
} from './labels/label-queries.ts';
import { moveLabel, type NewLabel, removeLabel } from './labels/move-label.ts';
import { listVariables } from './render/list-variables.ts';
import { listTexts, withTexts } from './render/map-texts.ts';
import { type Jinja, openJinja } from './render/open-jinja.ts';
import { type Rendered, renderTemplate, type Variables } from './render/render-template.ts';
import type { SnippetReference } from './snippets/parse-references.ts';
import { type FoundSnippet, resolveSnippets, type UsedSnippet } from './snippets/resolve-snippets.ts';
import type { PromptsDatabase } from './tables.ts';
import type { Prompt, PromptVersion } from './versions/prompt.ts';
import {
  findPrompt,
  listPrompts,
  type PromptChange,
  type PromptFilter,
  type PromptName,
  updatePrompt,
} from './versions/prompt-queries.ts';
import {
  checkFree,
  checkVersion,
  type NewVersion,
  type Owner,
  saveVersion,
} from './versions/save-version.ts';
import { findVersion, listSnippetUses, listVersions, type SnippetUse } from './versions/version-queries.ts';

/** Which version of a prompt is meant; nothing: the newest. `metadata` is what labels that split traffic look at. */
export type Selector = {
  readonly version?: number | undefined;
  readonly label?: string | undefined;
  readonly metadata?: Metadata | undefined;
};

/** A version as it was chosen, its snippets put in. */
export type ChosenVersion = {
  readonly prompt: Prompt;
  readonly version: PromptVersion;
  /** The label that chose it; null: a number, or nothing, did. */
  readonly label: string | null;
  /** With snippets put in, variables still open. */
  readonly template: PromptTemplate;
  readonly snippets: readonly UsedSnippet[];
};

/** The registry of prompts. Everything is of one project; what is another's does not exist. */
export type Prompts = {
  readonly list: (
    projectId: string,
    filter: PromptFilter,
  ) => Promise<{ readonly prompts: readonly Prompt[]; readonly total: number }>;
  /** Throws `not_found`. */
  readonly find: (projectId: string, name: PromptName) => Promise<Prompt>;
  /** Null: no prompt has this name. */
  readonly lookUp: (projectId: string, name: PromptName) => Promise<Prompt | null>;
  /** Saves a version. Throws `template_failed`, `invalid_value`, and what the model's rules say. */
  readonly save: (owner: Owner, version: NewVersion) => Promise<{ prompt: Prompt; version: PromptVersion }>;
  /** Throws `not_found` and `already_exists`. */
  readonly change: (projectId: string, id: string, change: PromptChange) => Promise<Prompt>;
  /** Newest first. */
  readonly versions: (prompt: Prompt) => Promise<readonly PromptVersion[]>;
  /** Chooses a version, without its snippets. Throws `not_found`. */
  readonly pick: (
    prompt: Prompt,
    selector: Selector,
  ) => Promise<{ version: PromptVersion; label: string | null }>;
  /** Chooses a version and puts its snippets in. Throws `not_found` and `template_failed`. */
  readonly choose: (projectId: string, name: PromptName, selector: Selector) => Promise<ChosenVersion>;
  readonly render: (template: PromptTemplate, variables: Variables) => Promise<Rendered>;
  readonly labels: (prompts: readonly Prompt[]) => Promise<readonly Label[]>;
  /** Null: the project has no label of this number. */
  readonly labelByNumber: (projectId: string, number: number) => Promise<Label | null>;
  readonly moves: (prompt: Prompt) => Promise<readonly LabelMove[]>;
  /** Throws `not_found`, `invalid_value` and `label_protected`. */
  readonly setLabel: (owner: Owner, prompt: Prompt, label: NewLabel) => Promise<Label>;
  /** Throws `not_found` and `label_protected`. */
  readonly removeLabel: (owner: Owner, prompt: Prompt, name: string, confirm: boolean) => Promise<void>;
  /** Every folder that was made or that a prompt is in, by path. */
  readonly folders: (projectId: string) => Promise<readonly Folder[]>;
  /** The folder of this path, made if there is none. */
  readonly makeFolder: (projectId: string, path: string) => Promise<Folder>;
  /** The whole registry of a project as files. */
  readonly exportFiles: (projectId: string) => Promise<readonly RegistryFile[]>;
  /** Brings files in, all or none of them; with `dryRun` it only tells what would happen. */
  readonly importFiles: (
    owner: Owner,
    files: readonly RegistryFile[],
    dryRun: boolean,
  ) => Promise<readonly Imported[]>;
  /** Which versions name this prompt as a snippet. */
  readonly uses: (prompt: Prompt) => Promise<readonly SnippetUse[]>;
  readonly close: () => Promise<void>;
};

export type PromptsParts = {
  readonly database: PromptsDatabase;
  /** Checks a version's model and parameters against the catalogue. Throws the caller's errors. */
  readonly checkModel: (model: PromptModel, type: PromptTemplate['type']) => void;
  /** 0 to 1, 1 excluded; deals out the traffic of labels that split it. */
  readonly random: () => number;
};

/** Opens the registry. */
export function openPrompts(parts: PromptsParts): Prompts {
  const { sql } = parts.database;
  const jinja: Jinja = openJinja();

  const find = async (projectId: string, name: PromptName): Promise<Prompt> =>
    (await findPrompt(sql, projectId, name)) ??
    fail(`There is no prompt ${describeName(name)} in your project.`);

  const pick: Prompts['pick'] = async (prompt, { version, label, metadata = {} }) => {
    if (label === undefined) {
      const wanted = version ?? prompt.latestVersion;
      const found = await findVersion(sql, prompt.id, wanted);
      return { version: found ?? fail(`The prompt '${prompt.name}' has no version ${wanted}.`), label: null };
    }
    const found = await findLabel(sql, prompt.id, label);
    if (found === null) return fail(`The prompt '${prompt.name}' has no label '${label.slice(0, 100)}'.`);
    const chosen = await findVersion(sql, prompt.id, chooseVersion(found, metadata, parts.random));
    return { version: chosen ?? fail(`The label '${label}' points at a version that is gone.`), label };
  };

  const findSnippet = async (
    projectId: string,
    reference: SnippetReference,
    metadata: Metadata,
  ): Promise<FoundSnippet | null> => {
    const prompt = await findPrompt(sql, projectId, { name: reference.name });
    if (prompt === null) return null;
    if (reference.version !== undefined && !Number.isSafeInteger(reference.version)) return null;
    const picked = await pick(prompt, { ...reference, metadata }).catch(absentIfNotFound);
    if (picked === null || picked.version.template.type !== 'completion') return null;
    const { content } = picked.version.template;
    const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
    return { text, version: picked.version.version };
  };

  const putSnippetsIn = async (projectId: string, template: PromptTemplate, metadata: Metadata) => {
    const { texts, used } = await resolveSnippets(
      listTexts(template).map(({ text }) => text),
      (reference) => findSnippet(projectId, reference, metadata),
    );
    const resolved = withTexts(template, texts);
    return { template: { ...resolved, input_variables: [...listVariables(resolved)] }, used };
  };

  return {
    list: (projectId, filter) => listPrompts(sql, projectId, filter),
    find,
    lookUp: (projectId, name) => findPrompt(sql, projectId, name),
    save: async (owner, wanted) => {
      checkVersion(wanted);
      if (wanted.model !== null) parts.checkModel(wanted.model, wanted.template.type);
      const { template } = await putSnippetsIn(owner.projectId, wanted.template, {});
      return await sql
        .transaction()
        .execute((transaction) => saveVersion(transaction, owner, wanted, template.input_variables));
    },
    change: async (projectId, id, change) => {
      if (change.name !== undefined) await checkFree(sql, projectId, id, change.name);
      const changed = await updatePrompt(sql, projectId, id, change);
      return changed ?? fail('There is no prompt of this id in your project.');
    },
    versions: (prompt) => listVersions(sql, prompt.id),
    pick,
    choose: async (projectId, name, selector) => {
      const prompt = await find(projectId, name);
      const { version, label } = await pick(prompt, selector);
      const { template, used } = await putSnippetsIn(projectId, version.template, selector.metadata ?? {});
      return { prompt, version, label, template, snippets: used };
    },
    render: (template, variables) => renderTemplate(jinja, template, variables),
    labels: (prompts) =>
      listLabels(
        sql,
        prompts.map((prompt) => prompt.id),
      ),
    labelByNumber: (projectId, number) => findLabelByNumber(sql, projectId, number),
    moves: (prompt) => listMoves(sql, prompt.id),
    setLabel: (owner, prompt, label) =>
      sql.transaction().execute((transaction) => moveLabel(transaction, owner, prompt, label)),
    removeLabel: (owner, prompt, name, confirm) =>
      sql.transaction().execute((transaction) => removeLabel(transaction, owner, prompt, name, confirm)),
    uses: (prompt) => listSnippetUses(sql, prompt.projectId, prompt.name),
    folders: (projectId) => sql.transaction().execute((transaction) => listFolders(transaction, projectId)),
    makeFolder: (projectId, path) =>
      sql.transaction().execute((transaction) => makeFolder(transaction, projectId, path)),
    exportFiles: (projectId) => exportRegistry(sql, projectId),
    importFiles: (owner, files, dryRun) => importFiles(sql, owner, files, dryRun),
    close: jinja.close,
  };
}

function absentIfNotFound(error: unknown): null {
  if (error instanceof PictorError && error.code === 'not_found') return null;
  throw error;
}

function describeName(name: PromptName): string {
  const text = 'id' in name ? name.id : 'number' in name ? String(name.number) : name.name;
  return `'${text.slice(0, 100)}'`;
}

function fail(message: string): never {
  throw new PictorError({ code: 'not_found', message, param: 'prompt' });
}
