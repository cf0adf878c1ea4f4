import { PictorError } from '../foundation/index.ts';
import type { PutLimits } from '../storage/index.ts';

/** The largest picture that any model takes; each model's own limit is checked once the model is known. */
export const maxUploadBytes = 50 * 1024 * 1024;

/** Limits for storing the picture that errors call `param`. More bytes end the upload with the error of that picture. */
export function limitUpload(param: string): Required<Pick<PutLimits, 'maxBytes' | 'tooLarge'>> {
  return {
    maxBytes: maxUploadBytes,
    tooLarge: () =>
      new PictorError({
        code: param === 'mask' ? 'invalid_mask_image_format' : 'image_too_large',
        message: `${param} has more than ${maxUploadBytes / (1024 * 1024)} MB, which is the most that any model takes.`,
        param,
      }),
  };
}
