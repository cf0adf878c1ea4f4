import {
  type LabelChange,
  type NewPrompt,
  type NewPromptVersion,
  type PromptChange,
  type PromptCheck,
  type PromptDiff,
  type PromptDraft,
  type PromptLabelList,
  type PromptLabelMoveList,
  type PromptLabelView,
  type PromptRendering,
  type PromptRun,
  type PromptUseList,
  type PromptVersionList,
  type PromptVersionView,
  type PromptView,
  type PromptViewList,
  promptCheck,
  promptDiff,
  promptLabelList,
  promptLabelMoveList,
  promptLabelView,
  promptRendering,
  promptRun,
  promptUseList,
  promptVersionList,
  promptVersionView,
  promptView,
  promptViewList,
  type RegistryExport,
  type RegistryImport,
  type RegistryImported,
  type RegistrySummary,
  type RenderBody,
  type RunBody,
  registryExport,
  registryImported,
  registrySummary,
} from '@pictor/api';
import { type CallOptions, type RunOptions, sendCall, sendEmptyCall, type Transport } from './send-call.ts';

export type PromptSearch = {
  /** Words in names. */
  readonly q?: string | undefined;
  /** Default: those that are not archived. */
  readonly status?: 'active' | 'archived' | 'all' | undefined;
  /** Of the newest version; a snippet is a completion without a model. */
  readonly type?: 'completion' | 'chat' | 'snippet' | undefined;
  /** Path; those below it are in it too. */
  readonly folder?: string | undefined;
  readonly tag?: string | undefined;
  /** Only prompts that have this label. */
  readonly label?: string | undefined;
  /** How many at most, 1 to 200. Default: 50. */
  readonly limit?: number | undefined;
  /** From 1. */
  readonly page?: number | undefined;
};

/** Saved prompts. `prompt` is an id (`pmpt_…`), a number or a name; `not_found` where the project has none. */
export type Prompts = {
  readonly list: (search?: PromptSearch, options?: CallOptions) => Promise<PromptViewList>;
  readonly get: (prompt: string, options?: CallOptions) => Promise<PromptView>;
  /** Makes a prompt with its first version; `already_exists` where the name is taken. */
  readonly create: (body: NewPrompt, options?: CallOptions) => Promise<PromptView>;
  readonly update: (prompt: string, change: PromptChange, options?: CallOptions) => Promise<PromptView>;
  /** Newest first. Versions never change. */
  readonly versions: (prompt: string, options?: CallOptions) => Promise<PromptVersionList>;
  readonly addVersion: (
    prompt: string,
    body: NewPromptVersion,
    options?: CallOptions,
  ) => Promise<PromptVersionView>;
  readonly version: (prompt: string, version: number, options?: CallOptions) => Promise<PromptVersionView>;
  /** What changed between two versions: texts line by line, everything else by its path. */
  readonly diff: (prompt: string, from: number, to: number, options?: CallOptions) => Promise<PromptDiff>;
  /** What saving would say of a version, and what it renders to. Nothing is saved, no engine is called. */
  readonly check: (draft: PromptDraft, options?: CallOptions) => Promise<PromptCheck>;
  /** Points a label at a version, or splits its traffic; `label_protected` asks for `confirm`. */
  readonly setLabel: (
    prompt: string,
    label: string,
    change: LabelChange,
    options?: CallOptions,
  ) => Promise<PromptLabelView>;
  /** `confirm`: also where it is protected. */
  readonly removeLabel: (
    prompt: string,
    label: string,
    options?: CallOptions & { readonly confirm?: boolean },
  ) => Promise<void>;
  readonly labels: (prompt: string, options?: CallOptions) => Promise<PromptLabelList>;
  /** Every move of every label, newest first. */
  readonly history: (prompt: string, options?: CallOptions) => Promise<PromptLabelMoveList>;
  /** Which versions name this prompt as a snippet. */
  readonly uses: (prompt: string, options?: CallOptions) => Promise<PromptUseList>;
  /** The prompt with its variables filled in. Calls no engine. */
  readonly render: (prompt: string, body?: RenderBody, options?: CallOptions) => Promise<PromptRendering>;
  /** Renders the prompt, calls its model, keeps the request, and gives what came in one form for all providers. */
  readonly run: (prompt: string, body?: RunRequest, options?: RunOptions) => Promise<PromptRun>;
  /** Folders, tags and labels of the project's prompts, with how many have them. */
  readonly summary: (options?: CallOptions) => Promise<RegistrySummary>;
  /** Every prompt of the project as a file. */
  readonly export: (options?: CallOptions) => Promise<RegistryExport>;
  /** Brings prompts in from such files, all or none. `dry_run`: only tells what would happen. */
  readonly import: (body: RegistryImport, options?: CallOptions) => Promise<RegistryImported>;
};

