import type { ModelRow } from '../models/index.ts';
import { freeSizes, gptImageBase, gptImageParameters, withSnapshots } from './gpt-image-rules.ts';

const gptImage2: ModelRow = {
  ...gptImageBase,
  id: 'gpt-image-2',
  title: 'GPT Image 2',
  parameters: {
    ...gptImageParameters,
    background: { kind: 'choice', values: ['auto', 'opaque'], default: 'auto' },
  },
  size: freeSizes,
  outputFormats: ['png', 'jpeg', 'webp'],
  passThrough: [],
  tokens: 'gpt-image-2',
  lifecycle: {
    released: '2026-04-21',
    source: 'npm openai 7.55.0, resources/images.d.ts',
    sourceDate: '2026-11-10',
  },
  notes: [
    {
      text: 'background "transparent" was an error when the model came; newer SDK types call it a preview. Pictor keeps the error.',
      source: 'npm openai 7.55.0, resources/images.d.ts',
      date: '2026-11-10',
    },
    {
      text: 'Sizes above 2560x1440 are experimental.',
      source: 'developers.openai.com image generation guide',
      date: '2026-11-21',
    },
    {
      text: 'input_fidelity must be omitted: the model always works at high fidelity.',
      source: 'npm openai 7.55.0, resources/images.d.ts',
      date: '2026-11-10',
    },
  ],
};

/** GPT Image 2: free sizes, opaque backgrounds only. */
export const gptImage2Rows: readonly ModelRow[] = withSnapshots(gptImage2, ['2026-04-21']);
