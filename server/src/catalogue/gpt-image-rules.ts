import type { GovernedParameter, InputRule, ModelRow, ParameterRule, SizeRule } from '../models/index.ts';

type ParameterRules = Readonly<Partial<Record<GovernedParameter, ParameterRule>>>;

const fiftyMegabytes = 50 * 1024 * 1024;

/** What every GPT Image model has. Rows add their own quality, background, format and fidelity. */
export const gptImageParameters = {
  n: { kind: 'integer', min: 1, max: 10, default: 1 },
  quality: { kind: 'choice', values: ['auto', 'low', 'medium', 'high'], default: 'auto' },
  background: { kind: 'choice', values: ['auto', 'transparent', 'opaque'], default: 'auto' },
  output_format: { kind: 'choice', values: ['png', 'jpeg', 'webp'], default: 'png' },
  output_compression: { kind: 'integer', min: 0, max: 100, default: 100 },
  moderation: { kind: 'choice', values: ['auto', 'low'], default: 'auto' },
  stream: { kind: 'flag', default: false },
  partial_images: { kind: 'integer', min: 0, max: 3, default: 0 },
  user: { kind: 'text', maxLength: 512 },
  safety_identifier: { kind: 'text', maxLength: 512 },
} as const satisfies ParameterRules;

/** How true to its input pictures an edit stays, on the models that leave it to the caller. */
export const inputFidelity: ParameterRule = { kind: 'choice', values: ['low', 'high'], default: 'low' };

/** The three sizes of the first generation. */
export const threeSizes: SizeRule = {
  kind: 'fixed',
  sizes: ['1024x1024', '1536x1024', '1024x1536'],
  default: 'auto',
};

/** Free sizes since gpt-image-2. There is no lower edge of its own: pixels and ratio bound it. */
export const freeSizes: SizeRule = {
  kind: 'free',
  multipleOf: 16,
  maxEdge: 3840,
  minEdge: 16,
  maxRatio: 3,
  minPixels: 655_360,
  maxPixels: 8_294_400,
  common: ['1024x1024', '1536x1024', '1024x1536', '1536x864', '2048x2048', '2560x1440', '3840x2160'],
  default: 'auto',
};

/** Pictures that an edit may bring. */
const gptImageInputs: InputRule = {
  maxImages: 16,
  maxImageBytes: fiftyMegabytes,
  mediaTypes: ['image/png', 'image/webp', 'image/jpeg'],
  mustBeSquare: false,
  mask: 'native',
  maxMaskBytes: fiftyMegabytes,
};

/** The members that are the same on every GPT Image row. */
export const gptImageBase = {
  vendor: 'openai',
  family: 'gpt-image',
  aliases: [],
  endpoints: ['images.generations', 'images.edits', 'responses'],
  unknownParameters: 'refuse',
  promptMaxChars: 32_000,
  edits: gptImageInputs,
} as const satisfies Partial<ModelRow>;

/** The rows of a model's dated snapshots: the same rules under their own name, so that answers tell what was asked. */
export function withSnapshots(row: ModelRow, dates: readonly string[]): readonly ModelRow[] {
  const snapshots = dates.map((date) => ({
    ...row,
    id: `${row.id}-${date}`,
    title: `${row.title} (${date})`,
  }));
  return [row, ...snapshots];
}