/** What a run takes: variables, and which version. */
export type RunRequest = Omit<RunBody, 'stream'>;

/** The prompts noun over one transport. */
export function promptsOver(transport: Transport): Prompts {
  const path = '/api/prompts';
  const at = (prompt: string, rest = ''): string => `${path}/${encodeURIComponent(prompt)}${rest}`;
  const labelAt = (prompt: string, label: string): string =>
    at(prompt, `/labels/${encodeURIComponent(label)}`);
  return {
    list: (search = {}, options) => {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(search))
        if (value !== undefined) query.set(name, String(value));
      const listPath = query.size === 0 ? path : `${path}?${query}`;
      return sendCall(transport, { ...options, method: 'GET', path: listPath }, promptViewList);
    },
    get: (prompt, options) =>
      sendCall(transport, { ...options, method: 'GET', path: at(prompt) }, promptView),
    create: (body, options) => sendCall(transport, { ...options, method: 'POST', path, body }, promptView),
    update: (prompt, body, options) =>
      sendCall(transport, { ...options, method: 'PATCH', path: at(prompt), body }, promptView),
    versions: (prompt, options) =>
      sendCall(transport, { ...options, method: 'GET', path: at(prompt, '/versions') }, promptVersionList),
    addVersion: (prompt, body, options) =>
      sendCall(
        transport,
        { ...options, method: 'POST', path: at(prompt, '/versions'), body },
        promptVersionView,
      ),
    setLabel: (prompt, label, body, options) =>
      sendCall(transport, { ...options, method: 'PUT', path: labelAt(prompt, label), body }, promptLabelView),
    removeLabel: (prompt, label, { confirm = false, ...options } = {}) =>
      sendEmptyCall(transport, {
        ...options,
        method: 'DELETE',
        path: `${labelAt(prompt, label)}${confirm ? '?confirm=true' : ''}`,
      }),
    version: (prompt, version, options) =>
      sendCall(
        transport,
        { ...options, method: 'GET', path: at(prompt, `/versions/${version}`) },
        promptVersionView,
      ),
    diff: (prompt, from, to, options) =>
      sendCall(
        transport,
        { ...options, method: 'GET', path: at(prompt, `/diff?from=${from}&to=${to}`) },
        promptDiff,
      ),
    check: (body, options) =>
      sendCall(transport, { ...options, method: 'POST', path: '/api/registry/check', body }, promptCheck),
    labels: (prompt, options) =>
      sendCall(transport, { ...options, method: 'GET', path: at(prompt, '/labels') }, promptLabelList),
    history: (prompt, options) =>
      sendCall(transport, { ...options, method: 'GET', path: at(prompt, '/history') }, promptLabelMoveList),
    uses: (prompt, options) =>
      sendCall(transport, { ...options, method: 'GET', path: at(prompt, '/uses') }, promptUseList),
    summary: (options) =>
      sendCall(transport, { ...options, method: 'GET', path: '/api/registry/summary' }, registrySummary),
    render: (prompt, body = {}, options) =>
      sendCall(transport, { ...options, method: 'POST', path: at(prompt, '/render'), body }, promptRendering),
    run: (prompt, body = {}, options) =>
      sendCall(
        transport,
        { ...options, method: 'POST', path: at(prompt, '/run'), body, isKeyed: true },
        promptRun,
      ),
    export: (options) =>
      sendCall(transport, { ...options, method: 'GET', path: '/api/registry/export' }, registryExport),
    import: (body, options) =>
      sendCall(
        transport,
        { ...options, method: 'POST', path: '/api/registry/import', body },
        registryImported,
      ),
  };
}
