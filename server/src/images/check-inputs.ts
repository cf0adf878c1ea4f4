import { PictorError } from '../foundation/index.ts';
import type { InputRule, JobKind, ModelRow } from '../models/index.ts';
import type { StoredInput } from './stored-image.ts';

/** Checks the pictures of a request against what its model takes. Throws the caller's errors; changes nothing. */
export function checkInputs(
  row: ModelRow,
  kind: JobKind,
  images: readonly StoredInput[],
  mask: StoredInput | undefined,
): void {
  if (kind === 'generate') return;
  const rule = kind === 'edit' ? row.edits : row.variations;
  if (rule === undefined) return;
  if (images.length === 0) {
    throw new PictorError({
      code: 'missing_required_parameter',
      message: 'This route needs a picture: send image (multipart) or images (JSON).',
      param: 'image',
    });
  }
  if (images.length > rule.maxImages) {
    throw new PictorError({
      code: 'too_many_images',
      message: `The model '${row.id}' takes at most ${rule.maxImages} ${rule.maxImages === 1 ? 'image' : 'images'}; ${images.length} were sent.`,
      param: 'image',
    });
  }
  for (const image of images) checkImage(row, rule, image);
  if (mask !== undefined) checkMask(row, rule, mask, images[0]);
}

function checkImage(row: ModelRow, rule: InputRule, image: StoredInput): void {
  if (!rule.mediaTypes.includes(image.mediaType)) {
    const formats = rule.mediaTypes.map((type) => type.replace('image/', '')).join(', ');
    throw new PictorError({
      code: 'invalid_image_format',
      message: `${image.param} is ${image.mediaType}; the model '${row.id}' takes ${formats}.`,
      param: image.param,
    });
  }
  if (image.animated) {
    throw new PictorError({
      code: 'invalid_image_format',
      message: `${image.param} is animated. Send a picture with a single frame.`,
      param: image.param,
    });
  }
  if (image.byteCount >= rule.maxImageBytes) {
    throw new PictorError({
      code: 'image_too_large',
      message: `${image.param} has ${image.byteCount} bytes; the model '${row.id}' takes less than ${inMegabytes(rule.maxImageBytes)}.`,
      param: image.param,
    });
  }
  if (rule.mustBeSquare && image.width !== image.height) {
    throw new PictorError({
      code: 'invalid_image',
      message: `${image.param} is ${image.width}x${image.height}; the model '${row.id}' takes square pictures only.`,
      param: image.param,
    });
  }
}

function checkMask(row: ModelRow, rule: InputRule, mask: StoredInput, first: StoredInput | undefined): void {
  if (rule.mask === false) {
    throw new PictorError({
      code: 'unknown_parameter',
      message: `The model '${row.id}' has no mask.`,
      param: 'mask',
    });
  }
  if (mask.mediaType !== 'image/png') throw wrongMask(`it is ${mask.mediaType}, and must be a PNG`);
  if (!mask.hasAlpha) throw wrongMask('it has no alpha channel; transparent pixels say where to edit');
  if (mask.byteCount >= rule.maxMaskBytes) {
    throw wrongMask(
      `it has ${mask.byteCount} bytes, and must have less than ${inMegabytes(rule.maxMaskBytes)}`,
    );
  }
  if (first !== undefined && (mask.width !== first.width || mask.height !== first.height)) {
    throw wrongMask(
      `it is ${mask.width}x${mask.height}, and must have the size of the first image, ${first.width}x${first.height}`,
    );
  }
}

function wrongMask(what: string): PictorError {
  return new PictorError({
    code: 'invalid_mask_image_format',
    message: `The mask cannot be used: ${what}.`,
    param: 'mask',
  });
}

function inMegabytes(bytes: number): string {
  return `${Math.round(bytes / (1024 * 1024))} MB`;
}
