import type { ModelRow } from '../models/index.ts';
import { freeSizes, gptImageBase, gptImageParameters } from './gpt-image-rules.ts';

function gptImage26(variant: { id: string; title: string }): ModelRow {
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
      output_format: {
        kind: 'choice',
        values: ['png', 'jpeg', 'webp', 'gif', 'svg'],
        default: 'png',
        unchecked: ['gif', 'svg'],
      },
    },
    size: freeSizes,
    outputFormats: ['png', 'jpeg', 'webp', 'gif', 'svg'],
    passThrough: ['complexity', 'svg', 'frame_count', 'frame_duration_ms'],
    tokens: 'gpt-image-2.6',
    lifecycle: {
      released: '2026-11-04',
      source: 'npm openai 7.55.0, CHANGELOG and resources/images.d.ts',
      sourceDate: '2026-11-10',
    },
    notes: [
      {
        text: 'The vendor names 2.6 neither in its text on sizes nor in that on xhigh and max; both are taken from 2.5.',
        source: 'docs.apiyi.com gpt-image-2-6',
        date: '2026-11-05',
      },
      {
        text: 'low and medium are said to cost three to four times the tokens of 2.5. The exact numbers are not published: what Pictor computes for them is a ceiling (48 patches of the 2.5 formula), and what the service reports counts.',
        source: 'docs.laozhang.ai gpt-image-2-6',
        date: '2026-11-05',
      },
      {
        text: 'SVG output needs n=1; GIF and SVG take no stream, previews, or output_compression. SVG edits do not exist.',
        source: 'npm openai 7.55.0, resources/images.d.ts',
        date: '2026-11-10',
      },
    ],
  };
}

/** GPT Image 2.6: 2.5 with GIF and SVG output, which Pictor hands on unread. */
export const gptImage26Rows: readonly ModelRow[] = [
  gptImage26({ id: 'gpt-image-2.6-sunburst', title: 'GPT Image 2.6 Sunburst' }),
  gptImage26({ id: 'gpt-image-2.6-flare', title: 'GPT Image 2.6 Flare' }),
];
