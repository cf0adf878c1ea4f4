import { z } from 'zod';
import { cleanText } from '../database/index.ts';
import type { ClosingRecord, OpeningRecord } from './request-record.ts';

/** Of an answer, what its request is found by. Whatever is not as expected counts as absent. */
const answered = z.object({
  applied: z
    .object({
      size: z.object({ width: z.int(), height: z.int() }).optional().catch(undefined),
      quality: z.string().optional().catch(undefined),
      outputFormat: z.string().optional().catch(undefined),
    })
    .catch({}),
  images: z.array(z.object({ revisedPrompt: z.string().optional().catch(undefined) })).catch([]),
  parts: z.array(z.object({ text: z.string().optional().catch(undefined) })).catch([]),
});

/** What a request is found by while nothing has come of it: as it was asked. */
export function askedFacts({ parameters, inputs }: Pick<OpeningRecord, 'parameters' | 'inputs'>) {
  return {
    size: textOf(parameters.size),
    quality: textOf(parameters.quality),
    format: textOf(parameters.output_format),
    has_mask: inputs.some((image) => image.role === 'mask'),
  };
}

/** What a request is found by once it ended: as it was made. Null: nothing was, or it is not known. */
export function answeredFacts({ answer, usage }: Pick<ClosingRecord, 'answer' | 'usage'>) {
  const { applied, images, parts } = answered.parse(answer ?? {});
  const said = [...images.map((image) => image.revisedPrompt), ...parts.map((part) => part.text)];
  const texts = said.filter((text) => text !== undefined && text !== '');
  return {
    input_tokens: usage === null ? null : (usage.textIn ?? 0) + (usage.imageIn ?? 0),
    output_tokens: usage === null ? null : (usage.textOut ?? 0) + (usage.imageOut ?? 0),
    output_text: texts.length === 0 ? null : texts.join('\n'),
    image_count: images.length,
    size: applied.size === undefined ? null : `${applied.size.width}x${applied.size.height}`,
    quality: applied.quality ?? null,
    format: applied.outputFormat ?? null,
  };
}

/** Of a parameter that may be anything. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.length <= 100 ? cleanText(value) : null;
}
