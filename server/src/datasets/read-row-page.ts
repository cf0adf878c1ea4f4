import { PictorError } from '../foundation/index.ts';

const maxLimit = 500;

/** `limit`, `offset` and `version` of a query. Throws `invalid_value`. */
export function readRowPage(query: Readonly<Record<string, unknown>>): {
  readonly limit: number;
  readonly offset: number;
  /** Null: the draft. */
  readonly version: number | null;
} {
  return {
    limit: readInteger(query.limit, 'limit', { lowest: 1, highest: maxLimit }) ?? 100,
    offset: readInteger(query.offset, 'offset', { lowest: 0, highest: 10_000_000 }) ?? 0,
    version: readInteger(query.version, 'version', { lowest: 1, highest: 1_000_000_000 }),
  };
}

function readInteger(
  value: unknown,
  param: string,
  { lowest, highest }: { readonly lowest: number; readonly highest: number },
): number | null {
  if (value === undefined) return null;
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= lowest && number <= highest) return number;
  throw new PictorError({
    code: 'invalid_value',
    message: `${param} must be a whole number from ${lowest} to ${highest}.`,
    param,
  });
}
