import type { RequestImage } from '@pictor/sdk';

/** The prompt of an image, where the image itself tells it, as those of the gallery do. */
export function readPrompt(image: RequestImage): string {
  return typeof image.prompt === 'string' ? image.prompt : '';
}
