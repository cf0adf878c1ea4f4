import type { InputRule, ModelRow, ParameterRule } from '../models/index.ts';

const endUser: ParameterRule = { kind: 'text', maxLength: 512 };
const urlOrBase64: ParameterRule = { kind: 'choice', values: ['url', 'b64_json'], default: 'url' };
const fourMegabytes = 4 * 1024 * 1024;

const onePng: InputRule = {
  maxImages: 1,
  maxImageBytes: fourMegabytes,
  mediaTypes: ['image/png'],
  mustBeSquare: true,
  mask: 'native',
  maxMaskBytes: fourMegabytes,
};

const retirement = {
  retired: '2026-05-12',
  replacement: 'gpt-image-2.5-sunburst',
  source: 'npm openai 7.55.0, resources/images.d.ts',
  sourceDate: '2026-11-10',
};

const dallE2: ModelRow = {
  id: 'dall-e-2',
  title: 'DALL·E 2',
  vendor: 'openai',
  family: 'dall-e',
  aliases: [],
  endpoints: ['images.generations', 'images.edits', 'images.variations'],
  unknownParameters: 'refuse',
  promptMaxChars: 1000,
  parameters: {
    n: { kind: 'integer', min: 1, max: 10, default: 1 },
    quality: { kind: 'choice', values: ['standard'], default: 'standard' },
    response_format: urlOrBase64,
    user: endUser,
  },
  size: { kind: 'fixed', sizes: ['256x256', '512x512', '1024x1024'], default: '1024x1024' },
  edits: onePng,
  variations: { ...onePng, mask: false, maxMaskBytes: 0 },
  outputFormats: ['png'],
  passThrough: [],
  tokens: 'none',
  lifecycle: { released: '2022-11-03', ...retirement },
  notes: [
    {
      text: 'The vendor answers no more requests on its variations route; it points to edits with a prompt.',
      source: 'npm openai 7.55.0, resources/images.d.ts',
      date: '2026-11-10',
    },
  ],
};

const dallE3: ModelRow = {
  id: 'dall-e-3',
  title: 'DALL·E 3',
  vendor: 'openai',
  family: 'dall-e',
  aliases: [],
  endpoints: ['images.generations'],
  unknownParameters: 'refuse',
  promptMaxChars: 4000,
  parameters: {
    n: { kind: 'integer', min: 1, max: 1, default: 1 },
    quality: { kind: 'choice', values: ['standard', 'hd'], default: 'standard' },
    style: { kind: 'choice', values: ['vivid', 'natural'], default: 'vivid' },
    response_format: urlOrBase64,
    user: endUser,
  },
  size: { kind: 'fixed', sizes: ['1024x1024', '1792x1024', '1024x1792'], default: '1024x1024' },
  outputFormats: ['png'],
  passThrough: [],
  tokens: 'none',
  lifecycle: { released: '2023-11-06', ...retirement },
  notes: [],
};

/** OpenAI's DALL·E models: retired by their vendor, still spoken by many compatible servers. */
export const dallERows: readonly ModelRow[] = [dallE2, dallE3];
