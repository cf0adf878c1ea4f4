import {
  type LabelChange,
  type NewPrompt,
  type NewPromptVersion,
  type PromptChange,
  type PromptLabelView,
  type PromptRendering,
  type PromptRun,
  type PromptVersionList,
  type PromptVersionView,
  type PromptView,
  type PromptViewList,
  promptLabelView,
  promptRendering,
  promptRun,
  promptVersionList,
  promptVersionView,
  promptView,
  promptViewList,
  type RegistryExport,
  type RegistryImport,
  type RegistryImported,
  type RenderBody,
  type RunBody,
  registryExport,
  registryImported,
} from '@pictor/api';
import { type CallOptions, type RunOptions, sendCall, sendEmptyCall, type Transport } from './send-call.ts';

export type PromptSearch = {
  /** Words in names. */
  readonly q?: string | undefined;
  /** Default: those that are not archived. */
  readonly status?: 'active' | 'archived' | 'all' | undefined;
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
  /** Points a label at a version, or splits its traffic; `label_protected` asks for `confirm`. */
  readonly setLabel: (
    prompt: string,
    label: string,
    change: LabelChange,
    options?: CallOptions,
  ) => Promise<PromptLabelView>;
  readonly removeLabel: (prompt: string, label: string, options?: CallOptions) => Promise<void>;
  /** The prompt with its variables filled in. Calls no engine. */
  readonly render: (prompt: string, body?: RenderBody, options?: CallOptions) => Promise<PromptRendering>;
  /** Renders the prompt, calls its model, keeps the request, and gives what came in one form for all providers. */
  readonly run: (prompt: string, body?: RunRequest, options?: RunOptions) => Promise<PromptRun>;
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
    list: ({ q, status } = {}, options) => {
      const query = new URLSearchParams();
      if (q !== undefined) query.set('q', q);
      if (status !== undefined) query.set('status', status);
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
    removeLabel: (prompt, label, options) =>
      sendEmptyCall(transport, { ...options, method: 'DELETE', path: labelAt(prompt, label) }),
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
