import { PictorError } from '../foundation/index.ts';
import type { Page } from './queries.ts';

const defaultLimit = 50;
const maxLimit = 200;

/** `limit` and `after` of a list's address. Throws the caller's errors. */
export function readPage(query: Readonly<Record<string, unknown>>): Page {
  const after = readAfter(query.after);
  return { limit: readLimit(query.limit), ...(after === undefined ? {} : { after }) };
}

/** The id of a request from an address: `req_…`, or `img-…` as answers spell it for gateways' clients. */
export function toRequestId(text: string): string {
  return text.replace(/^img-/, 'req_');
}

function readLimit(text: unknown): number {
  if (text === undefined) return defaultLimit;
  const limit = typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (limit >= 1 && limit <= maxLimit) return limit;
  throw new PictorError({
    code: 'invalid_value',
    message: `The limit must be a whole number from 1 to ${maxLimit}.`,
    param: 'limit',
  });
}

function readAfter(text: unknown): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (typeof text === 'string' && /^(req_|img-)[0-9a-f]{32}$/.test(text)) return toRequestId(text);
  throw new PictorError({
    code: 'invalid_value',
    message: 'The cursor after must be the id of a request: the last_id of the page before.',
    param: 'after',
  });
}
