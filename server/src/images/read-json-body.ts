import { editBody, type ImageReference } from '@pictor/api';
import { PictorError } from '../foundation/index.ts';
import { readParameters } from '../http/index.ts';
import type { InputSource, ReadBody } from './input-source.ts';

/**
 * Reads a JSON body of any image route. Pictures come as `images: [{image_url | file_id}]` with `mask: {…}` (OpenAI),
 * or as `image: string | string[]` with `mask: string`, each a data URL, an address or bare base64 (gateways).
 */
export function readJsonBody(body: unknown): ReadBody {
  const { images, image, mask, ...parameters } = readParameters(editBody, body);
  if (images !== undefined && image !== undefined) {
    throw new PictorError({
      code: 'invalid_value',
      message: 'Send the pictures as images or as image, not both.',
      param: 'image',
    });
  }
  const sources =
    images === undefined
      ? listOf(image).map((text, index) => readText(text, Array.isArray(image) ? `image[${index}]` : 'image'))
      : images.map((reference, index) => readReference(reference, `images[${index}]`));
  return {
    parameters,
    images: sources,
    ...(mask === undefined
      ? {}
      : { mask: typeof mask === 'string' ? readText(mask, 'mask') : readReference(mask, 'mask') }),
  };
}

function listOf(image: string | readonly string[] | undefined): readonly string[] {
  if (image === undefined) return [];
  return typeof image === 'string' ? [image] : image;
}

/**
 * A string that stands for a picture: data URL, address, or bare base64, which has no colon. Addresses other than
 * http(s) are told so by whoever fetches.
 */
export function readText(text: string, param: string): InputSource {
  if (/^(?!data:)[a-z][a-z0-9+.-]*:/i.test(text)) return { param, from: { type: 'url', url: text } };
  return { param, from: { type: 'data', text } };
}

function readReference(reference: ImageReference, param: string): InputSource {
  const { image_url: url, file_id: fileId } = reference;
  if ((url === undefined) === (fileId === undefined)) {
    throw new PictorError({
      code: url === undefined ? 'missing_required_parameter' : 'invalid_value',
      message: `${param} must have exactly one of image_url and file_id.`,
      param,
    });
  }
  if (fileId !== undefined) return { param: `${param}.file_id`, from: { type: 'file', fileId } };
  return readText(url ?? '', `${param}.image_url`);
}
