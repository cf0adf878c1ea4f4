import type { DatedNote, Lifecycle, ModelRow } from '../models/index.ts';
import {
  gptImageBase,
  gptImageParameters,
  inputFidelity,
  threeSizes,
  withSnapshots,
} from './gpt-image-rules.ts';

const announcedEnd = {
  shutdown: '2026-12-01',
  replacement: 'gpt-image-2.5-sunburst',
  source: 'dev.to/max_bob, every shutdown date, compared there with shutdown_date of GET /v1/models',
  sourceDate: '2026-10-27',
};

const maskNote: DatedNote = {
  text: 'The reference of the edits route limits the mask to 4 MB; the image guide gives masks the 50 MB of images.',
  source: 'developers.openai.com image generation guide',
  date: '2026-03-04',
};

function firstGeneration(facts: {
  id: string;
  title: string;
  lifecycle: Lifecycle;
  notes?: readonly DatedNote[];
}): ModelRow {
  return {
    ...gptImageBase,
    id: facts.id,
    title: facts.title,
    parameters: { ...gptImageParameters, input_fidelity: inputFidelity },
    size: threeSizes,
    outputFormats: ['png', 'jpeg', 'webp'],
    passThrough: [],
    tokens: 'gpt-image-1',
    lifecycle: facts.lifecycle,
    notes: [maskNote, ...(facts.notes ?? [])],
  };
}

const gptImage1 = firstGeneration({
  id: 'gpt-image-1',
  title: 'GPT Image 1',
  lifecycle: {
    released: '2025-04-23',
    retired: '2026-10-23',
    replacement: 'gpt-image-2.5-sunburst',
    source: 'npm openai 7.55.0, resources/images.d.ts',
    sourceDate: '2026-11-10',
  },
});

const mini: ModelRow = {
  ...firstGeneration({
    id: 'gpt-image-1-mini',
    title: 'GPT Image 1 mini',
    lifecycle: { released: '2025-10-06', ...announcedEnd },
    notes: [
      {
        text: 'input_fidelity: the API reference of spring 2026 calls it unsupported, newer SDK types accept low only.',
        source: 'npm openai 7.55.0, resources/images.d.ts',
        date: '2026-11-10',
      },
    ],
  }),
  parameters: {
    ...gptImageParameters,
    input_fidelity: { kind: 'choice', values: ['low'], default: 'low' },
  },
};

const gptImage15 = firstGeneration({
  id: 'gpt-image-1.5',
  title: 'GPT Image 1.5',
  lifecycle: { released: '2025-12-16', ...announcedEnd },
});

const chatgptLatest = firstGeneration({
  id: 'chatgpt-image-latest',
  title: 'ChatGPT image, latest',
  lifecycle: { released: '2025-12-16', ...announcedEnd },
  notes: [
    {
      text: 'Its vendor says only that it follows the limits of the GPT Image models; rules and prices are those of gpt-image-1.5.',
      source: 'npm openai 7.55.0, resources/images.d.ts',
      date: '2026-11-10',
    },
  ],
});

/** GPT Image, first generation: three sizes, and a fidelity that the caller may choose. */
export const gptImage1Rows: readonly ModelRow[] = [
  gptImage1,
  mini,
  ...withSnapshots(gptImage15, ['2025-12-16']),
  chatgptLatest,
];
