import { z } from 'zod';
import { cellName, secretText } from '../kit/read-settings.ts';

export const dialects = ['openai', 'vllm-omni', 'sglang', 'localai', 'sdcpp'] as const;

export const extras = [
  'seed',
  'negative_prompt',
  'num_inference_steps',
  'guidance_scale',
  'true_cfg_scale',
] as const;

const pixels = z.number().int().min(1).max(65_536);
const engineFormat = z.enum(['png', 'jpeg', 'webp']);

const size = z
  .strictObject({
    sizes: z
      .array(z.string().regex(/^[1-9]\d{0,4}x[1-9]\d{0,4}$/, 'write WIDTHxHEIGHT'))
      .min(1)
      .optional()
      .describe('The only sizes that can be asked for; the bounds below then mean nothing.'),
    default: z
      .string()
      .regex(/^(auto|[1-9]\d{0,4}x[1-9]\d{0,4})$/, 'write WIDTHxHEIGHT or auto')
      .optional()
      .describe('Size of requests that name none; auto leaves it to the engine.'),
    multiple_of: pixels.optional().describe('Both edges are divisible by this.'),
    min_edge: pixels.optional(),
    max_edge: pixels.optional(),
    max_pixels: z.number().int().min(1).optional(),
    common: z.array(z.string()).optional().describe('Sizes that forms offer first.'),
  })
  .describe(
    'Sizes that can be asked for. They are checked here: some engines take a wrong size for another one.',
  );

const edits = z
  .strictObject({
    transport: z
      .enum(['multipart', 'json-base64', 'none'])
      .optional()
      .describe('How pictures are sent: a form, bare base64 in the JSON of a generation, or not at all.'),
    path: z.string().startsWith('/').optional().describe('Behind the base address; default /images/edits.'),
    image_field: z.string().min(1).optional(),
    max_images: z.number().int().min(1).max(16).optional(),
    mask_field: z.string().min(1).nullable().optional().describe('null: the engine has no mask.'),
    mask_path: z.string().startsWith('/').optional().describe('Another route for edits with a mask.'),
    mask_polarity: z
      .enum(['alpha0-edits', 'white-edits'])
      .optional()
      .describe("How the engine reads a mask: OpenAI's way, or white pixels are painted anew."),
  })
  .describe('How pictures to edit are sent.');

/** Whatever a dialect says of an engine can be said otherwise, for the engine or for one of its models. */
const overrides = {
  send_model: z
    .boolean()
    .optional()
    .describe('Is the name of the model sent? Some engines have one model only.'),
  response_format: z
    .enum(['b64_json', 'omit'])
    .optional()
    .describe('Is response_format sent? OpenAI refuses it on newer models.'),
  max_n: z.number().int().min(1).max(10).optional().describe('Images of one call; more become calls of one.'),
  output_formats: z
    .array(engineFormat)
    .min(1)
    .optional()
    .describe('What the engine writes. Others are converted.'),
  parameters: z
    .array(z.enum([...extras, 'quality', 'background', 'output_compression', 'user']))
    .optional()
    .describe('The parameters, beside size, n and output_format, that the engine has.'),
  draw_seed: z.boolean().optional().describe('Send a random seed where none is asked for.'),
  prompt_max_chars: z.number().int().min(1).max(1_000_000).optional(),
  guidance: z
    .enum(['txt_cfg', 'distilled_guidance'])
    .optional()
    .describe('What guidance_scale means on sdcpp; Flux models have distilled_guidance.'),
  size: size.optional(),
  edits: edits.optional(),
  extra_body: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Members that every call carries as they stand here.'),
};

const price = z.union([
  z.literal('free'),
  z.strictObject({ per_image_usd: z.number().min(0).max(1000).describe('US dollars for one image.') }),
]);

const model = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/, 'use letters, digits, dots, dashes, colons, underscores')
    .describe('Its name for callers: engine/id, and id alone where no other model has it.'),
  upstream_model: z.string().min(1).optional().describe('Its name for the engine; default: the id.'),
  like: z
    .string()
    .min(1)
    .optional()
    .describe('The model of the catalogue that this is, such as gpt-image-2: it is served under that name.'),
  title: z.string().min(1).optional(),
  price: price.optional().describe('free, or US dollars for one image; unknown when absent.'),
  ...overrides,
});

const engine = z
  .strictObject({
    name: cellName,
    dialect: z.enum(dialects).default('openai').describe('Whose ways of the wire it has.'),
    base_url: z.string().describe('Its address, with or without /v1 at its end.'),
    api_key: secretText
      .optional()
      .describe('Sent as a bearer token, by reference to an environment variable.'),
    header: z
      .strictObject({ name: z.string().regex(/^[A-Za-z0-9-]+$/), value: secretText })
      .optional()
      .describe('A header with a key, where the engine wants no bearer token.'),
    concurrency: z.number().int().min(1).max(1000).optional().describe('Calls that run at the same time.'),
    timeout_seconds: z
      .number()
      .int()
      .min(1)
      .max(86_400)
      .optional()
      .describe('For a whole call. Default 1800.'),
    price: price.optional().describe('Of its models that say nothing themselves.'),
    models: z.array(model).min(1),
    ...overrides,
  })
  .refine((each) => each.api_key === undefined || each.header === undefined, {
    error: 'api_key and header are two ways to say one thing: keep one.',
    path: ['header'],
  });

export const engines = z
  .array(engine)
  .describe("Engines that speak OpenAI's Images API, or nearly: self-hosted ones and gateways.");

export type EngineSettings = z.infer<typeof engine>;
export type ModelSettings = z.infer<typeof model>;
export type Overrides = Pick<ModelSettings, keyof typeof overrides>;
export type Dialect = EngineSettings['dialect'];
export type Extra = (typeof extras)[number];
