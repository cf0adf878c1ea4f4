import { PictorError } from '../foundation/index.ts';
import { type Purpose, purposes } from './file-record.ts';

/** Reads the purpose of an upload. Throws `missing_required_parameter` and `invalid_value`. */
export function readPurpose(value: string | undefined): Purpose {
  const list = purposes.map((each) => `'${each}'`).join(', ');
  if (value === undefined) {
    throw new PictorError({
      code: 'missing_required_parameter',
      message: `The form says no purpose. Send one of ${list}.`,
      param: 'purpose',
    });
  }
  const purpose = purposes.find((each) => each === value);
  if (purpose !== undefined) return purpose;
  throw new PictorError({
    code: 'invalid_value',
    message: `Invalid purpose '${value.slice(0, 50)}'. It must be one of ${list}.`,
    param: 'purpose',
  });
}
