import type { Endpoint } from '../models/index.ts';

/** Parameters that only GPT Image models have: their presence says which family a caller means. */
const gptOnlyParameters: readonly string[] = [
  'background',
  'output_format',
  'output_compression',
  'moderation',
  'partial_images',
  'input_fidelity',
  'safety_identifier',
];
const gptOnlyQualities: readonly unknown[] = ['low', 'medium', 'high'];
const gptOnlySizes: readonly unknown[] = ['1536x1024', '1024x1536'];

/**
 * The model of a request that names none: the operator's setting, else what OpenAI's reference says. Generations
 * default to dall-e-2 unless something is asked that only GPT Image models have, edits to gpt-image-1.5, variations
 * to dall-e-2. On the Responses API it is the model behind the image_generation tool.
 */
export function defaultModel(
  asked: Readonly<Record<string, unknown>>,
  endpoint: Endpoint,
  settingDefault?: string,
): string {
  if (settingDefault !== undefined) return settingDefault;
  switch (endpoint) {
    case 'images.generations':
      return asksForGptImage(asked) ? 'gpt-image-1.5' : 'dall-e-2';
    case 'images.edits':
      return 'gpt-image-1.5';
    case 'images.variations':
      return 'dall-e-2';
    case 'responses':
      return 'gpt-image-2';
  }
}

function asksForGptImage(asked: Readonly<Record<string, unknown>>): boolean {
  return (
    gptOnlyParameters.some((name) => Object.hasOwn(asked, name)) ||
    asked.stream === true ||
    gptOnlyQualities.includes(asked.quality) ||
    gptOnlySizes.includes(asked.size)
  );
}
