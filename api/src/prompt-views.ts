import { z } from 'zod';
import { promptModel, promptTemplate } from './prompts.ts';

export const promptLabelView = z.looseObject({
  object: z.literal('prompt.label'),
  name: z.string(),
  version: z.int(),
  protected: z.boolean(),
  /** Null: all traffic goes to `version`. */
  split: z.unknown(),
});

export const promptVersionView = z.looseObject({
  id: z.string(),
  object: z.literal('prompt.version'),
  /** Id of the prompt. */
  prompt: z.string(),
  version: z.int(),
  template: promptTemplate,
  /** Null for snippets. */
  model: promptModel.nullable(),
  commit_message: z.string().nullable(),
  /** Unix seconds. */
  created_at: z.int(),
});

export const promptView = z.looseObject({
  id: z.string(),
  object: z.literal('prompt'),
  /** Of the prompt within its project. */
  number: z.int(),
  name: z.string(),
  folder: z.string().nullable(),
  tags: z.array(z.string()),
  latest_version: z.int(),
  labels: z.array(promptLabelView),
  archived: z.boolean(),
  created_at: z.int(),
  /** The newest version, where one prompt was asked for. */
  current: promptVersionView.optional(),
});

export const promptViewList = z.looseObject({
  object: z.literal('list'),
  data: z.array(promptView),
  total: z.int(),
});
export const promptVersionList = z.looseObject({
  object: z.literal('list'),
  data: z.array(promptVersionView),
});

/** A prompt with its variables filled in, and nothing called. */
export const promptRendering = z.looseObject({
  object: z.literal('prompt.rendering'),
  prompt: z.string(),
  version: z.int(),
  label: z.string().nullable(),
  template: z.unknown(),
  /** Variables that the template has and the call did not bring. */
  missing: z.array(z.string()),
  /** Variables that the call brought and the template does not have. */
  unknown: z.array(z.string()),
});

/** What a run of a saved prompt gave, in one form for all providers. */
export const promptRun = z.looseObject({
  object: z.literal('prompt.run'),
  /** Number of the request. */
  request_id: z.int().nullable(),
  /** Id of the request. */
  request: z.string().nullable(),
  /** The prompt with what went in and what came out: the same blocks for every provider. */
  prompt_blueprint: z.unknown(),
  /** The service's own answer. */
  raw_response: z.unknown(),
});

const registryFile = z.looseObject({ path: z.string(), content: z.string() });

/** Every prompt as a file. */
export const registryExport = z.looseObject({
  object: z.literal('registry.export'),
  files: z.array(registryFile),
});

/** What an import did, or would do, with every file. */
export const registryImported = z.looseObject({
  object: z.literal('registry.import'),
  dry_run: z.boolean(),
  files: z.array(
    z.looseObject({
      path: z.string(),
      prompt: z.string(),
      change: z.enum(['created', 'updated', 'unchanged']),
      versions: z.array(z.int()),
    }),
  ),
});

export type PromptLabelView = z.infer<typeof promptLabelView>;
export type PromptVersionView = z.infer<typeof promptVersionView>;
export type PromptView = z.infer<typeof promptView>;
export type PromptViewList = z.infer<typeof promptViewList>;
export type PromptVersionList = z.infer<typeof promptVersionList>;
export type PromptRendering = z.infer<typeof promptRendering>;
export type PromptRun = z.infer<typeof promptRun>;
export type RegistryExport = z.infer<typeof registryExport>;
export type RegistryImported = z.infer<typeof registryImported>;
