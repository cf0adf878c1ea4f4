import { z } from 'zod';

/** Numbers of versions and groups: what every database counts. */
const count = z.int().min(1).max(2_147_483_647);

/** How variables stand in texts: `{name}`, or Jinja's `{{ name }}`. */
export const templateFormat = z.enum(['f-string', 'jinja2']);
export type TemplateFormat = z.infer<typeof templateFormat>;

const textBlock = z.looseObject({ type: z.literal('text'), text: z.string() });

/** A picture that goes in, by its address: https, a data URL, or a signed link of this server. */
const imageUrlBlock = z.looseObject({
  type: z.literal('image_url'),
  image_url: z.looseObject({ url: z.string(), detail: z.string().nullish() }),
});

/** A picture or file that goes in, with its type: `image/png`. */
const mediaBlock = z.looseObject({
  type: z.literal('media'),
  media: z.looseObject({ title: z.string().nullish(), type: z.string(), url: z.string() }),
});

/** A place for pictures that come with the variables: a list of addresses, or one. */
const mediaVariableBlock = z.looseObject({ type: z.literal('media_variable'), name: z.string().min(1) });

/** A picture that a model made. */
export const outputMedia = z.looseObject({
  type: z.literal('output_media'),
  /** Id of the generation call; null on the Images API. */
  id: z.string().nullish(),
  url: z.string(),
  mime_type: z.string().nullish(),
  media_type: z.string().nullish(),
  provider_metadata: z.record(z.string(), z.unknown()).nullish(),
});

export const contentBlock = z.discriminatedUnion('type', [
  textBlock,
  imageUrlBlock,
  mediaBlock,
  mediaVariableBlock,
  outputMedia,
]);
export type ContentBlock = z.infer<typeof contentBlock>;

export const messageRole = z.enum([
  'system',
  'developer',
  'user',
  'assistant',
  'tool',
  'function',
  'placeholder',
]);

/** One message of a chat. A `placeholder` message stands for the messages that a variable of its name brings. */
export const promptMessage = z.looseObject({
  role: messageRole,
  content: z.array(contentBlock).default([]),
  template_format: templateFormat.optional(),
  /** Of a placeholder: the variable's name. */
  name: z.string().nullish(),
});
export type PromptMessage = z.infer<typeof promptMessage>;

/** A prompt for the Images API: one text, with pictures beside it. */
export const completionTemplate = z.looseObject({
  type: z.literal('completion'),
  template_format: templateFormat.default('f-string'),
  content: z.array(contentBlock),
  input_variables: z.array(z.string()).default([]),
});

/** A prompt for conversations: the Responses API, or Gemini. */
export const chatTemplate = z.looseObject({
  type: z.literal('chat'),
  messages: z.array(promptMessage),
  /** Functions, and built-in tools such as `{type: "image_generation", config: {…}}`. */
  tools: z.array(z.looseObject({ type: z.string() })).nullish(),
  tool_choice: z.unknown().optional(),
  input_variables: z.array(z.string()).default([]),
});

export const promptTemplate = z.discriminatedUnion('type', [completionTemplate, chatTemplate]);
export type PromptTemplate = z.infer<typeof promptTemplate>;

/** Which model a version runs on, and how. */
export const promptModel = z.looseObject({
  /** `openai`, `openai.azure`, `google`, `vertexai`, or a name from pictor.yaml. */
  provider: z.string().min(1),
  name: z.string().min(1),
  /** Only for OpenAI's wires: which one. Gemini's models have one way only. */
  api_type: z.enum(['images', 'responses', 'chat-completions']).nullish(),
  parameters: z.record(z.string(), z.unknown()).default({}),
});
export type PromptModel = z.infer<typeof promptModel>;

/** A split of a label's traffic. Percentages of each list make 100. */
export const labelSplit = z.strictObject({
  shares: z.array(z.strictObject({ version: count, percent: z.number() })).min(1),
  /** Requests whose metadata fits go by their own shares; the first that fits counts. */
  segments: z
    .array(
      z.strictObject({
        metadata: z.record(z.string(), z.array(z.string()).min(1)),
        shares: z.array(z.strictObject({ version: count, percent: z.number() })).min(1),
      }),
    )
    .default([]),
  /** Metadata key: requests with the same value always get the same version. */
  sticky_by: z.string().min(1).optional(),
});
export type LabelSplit = z.infer<typeof labelSplit>;

