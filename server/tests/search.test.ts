import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toForm, toJson } from './support/forms.ts';
import { paintLandscape, paintMask } from './support/pictures.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
/** Ids by what the requests are called here. */
const ids: Record<string, string> = {};

type Found = { readonly id: string; readonly prompt: string; readonly cost: number | null };
type Page = {
  readonly data: readonly Found[];
  readonly has_more: boolean;
  readonly next_cursor: string | null;
};

beforeAll(async () => {
  pictor = await startPictor();
  const draw = async (name: string, body: object, headers: Record<string, string> = {}) => {
    ids[name] = await idOf(pictor.call('/v1/images/generations', toJson(body, headers)));
  };
  await draw(
    'otter',
    { model: 'gpt-image-2', prompt: 'An otter with a red cap', size: '1536x1024', quality: 'low' },
    { 'x-pictor-tags': 'spring, shop' },
  );
  await draw('foxes', {
    model: 'sketch-1',
    prompt: 'Two foxes jumping 100% high',
    n: 2,
    output_format: 'webp',
  });
  await draw('dalle', { model: 'dall-e-3', prompt: 'A lighthouse at night', size: '1024x1792' });
  const picture = await paintLandscape({ width: 64, height: 64 });
  const mask = await paintMask({ width: 64, height: 64 }, { left: 8, top: 8, width: 16, height: 16 });
  const form = toForm([
    ['model', 'gpt-image-2'],
    ['prompt', 'Put the otter on a river'],
    ['image', picture, 'river.png'],
    ['mask', mask, 'mask.png'],
  ]);
  ids.edit = await idOf(pictor.call('/v1/images/edits', form));
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

async function idOf(answer: Promise<Response>): Promise<string> {
  const response = await answer;
  expect(response.status, await response.clone().text()).toBe(200);
  return response.headers.get('x-request-id') ?? '';
}

async function search(body: object): Promise<Page> {
  const answer = await pictor.call('/api/requests/search', toJson(body));
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Page;
}

/** What requests that are found are called here, oldest first. */
async function namesOf(body: object): Promise<readonly string[]> {
  const { data } = await search({ sort_order: 'asc', ...body });
  return data.map((found) => Object.entries(ids).find(([, id]) => id === found.id)?.[0] ?? found.id);
}

const all = ['otter', 'foxes', 'dalle', 'edit'];
const by = (field: string, operator: string, value?: unknown, key?: string) => ({
  filter_group: { filters: [{ field, operator, value, nested_key: key }] },
});

describe('words', () => {
  test.each([
    ['otter', ['otter', 'edit']],
    ['OTTERS', ['otter', 'edit']],
    ['fox', ['foxes']],
    ['otter -river', ['otter']],
    ['"red cap" OR lighthouse', ['otter', 'dalle']],
    ['', all],
    ["otter' or 1=1 --", ['otter', 'edit']],
  ])('%s', async (q, names) => {
    expect(await namesOf({ q })).toEqual(names);
  });
});

describe('fields', () => {
  test.each<[string, string, unknown, readonly string[]]>([
    ['size', 'is', '1536x1024', ['otter']],
    ['size', 'in', ['1536x1024', '1024x1792'], ['otter', 'dalle']],
    ['quality', 'is', 'low', ['otter']],
    ['format', 'is', 'webp', ['foxes']],
    ['engine', 'is', 'sketch', all],
    ['provider_type', 'is_not', 'openai', ['foxes']],
    ['model', 'not_in', ['gpt-image-2', 'sketch-1'], ['dalle']],
    ['n', 'eq', 2, ['foxes']],
    ['images', 'gt', 1, ['foxes']],
    ['has_mask', 'is_true', undefined, ['edit']],
    ['has_mask', 'is_false', undefined, ['otter', 'foxes', 'dalle']],
    ['has_inputs', 'is_true', undefined, ['edit']],
    ['kind', 'is', 'edit', ['edit']],
    ['status', 'is', 'succeeded', all],
    ['cost', 'eq', 0, all],
    ['cost', 'gt', 0.000001, []],
    ['list_cost', 'between', [0.0001, 1], ['otter', 'dalle', 'edit']],
    ['latency_ms', 'gte', 0, all],
    ['tags', 'contains', 'shop', ['otter']],
    ['tags', 'in', ['shop', 'autumn'], ['otter']],
    ['tags', 'is_empty', undefined, ['foxes', 'dalle', 'edit']],
    ['input_text', 'contains', '100%', ['foxes']],
    ['prompt', 'starts_with', 'an OTTER', ['otter']],
    ['prompt', 'ends_with', 'night', ['dalle']],
    ['prompt', 'not_contains', 'otter', ['foxes', 'dalle']],
    ['request_start_time', 'after', '2026-01-01', all],
    ['created_at', 'before', '2026-01-01T00:00:00Z', []],
    ['finished_at', 'between', ['2026-01-01', '2099-01-01'], all],
    ['error_code', 'is_null', undefined, all],
    ['prompt_id', 'is_not_null', undefined, []],
    ['is_plain_text', 'is_true', undefined, []],
    ['is_tool_call', 'is_false', undefined, all],
    ['tool_names', 'contains', 'image_generation', []],
    ['output_keys', 'contains', 'images', all],
    ['metadata_keys', 'contains', 'customer', []],
    ['user_intent', 'contains', 'buy', []],
    ['score', 'gte', 1, []],
    ['group', 'is_null', undefined, all],
    ['source', 'is', 'gateway', all],
  ])('%s %s %j', async (field, operator, value, names) => {
    expect(await namesOf(by(field, operator, value))).toEqual(names);
  });

  test('keys within an answer', async () => {
    expect(await namesOf(by('output', 'key_equals', 'dall-e-3', 'model'))).toEqual(['dalle']);
    expect(await namesOf(by('output', 'key_contains', 'IMAGE', 'model'))).toEqual(['otter', 'edit']);
    expect(await namesOf(by('input_variables', 'key_not_equals', 'x', 'animal'))).toEqual(all);
  });

  test('groups in groups', async () => {
    const otter = { field: 'prompt', operator: 'contains', value: 'otter' };
    const edited = { field: 'kind', operator: 'is', value: 'edit' };
    const foxes = { field: 'n', operator: 'eq', value: 2 };
    const both = { logic: 'AND', filters: [otter, edited] };
    expect(await namesOf({ filter_group: { logic: 'OR', filters: [both, foxes] } })).toEqual([
      'foxes',
      'edit',
    ]);
    expect(await namesOf({ filter_group: { logic: 'AND', filters: [] } })).toEqual(all);
  });
});

test.each([
  [
    { filter_group: { filters: [{ field: 'colour', operator: 'is', value: 'red' }] } },
    'field',
    "no field 'colour'",
  ],
  [by('size', 'like', '1'), 'operator', "no operator 'like'"],
  [by('cost', 'contains', 1), 'operator', 'cost has the operators eq'],
  [by('cost', 'gt', 'much'), 'value', 'number'],
  [by('id', 'in', 'x'), 'value', 'a list of values'],
  [by('metadata', 'key_equals', 'x'), 'nested_key', 'nested_key'],
  [by('created_at', 'after', 'yesterday'), 'value', 'ISO time'],
  [by('created_at', 'before', '9999-12-31'), 'value', 'ISO time'],
  [by('created_at', 'after', '0000-01-01'), 'value', 'ISO time'],
  [{ cursor: 'nonsense' }, 'cursor', 'next_cursor'],
  [{ limit: 500 }, 'limit', '200'],
  [{ sort_by: 'prompt' }, 'sort_by', 'created_at'],
  [{ filters: [] }, 'filters', 'Unknown parameter'],
])('%j is refused with a sentence', async (body, param, message) => {
  const answer = await pictor.call('/api/requests/search', toJson(body));
  const { error } = (await answer.json()) as { error: { param: string; message: string } };
  expect(answer.status).toBe(400);
  expect(error.param).toContain(param);
  expect(error.message).toContain(message);
});

test('values that look like more than they are find nothing, and break nothing', async () => {
  for (const [field, operator, value] of [
    ['created_at', 'after', '9998-12-31T23:59:59.999999Z'],
    ['created_at', 'between', ['9998-01-01', '9998-12-31']],
    ['cost', 'gt', Number.MAX_SAFE_INTEGER],
    ['latency_ms', 'eq', 1e15],
    ['prompt', 'contains', "%' or true --"],
    ['prompt', 'is', '\u0000'],
    ['tags', 'contains', '"\\'],
  ] as const)
    expect(await namesOf(by(field, operator, value))).toEqual([]);
  expect(await namesOf(by('output', 'key_equals', 'x', '{a,b}'))).toEqual([]);
  expect(await namesOf({ q: '\u0000 & | ! ( : *' })).toEqual([]);
});

test('groups that stand too deep in groups are refused, however deep', async () => {
  let group: object = { filters: [] };
  for (let depth = 0; depth < 30; depth += 1) group = { filters: [group] };
  const answer = await pictor.call('/api/requests/search', toJson({ filter_group: group }));
  expect(answer.status).toBe(400);
});

describe('pages', () => {
  test.each([
    ['created_at', 'desc'],
    ['created_at', 'asc'],
    ['cost', 'desc'],
    ['latency_ms', 'asc'],
  ])('by %s %s hold every request once while others arrive', async (sort, order) => {
    const wanted = { q: 'otter OR fox OR lighthouse', sort_by: sort, sort_order: order, limit: 1 };
    const whole = (await search({ ...wanted, limit: 200 })).data.map((found) => found.id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page = await search(cursor === null ? wanted : { ...wanted, cursor });
      seen.push(...page.data.map((found) => found.id));
      expect(page.has_more).toBe(page.next_cursor !== null);
      cursor = page.next_cursor;
      // Arrives while the pages are turned.
      if (seen.length === 1 && order === 'desc') {
        const body = { model: 'sketch-1', prompt: `A late badger, ${sort}` };
        await idOf(pictor.call('/v1/images/generations', toJson(body)));
      }
    } while (cursor !== null);
    expect(seen).toEqual(whole);
    expect(seen).toHaveLength(4);
  });

  test('a cursor is good for the order that it was made for only', async () => {
    const { next_cursor: cursor } = await search({ limit: 1 });
    const answer = await pictor.call('/api/requests/search', toJson({ cursor, sort_by: 'cost' }));
    expect(answer.status).toBe(400);
  });
});

test('searches are kept, changed and deleted', async () => {
  const path = '/api/saved-searches';
  const query = { q: 'otter', ...by('cost', 'gt', 1), sort_by: 'cost' };
  const made = await pictor.call(path, toJson({ name: 'Dear otters', query }));
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { id: string };
  expect((await pictor.call(path, toJson({ name: 'Dear otters', query }))).status).toBe(409);
  const second = await pictor.call(path, toJson({ name: 'Foxes', query: { q: 'fox' } }));
  const other = (await second.json()) as { id: string };
  const list = (await (await pictor.call(path)).json()) as { data: readonly { name: string }[] };
  expect(list.data.map((each) => each.name)).toEqual(['Dear otters', 'Foxes']);
  const patch = (body: object) => pictor.call(`${path}/${id}`, { ...toJson(body), method: 'PATCH' });
  expect((await patch({ name: 'Foxes' })).status).toBe(409);
  expect(await (await patch({ query: { q: 'fox' } })).json()).toMatchObject({
    id,
    name: 'Dear otters',
    query: { q: 'fox' },
  });
  expect((await patch({ query: { q: 'fox', filter_group: { filters: [{ field: 'x' }] } } })).status).toBe(
    400,
  );
  const saved = (await (await pictor.call(`${path}/${id}`)).json()) as { query: object };
  expect(await namesOf(saved.query)).toEqual(['foxes']);
  expect((await pictor.call(`${path}/${id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await pictor.call(`${path}/${id}`)).status).toBe(404);
  expect((await pictor.call(`${path}/${other.id}`, { method: 'DELETE' })).status).toBe(204);
});
