import { z } from 'zod';
import { labelSplit, promptModel, promptTemplate } from './prompts.ts';

export const promptLabelView = z.looseObject({
  object: z.literal('prompt.label'),
  name: z.string(),
  version: z.int(),
  protected: z.boolean(),
  /** Null: all traffic goes to `version`. */
  split: labelSplit.nullable(),
});
export const promptLabelList = z.looseObject({ object: z.literal('list'), data: z.array(promptLabelView) });

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
  /** The caller's own facts about the version. */
  metadata: z.record(z.string(), z.unknown()),
  /** Id of the key that saved it; null: the key is gone. */
  created_by: z.string().nullable(),
  /** Name of that key. */
  created_by_name: z.string().nullable(),
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
  /** Of the newest version. */
  type: z.enum(['completion', 'chat']),
  /** That the newest version runs on; null: it is a snippet, or the model is named when it is run. */
  model: z.string().nullable(),
  created_at: z.int(),
  /** When the newest version was saved. */
  updated_at: z.int(),
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

/** One line of a comparison of texts. */
const diffLine = z.looseObject({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });

/** What changed between two versions. */
export const promptDiff = z.looseObject({
  object: z.literal('prompt.diff'),
  from: z.int(),
  to: z.int(),
  /** Texts, line by line, in the order of the template. */
  text: z.array(diffLine),
  /** Everything else by its path, `model.parameters.size`; null: it is not there. */
  members: z.array(z.looseObject({ path: z.string(), before: z.unknown(), after: z.unknown() })),
});

/** How a label moved once. */
export const promptLabelMove = z.looseObject({
  object: z.literal('prompt.label_move'),
  label: z.string(),
  /** Null: it is new. */
  from_version: z.int().nullable(),
  /** Null: it was taken away. */
  to_version: z.int().nullable(),
  /** Id of the key that moved it, and its name; null: the key is gone. */
  moved_by: z.string().nullable(),
  moved_by_name: z.string().nullable(),
  /** Unix seconds. */
  created_at: z.int(),
});
export const promptLabelMoveList = z.looseObject({
  object: z.literal('list'),
  data: z.array(promptLabelMove),
});

/** A version that names a prompt as a snippet. */
export const promptUse = z.looseObject({
  /** Name of the prompt that names it. */
  prompt: z.string(),
  version: z.int(),
  is_latest: z.boolean(),
  /** The version or the label that it asks for; null: the newest. */
  pinned_version: z.int().nullable(),
  pinned_label: z.string().nullable(),
});
export const promptUseList = z.looseObject({ object: z.literal('list'), data: z.array(promptUse) });

/** What saving a version would say, and what it would render to. Nothing is saved. */
export const promptCheck = z.looseObject({
  object: z.literal('prompt.check'),
  /** What saving would refuse, in the words of errors. */
  problems: z.array(z.looseObject({ code: z.string(), message: z.string(), param: z.string().nullable() })),
  /** Of texts, snippets, places for pictures and placeholder messages. */
  variables: z.array(z.string()),
  /** Snippets that went in, with the versions that they have now. */
  snippets: z.array(z.looseObject({ name: z.string(), resolvedVersion: z.int() })),
  /** Null: it cannot be rendered; `problems` say why. */
  rendering: z
    .looseObject({ template: promptTemplate, missing: z.array(z.string()), unknown: z.array(z.string()) })
    .nullable(),
});

export type PromptLabelView = z.infer<typeof promptLabelView>;
export type PromptVersionView = z.infer<typeof promptVersionView>;
export type PromptView = z.infer<typeof promptView>;
export type PromptViewList = z.infer<typeof promptViewList>;
export type PromptVersionList = z.infer<typeof promptVersionList>;
export type PromptRendering = z.infer<typeof promptRendering>;
export type PromptRun = z.infer<typeof promptRun>;
export type PromptLabelList = z.infer<typeof promptLabelList>;
export type PromptDiff = z.infer<typeof promptDiff>;
export type PromptLabelMove = z.infer<typeof promptLabelMove>;
export type PromptLabelMoveList = z.infer<typeof promptLabelMoveList>;
export type PromptUse = z.infer<typeof promptUse>;
export type PromptUseList = z.infer<typeof promptUseList>;
export type PromptCheck = z.infer<typeof promptCheck>;