/** Body of POST /api/prompts/{prompt}/versions. */
export const newPromptVersion = z.strictObject({
  template: promptTemplate,
  /** Absent for snippets. */
  model: promptModel.optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  commit_message: z.string().max(1000).optional(),
  /** Labels that point at it from now on. */
  labels: z.array(z.string()).optional(),
});

/** Body of POST /api/prompts. */
export const newPrompt = newPromptVersion.extend({
  name: z.string(),
  folder: z.string().max(512).optional(),
  tags: z.array(z.string().min(1).max(100)).max(50).optional(),
});

/** Body of PATCH /api/prompts/{prompt}. */
export const promptChange = z.strictObject({
  name: z.string().optional(),
  folder: z.string().max(512).optional(),
  tags: z.array(z.string().min(1).max(100)).max(50).optional(),
  archived: z.boolean().optional(),
});

/** Body of PUT /api/prompts/{prompt}/labels/{label}. */
export const labelChange = z.strictObject({
  version: count,
  protected: z.boolean().optional(),
  /** Absent: all traffic goes to `version`. */
  split: labelSplit.optional(),
  confirm: z.boolean().optional(),
});

/** Body of POST /api/prompts/{prompt}/render. */
export const renderBody = z.strictObject({
  version: count.optional(),
  label: z.string().optional(),
  variables: z.record(z.string(), z.unknown()).optional(),
  /** What labels that split traffic look at. */
  metadata: z.record(z.string(), z.string()).optional(),
});

/** Body of POST /api/registry/check: a version as it would be saved, and variables to render it with. */
export const promptDraft = z.strictObject({
  /** Of the prompt that would get it; what it may not be called is told. */
  name: z.string().optional(),
  template: promptTemplate,
  model: promptModel.optional(),
  variables: z.record(z.string(), z.unknown()).optional(),
});

/** Body of POST /api/registry/import: files as GET /api/registry/export gives them. */
export const registryImport = z.strictObject({
  files: z.array(z.strictObject({ path: z.string(), content: z.string() })).max(10_000),
  /** True: only tell what would happen. */
  dry_run: z.boolean().optional(),
});

/** A saved prompt where a wire takes one: OpenAI's `prompt` of /v1/responses, our `prompt_template` of the Images API. */
export const storedPromptReference = z.strictObject({
  /** Id (`pmpt_…`), number or name. */
  id: z.string(),
  /** A number, also as text, or a label. Absent: the newest version. */
  version: z.union([z.string(), count]).optional(),
  variables: z.record(z.string(), z.unknown()).optional(),
  /** The label that chose `version` already: it is noted with the request, and chooses nothing. */
  label: z.string().max(255).optional(),
  /** What labels that split traffic look at. The Responses API takes the request's own metadata. */
  metadata: z.record(z.string(), z.string()).optional(),
});
export type StoredPromptReference = z.infer<typeof storedPromptReference>;

/** Body of POST /api/prompts/{prompt}/run. */
export const runBody = renderBody.extend({
  /** Instead of the version's own. */
  model: z.string().min(1).optional(),
  /** Instead of those of the version that have the same names. */
  parameters: z.record(z.string(), z.unknown()).optional(),
  tags: z.array(z.string().min(1).max(100)).max(50).optional(),
  /** Number of a group. */
  group: count.optional(),
  /** True: server-sent events. Default: one JSON answer. */
  stream: z.boolean().optional(),
});
export type RunBody = z.infer<typeof runBody>;

export type NewPrompt = z.input<typeof newPrompt>;
export type NewPromptVersion = z.input<typeof newPromptVersion>;
export type PromptChange = z.infer<typeof promptChange>;
export type LabelChange = z.input<typeof labelChange>;
export type PromptDraft = z.input<typeof promptDraft>;
export type RenderBody = z.infer<typeof renderBody>;
export type RegistryImport = z.infer<typeof registryImport>;
