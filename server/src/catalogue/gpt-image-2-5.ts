import type { ModelRow } from '../models/index.ts';
import { freeSizes, gptImageBase, gptImageParameters, withSnapshots } from './gpt-image-rules.ts';

function gptImage25(variant: { id: string; title: string }): ModelRow {
  return {
    ...gptImageBase,
    ...variant,
    parameters: {
      ...gptImageParameters,
      quality: {
        kind: 'choice',
        values: ['auto', 'low', 'medium', 'high', 'xhigh', 'max'],
        default: 'auto',
      },
    },
    size: freeSizes,
    outputFormats: ['png', 'jpeg', 'webp'],
    passThrough: ['markup'],
    tokens: 'gpt-image-2.5',
    lifecycle: {
      released: '2026-09-08',
      source: 'npm openai 7.55.0, CHANGELOG and resources/images.d.ts',
      sourceDate: '2026-11-10',
    },
    notes: [
      {
        text: 'The same quality word costs other tokens than on gpt-image-2: high is 1756 here and 7024 there at 1024x1024.',
        source: 's-anand.net, measured quality factors',
        date: '2026-09-26',
      },
      {
        text: 'input_fidelity is refused, as on gpt-image-2.',
        source: 'public client repositories',
        date: '2026-11-21',
      },
    ],
  };
}

/** GPT Image 2.5: five quality levels and transparency. */
export const gptImage25Rows: readonly ModelRow[] = [
  ...withSnapshots(gptImage25({ id: 'gpt-image-2.5-sunburst', title: 'GPT Image 2.5 Sunburst' }), [
    '2026-09-08',
  ]),
  ...withSnapshots(gptImage25({ id: 'gpt-image-2.5-flare', title: 'GPT Image 2.5 Flare' }), ['2026-09-08']),
];
