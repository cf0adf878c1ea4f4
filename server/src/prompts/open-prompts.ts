import type { PromptModel, PromptTemplate } from '@pictor/api';
import { isAlreadyThere } from '../database/index.ts';
import { PictorError } from '../foundation/index.ts';
import { exportRegistry } from './files/export-registry.ts';
import { type Imported, importFiles } from './files/import-registry.ts';
import type { RegistryFile } from './files/prompt-file.ts';
import { type Folder, listFolders, makeFolder } from './folders/folder-queries.ts';
import { type RegistrySummary, summariseRegistry } from './folders/summary-queries.ts';
import type { Label } from './labels/label.ts';
import { findLabelByNumber, type LabelMove, listLabels, listMoves } from './labels/label-queries.ts';
import { moveLabel, type NewLabel, removeLabel } from './labels/move-label.ts';
import type { VersionGate } from './labels/version-gate.ts';
import { openPicker, type Selector } from './pick-version.ts';
import { type Jinja, openJinja } from './render/open-jinja.ts';
import { type Rendered, renderTemplate, type Variables } from './render/render-template.ts';
import type { UsedSnippet } from './snippets/resolve-snippets.ts';
import type { PromptsDatabase } from './tables.ts';
import { checkDraft, type Draft, type DraftCheck } from './versions/check-draft.ts';
import { listKeyNames, listNewest, type NewestVersion } from './versions/newest-queries.ts';
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
  explainTaken,
  type NewVersion,
  type Owner,
  saveVersion,
} from './versions/save-version.ts';
import { listSnippetUses, listVersions, type SnippetUse } from './versions/version-queries.ts';

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
  /** What saving would say of a version, and what it would render to; nothing is saved. */
  readonly check: (projectId: string, draft: Draft) => Promise<DraftCheck>;
  /** What lists tell of the newest version of each. */
  readonly newest: (prompts: readonly Prompt[]) => Promise<readonly NewestVersion[]>;
  /** Names of keys by their ids. Keys that are gone have none. */
  readonly keyNames: (ids: readonly (string | null)[]) => Promise<ReadonlyMap<string, string>>;
  readonly summary: (projectId: string) => Promise<RegistrySummary>;
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
  /** What has a say in which versions labels may name. */
  readonly gate: VersionGate;
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

  const gated = (owner: Owner) => ({ ...owner, gate: parts.gate });
  const { pick, putSnippetsIn } = openPicker(sql, parts.random);

  return {
    list: (projectId, filter) => listPrompts(sql, projectId, filter),
    find,
    lookUp: (projectId, name) => findPrompt(sql, projectId, name),
    save: async (owner, wanted) => {
      checkVersion(wanted);
      if (wanted.model !== null) parts.checkModel(wanted.model, wanted.template.type);
      const { template } = await putSnippetsIn(owner.projectId, wanted.template, {});
      const write = () =>
        sql
          .transaction()
          .execute((transaction) => saveVersion(transaction, gated(owner), wanted, template.input_variables));
      // A prompt of this name that was made meanwhile is there now, and gets the version.
      const saved = await write().catch(async (error: unknown) => {
        if (isAlreadyThere(error) && wanted.isNew !== true) return await write();
        throw explainTaken(error, wanted.name);
      });
      parts.gate.committed();
      return saved;
    },
    change: async (projectId, id, change) => {
      if (change.name !== undefined) await checkFree(sql, projectId, id, change.name);
      const changed = await updatePrompt(sql, projectId, id, change).catch((error: unknown) => {
        throw explainTaken(error, change.name ?? '');
      });
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
    check: (projectId, draft) =>
      checkDraft(
        {
          checkModel: parts.checkModel,
          putSnippetsIn: (template) => putSnippetsIn(projectId, template, {}),
          render: (template, variables) => renderTemplate(jinja, template, variables),
        },
        draft,
      ),
    newest: (prompts) =>
      listNewest(
        sql,
        prompts.map((prompt) => prompt.id),
      ),
    keyNames: (ids) => listKeyNames(sql, ids),
    summary: (projectId) => summariseRegistry(sql, projectId),
    labels: (prompts) =>
      listLabels(
        sql,
        prompts.map((prompt) => prompt.id),
      ),
    labelByNumber: (projectId, number) => findLabelByNumber(sql, projectId, number),
    moves: (prompt) => listMoves(sql, prompt.id),
    setLabel: (owner, prompt, label) =>
      sql.transaction().execute((transaction) => moveLabel(transaction, gated(owner), prompt, label)),
    removeLabel: (owner, prompt, name, confirm) =>
      sql.transaction().execute((transaction) => removeLabel(transaction, owner, prompt, name, confirm)),
    uses: (prompt) => listSnippetUses(sql, prompt.projectId, prompt.name),
    folders: (projectId) => sql.transaction().execute((transaction) => listFolders(transaction, projectId)),
    makeFolder: (projectId, path) =>
      sql.transaction().execute((transaction) => makeFolder(transaction, projectId, path)),
    exportFiles: (projectId) => exportRegistry(sql, projectId),
    importFiles: async (owner, files, dryRun) => {
      const imported = await importFiles(sql, gated(owner), files, dryRun);
      if (!dryRun) parts.gate.committed();
      return imported;
    },
    close: jinja.close,
  };
}

function describeName(name: PromptName): string {
  const text = 'id' in name ? name.id : 'number' in name ? String(name.number) : name.name;
  return `'${text.slice(0, 100)}'`;
}

function fail(message: string): never {
  throw new PictorError({ code: 'not_found', message, param: 'prompt' });
}
