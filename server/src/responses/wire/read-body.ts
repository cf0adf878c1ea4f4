import { PictorError } from '../../foundation/index.ts';
import { isWire, type Wire } from '../items/item.ts';

/** The members of a JSON body; null means absent. Lists and objects within stay as they are: schemas may hold nulls. */
export function readBody(body: unknown): Wire {
  if (body === undefined) {
    throw new PictorError({ code: 'invalid_json', message: 'The body is empty: send a JSON object.' });
  }
  if (!isWire(body)) {
    throw new PictorError({ code: 'invalid_type', message: 'The body must be a JSON object.' });
  }
  if (Object.hasOwn(body, '__proto__')) {
    throw new PictorError({
      code: 'unknown_parameter',
      message: "Unknown parameter: '__proto__'.",
      param: '__proto__',
    });
  }
  return Object.fromEntries(Object.entries(body).filter(([, member]) => member !== null));
}
