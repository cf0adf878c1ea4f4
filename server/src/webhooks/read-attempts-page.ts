import { PictorError } from '../foundation/index.ts';

const defaultLimit = 50;
const maxLimit = 200;

/** `limit` and `after` of a list of attempts. Throws `invalid_value`. */
export function readAttemptsPage(query: Readonly<Record<string, unknown>>): {
  readonly limit: number;
  readonly after: string | undefined;
} {
  const { limit = String(defaultLimit), after } = query;
  const wanted = typeof limit === 'string' && /^\d{1,9}$/.test(limit) ? Number(limit) : 0;
  if (wanted < 1 || wanted > maxLimit) {
    throw refuse('limit', `The limit must be a whole number from 1 to ${maxLimit}.`);
  }
  if (after === undefined || after === '') return { limit: wanted, after: undefined };
  if (typeof after !== 'string' || !/^wha_[0-9a-f]{32}$/.test(after)) {
    throw refuse('after', 'The cursor after must be the id of an attempt: the last_id of the page before.');
  }
  return { limit: wanted, after };
}

function refuse(param: string, message: string): PictorError {
  return new PictorError({ code: 'invalid_value', message, param });
}
