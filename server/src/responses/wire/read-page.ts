import { PictorError } from '../../foundation/index.ts';
import type { Item } from '../items/item.ts';

export type Query = Readonly<Record<string, unknown>>;

export type ItemPage = { readonly data: readonly Item[]; readonly hasMore: boolean };

/** One page of items as `limit` (20 by default, 100 at most), `order` (newest first by default) and `after` say. */
export function pageOf(items: readonly Item[], query: Query): ItemPage {
  const limit = readLimit(query.limit);
  const ordered = readOrder(query.order) === 'asc' ? items : items.toReversed();
  const start = readStart(ordered, query.after);
  const data = ordered.slice(start, start + limit);
  return { data, hasMore: ordered.length > start + limit };
}

/** `include` of an address: `?include=a&include=b`, or `include[]=a` as the official clients write it. */
export function readIncludes(query: Query): readonly string[] {
  return [query.include, query['include[]']]
    .flat()
    .flatMap((each) => (typeof each === 'string' ? each.split(',') : []));
}

function readLimit(text: unknown): number {
  if (text === undefined) return 20;
  const limit = typeof text === 'string' && /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= 100) return limit;
  throw new PictorError({
    code: 'invalid_value',
    message: 'The limit must be a whole number from 1 to 100.',
    param: 'limit',
  });
}

function readOrder(text: unknown): 'asc' | 'desc' {
  if (text === undefined || text === 'desc') return 'desc';
  if (text === 'asc') return 'asc';
  throw new PictorError({ code: 'invalid_value', message: 'The order is asc or desc.', param: 'order' });
}

function readStart(items: readonly Item[], after: unknown): number {
  if (after === undefined || after === '') return 0;
  const index = items.findIndex((item) => item.id === after);
  if (index >= 0) return index + 1;
  throw new PictorError({
    code: 'invalid_value',
    message: 'The cursor after must be the id of an item of this list: the last_id of the page before.',
    param: 'after',
  });
}
