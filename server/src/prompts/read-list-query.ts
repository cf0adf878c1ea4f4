import { PictorError } from '../foundation/index.ts';
import type { PromptFilter } from './versions/prompt-queries.ts';

const statuses = ['active', 'archived', 'all'] as const;
const types = ['completion', 'chat', 'snippet'] as const;
const maxLimit = 200;

/** `status`, `type`, `folder`, `tag`, `label`, `q`, `limit` (50) and `page` (1) of a list's address. Throws the caller's errors. */
export function readListQuery(query: Readonly<Record<string, unknown>>): PromptFilter {
  const limit = readCount(query.limit, 'limit', 50, maxLimit);
  const page = readCount(query.page, 'page', 1, 1_000_000);
  const status = statuses.find((each) => each === (query.status ?? 'active'));
  if (status === undefined) throw wrong('status', `The status is one of ${statuses.join(', ')}.`);
  const type = types.find((each) => each === query.type);
  if (type === undefined && query.type !== undefined)
    throw wrong('type', `The type is one of ${types.join(', ')}.`);
  return {
    status,
    ...(type === undefined ? {} : { type }),
    limit,
    offset: (page - 1) * limit,
    ...readText(query, 'folder', 'folder'),
    ...readText(query, 'tag', 'tag'),
    ...readText(query, 'label', 'label'),
    ...readText(query, 'q', 'search'),
  };
}

function readText<Name extends string>(
  query: Readonly<Record<string, unknown>>,
  parameter: string,
  name: Name,
): { readonly [Key in Name]?: string } {
  const text = query[parameter];
  if (text === undefined || text === '') return {};
  if (typeof text !== 'string') throw wrong(parameter, `${parameter} is sent once.`);
  return { [name]: text } as { readonly [Key in Name]: string };
}

function readCount(text: unknown, name: string, fallback: number, max: number): number {
  if (text === undefined) return fallback;
  const count = typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (count >= 1 && count <= max) return count;
  throw wrong(name, `${name} must be a whole number from 1 to ${max}.`);
}

function wrong(param: string, message: string): PictorError {
  return new PictorError({ code: 'invalid_value', message, param });
}
