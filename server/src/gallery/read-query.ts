import { imageSearchBody, imageZipBody } from '@pictor/api';
import { PictorError } from '../foundation/index.ts';
import { readParameters } from '../http/index.ts';

type Query = Readonly<Record<string, unknown>>;

/** The address of a list as the body of a search. `tag`, `role` and `model` may have commas between several. */
export function readImageQuery(query: Query) {
  const { tag, role, model, limit, ...rest } = query;
  const models = words(model);
  return readParameters(imageSearchBody, {
    ...rest,
    ...(tag === undefined ? {} : { tags: words(tag) }),
    ...(role === undefined ? {} : { roles: words(role) }),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
    ...(models.length === 0
      ? {}
      : { filter_group: { filters: [{ field: 'model_id', operator: 'in', value: models }] } }),
  });
}

/** `ids=img_…,img_…` of the address of a zip. */
export function readZipQuery(query: Query) {
  return readParameters(imageZipBody, { ...query, ids: words(query.ids) });
}

const deepest = 10;

/** How many steps of a family are shown: 1 to 10. Default: 4. */
export function readDepth(query: Query): number {
  const { depth } = query;
  if (depth === undefined) return 4;
  const count = typeof depth === 'string' && /^\d{1,2}$/.test(depth) ? Number(depth) : Number.NaN;
  if (count >= 1 && count <= deepest) return count;
  throw new PictorError({
    code: 'invalid_value',
    message: `The depth must be a whole number from 1 to ${deepest}.`,
    param: 'depth',
  });
}

function words(value: unknown): readonly string[] {
  if (value === undefined || value === '') return [];
  return String(value)
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
