import type { ContentBlock, PromptModel, PromptTemplate } from '@pictor/api';
import { PictorError } from '../../foundation/index.ts';

/** A completion prompt in the words of the Images API. */
export type ImagesBody = {
  readonly prompt: string;
  readonly model?: string;
  readonly images?: readonly { readonly image_url: string }[];
  readonly [parameter: string]: unknown;
};

/** The body that a rendered completion prompt becomes. Throws `invalid_value` for a chat. */
export function toImagesBody(template: PromptTemplate, model: PromptModel | null): ImagesBody {
  if (template.type !== 'completion') {
    throw new PictorError({
      code: 'invalid_value',
      message: 'This prompt is a chat, and the Images API takes one text: send it to /v1/responses.',
      param: 'prompt_template',
    });
  }
  const images = template.content.flatMap(toImage);
  return {
    ...model?.parameters,
    prompt: template.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n'),
    ...(model === null ? {} : { model: model.name }),
    ...(images.length === 0 ? {} : { images }),
  };
}

function toImage(block: ContentBlock): { image_url: string }[] {
  switch (block.type) {
    case 'image_url':
      return [{ image_url: block.image_url.url }];
    case 'media':
      return [{ image_url: block.media.url }];
    case 'output_media':
      return [{ image_url: block.url }];
    case 'text':
    case 'media_variable':
      return [];
  }
}
