import type { ModelRow, PriceRow } from '../../models/index.ts';

const common = ['1024x1024', '1536x1024', '1024x1536'] as const;
const mediaTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;

/** The model that is always there: free, offline, and the same picture for the same words and seed. */
export const sketchRow: ModelRow = {
  id: 'sketch-1',
  title: 'Sketch 1',
  vendor: 'pictor',
  family: 'sketch',
  aliases: ['sketch'],
  endpoints: ['images.generations', 'images.edits', 'images.variations'],
  unknownParameters: 'drop',
  promptMaxChars: 32_000,
  parameters: {
    n: { kind: 'integer', min: 1, max: 10, default: 1 },
    quality: { kind: 'choice', values: ['low', 'medium', 'high', 'auto'], default: 'auto' },
    background: { kind: 'choice', values: ['transparent', 'opaque', 'auto'], default: 'auto' },
    output_format: { kind: 'choice', values: ['png', 'jpeg', 'webp'], default: 'png' },
    output_compression: { kind: 'integer', min: 0, max: 100, default: 100 },
    moderation: { kind: 'choice', values: ['auto', 'low'], default: 'auto' },
    response_format: { kind: 'choice', values: ['b64_json', 'url'], default: 'b64_json' },
    input_fidelity: { kind: 'choice', values: ['low', 'high'], default: 'low' },
    stream: { kind: 'flag', default: false },
    partial_images: { kind: 'integer', min: 0, max: 3, default: 0 },
    seed: { kind: 'integer', min: 0, max: 2_147_483_647 },
    user: { kind: 'text', maxLength: 512 },
    safety_identifier: { kind: 'text', maxLength: 512 },
  },
  size: {
    kind: 'free',
    multipleOf: 1,
    maxEdge: 3840,
    minEdge: 64,
    maxRatio: 60,
    minPixels: 4096,
    maxPixels: 3840 * 3840,
    common,
    default: '1024x1024',
  },
  edits: {
    maxImages: 16,
    maxImageBytes: 50 * 1024 * 1024,
    mediaTypes,
    mustBeSquare: false,
    mask: 'native',
    maxMaskBytes: 50 * 1024 * 1024,
  },
  variations: {
    maxImages: 1,
    maxImageBytes: 50 * 1024 * 1024,
    mediaTypes,
    mustBeSquare: false,
    mask: false,
    maxMaskBytes: 0,
  },
  outputFormats: ['png', 'jpeg', 'webp'],
  passThrough: [],
  tokens: 'none',
  lifecycle: { released: '2026-09-01', source: 'https://github.com/pictor/pictor', sourceDate: '2026-09-01' },
  notes: [],
};

export const sketchPrice: PriceRow = {
  id: 'pictor/sketch-1/2026-09-01',
  model: 'sketch-1',
  provider: '*',
  from: '2026-09-01',
  source: 'Pictor draws it itself',
  sourceDate: '2026-09-01',
  price: { mode: 'free' },
};
