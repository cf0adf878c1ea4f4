import { PictorError } from '../../foundation/index.ts';
import { toError as toImageError } from '../../images/index.ts';

/** What went wrong in a turn, as an error that can be answered and kept. */
export function toError(error: unknown): PictorError {
  const known = toImageError(error);
  if (known.code !== 'internal_error') return known;
  return new PictorError({
    code: 'internal_error',
    message:
      'Pictor failed while it made this response. The log has the details under the id of the response.',
    cause: error,
  });
}
