import type { OutputFormat } from '../../models/index.ts';
import type { Dialect, Extra, Overrides } from './settings.ts';

export type EngineFormat = Extract<OutputFormat, 'png' | 'jpeg' | 'webp'>;

/** Parameters that an engine has or lacks; size, n and output_format go their own ways. */
export type EngineParameter = Extra | 'quality' | 'background' | 'output_compression' | 'user';

/** What is known of an engine's wire: its dialect's preset, with what pictor.yaml says otherwise. */
export type Traits = {
  readonly dialect: Dialect;
  readonly sendModel: boolean;
  readonly responseFormat: 'b64_json' | 'omit';
  /** Images that one call can ask for. */
  readonly maxN: number;
  /** What the engine writes by itself. */
  readonly outputFormats: readonly EngineFormat[];
  readonly parameters: readonly EngineParameter[];
  /** Engines with a fixed seed of their own would draw the same picture again. */
  readonly drawSeed: boolean;
  readonly promptMaxChars: number;
  readonly guidance: 'txt_cfg' | 'distilled_guidance';
  readonly size: SizeTraits;
  readonly edits: EditTraits;
  readonly extraBody: Readonly<Record<string, unknown>>;
};

export type SizeTraits = {
  readonly sizes: readonly string[] | null;
  /** `auto`: nothing is sent. */
  readonly default: string;
  readonly multipleOf: number;
  readonly minEdge: number;
  readonly maxEdge: number;
  readonly maxPixels: number;
  readonly common: readonly string[];
};

export type EditTraits = {
  readonly transport: 'multipart' | 'json-base64' | 'none';
  readonly path: string;
  readonly imageField: string;
  readonly maxImages: number;
  /** Null: there is no mask. */
  readonly maskField: string | null;
  readonly maskPath: string;
  readonly maskPolarity: 'alpha0-edits' | 'white-edits';
};

const diffusionSize: SizeTraits = {
  sizes: null,
  default: 'auto',
  multipleOf: 16,
  minEdge: 64,
  maxEdge: 4096,
  maxPixels: 4096 * 4096,
  common: ['1024x1024', '1536x1024', '1024x1536'],
};

const formEdits: EditTraits = {
  transport: 'multipart',
  path: '/images/edits',
  imageField: 'image[]',
  maxImages: 16,
  maskField: 'mask',
  maskPath: '/images/edits',
  maskPolarity: 'white-edits',
};

const diffusion = {
  sendModel: true,
  responseFormat: 'b64_json',
  maxN: 10,
  outputFormats: ['png', 'jpeg', 'webp'],
  drawSeed: false,
  promptMaxChars: 32_000,
  guidance: 'txt_cfg',
  size: diffusionSize,
  edits: formEdits,
  extraBody: {},
} as const;

/** The dialects as their servers' sources have them; see the upstreams of the tests for source and commit. */
const presets: Readonly<Record<Dialect, Omit<Traits, 'dialect'>>> = {
  openai: {
    ...diffusion,
    parameters: ['quality', 'background', 'output_compression', 'user'],
    edits: { ...formEdits, maskPolarity: 'alpha0-edits' },
  },
  'vllm-omni': {
    ...diffusion,
    parameters: [
      'seed',
      'negative_prompt',
      'num_inference_steps',
      'guidance_scale',
      'true_cfg_scale',
      'output_compression',
      'user',
    ],
    edits: { ...formEdits, imageField: 'image', maskField: 'mask_image' },
  },
  sglang: {
    ...diffusion,
    parameters: [
      'seed',
      'negative_prompt',
      'num_inference_steps',
      'guidance_scale',
      'true_cfg_scale',
      'background',
      'output_compression',
      'user',
    ],
    // Its form has a mask that no line of its code reads.
    edits: { ...formEdits, maskField: null },
    // Without one, builds until 2026 always began with 1024.
    drawSeed: true,
  },
  localai: {
    ...diffusion,
    outputFormats: ['png'],
    parameters: ['seed', 'negative_prompt', 'num_inference_steps', 'output_compression'],
    size: { ...diffusionSize, default: '512x512', common: ['512x512', '1024x1024'] },
    edits: {
      ...formEdits,
      transport: 'json-base64',
      path: '/images/generations',
      imageField: 'files',
      maskPath: '/images/inpainting',
    },
  },
  sdcpp: {
    ...diffusion,
    sendModel: false,
    responseFormat: 'omit',
    parameters: [
      'seed',
      'negative_prompt',
      'num_inference_steps',
      'guidance_scale',
      'true_cfg_scale',
      'output_compression',
    ],
    size: { ...diffusionSize, common: ['512x512', '1024x1024'] },
  },
};

/** Calls at the same time, where pictor.yaml does not say: sd-server has one mutex around everything. */
export function defaultConcurrency(dialect: Dialect): number {
  return dialect === 'sdcpp' ? 1 : 8;
}

/** The preset with what was said otherwise, first for the engine, then for the model. */
export function readTraits(dialect: Dialect, ...said: readonly Overrides[]): Traits {
  return said.reduce<Traits>(override, { dialect, ...presets[dialect] });
}

function override(traits: Traits, said: Overrides): Traits {
  const { size = {}, edits = {} } = said;
  // One route for both stays one route.
  const sharedPath = traits.edits.maskPath === traits.edits.path ? edits.path : undefined;
  return {
    dialect: traits.dialect,
    sendModel: said.send_model ?? traits.sendModel,
    responseFormat: said.response_format ?? traits.responseFormat,
    maxN: said.max_n ?? traits.maxN,
    outputFormats: said.output_formats ?? traits.outputFormats,
    parameters: said.parameters ?? traits.parameters,
    drawSeed: said.draw_seed ?? traits.drawSeed,
    promptMaxChars: said.prompt_max_chars ?? traits.promptMaxChars,
    guidance: said.guidance ?? traits.guidance,
    extraBody: { ...traits.extraBody, ...said.extra_body },
    size: {
      sizes: size.sizes ?? traits.size.sizes,
      default: size.default ?? traits.size.default,
      multipleOf: size.multiple_of ?? traits.size.multipleOf,
      minEdge: size.min_edge ?? traits.size.minEdge,
      maxEdge: size.max_edge ?? traits.size.maxEdge,
      maxPixels: size.max_pixels ?? traits.size.maxPixels,
      common: size.common ?? size.sizes ?? traits.size.common,
    },
    edits: {
      transport: edits.transport ?? traits.edits.transport,
      path: edits.path ?? traits.edits.path,
      imageField: edits.image_field ?? traits.edits.imageField,
      maxImages: edits.max_images ?? traits.edits.maxImages,
      maskField: edits.mask_field === undefined ? traits.edits.maskField : edits.mask_field,
      maskPath: edits.mask_path ?? sharedPath ?? traits.edits.maskPath,
      maskPolarity: edits.mask_polarity ?? traits.edits.maskPolarity,
    },
  };
}
