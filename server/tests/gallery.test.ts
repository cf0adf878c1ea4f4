import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toForm, toJson } from './support/forms.ts';
import { listBlobs } from './support/list-blobs.ts';
import { readZip } from './support/read-zip.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
/** A lamp, an edit of it, an edit of that; and a cup that has nothing to do with them. */
let lamp: Made;
let bright: Made;
let huge: Made;
let cup: Made;

type Made = { readonly request: string; readonly image: string; readonly bytes: Buffer };
type Image = {
  readonly id: string;
  readonly request: string;
  readonly prompt: string;
  readonly tags: readonly string[];
  readonly role: string;
};
type Page = { readonly data: readonly Image[]; readonly next_cursor: string | null };

beforeAll(async () => {
  pictor = await startPictor();
  lamp = await draw('A lamp on a table');
  bright = await edit('Light the lamp', lamp.bytes);
  huge = await edit('Make it huge', bright.bytes);
  cup = await draw('A cup of tea', { output_format: 'webp', n: 2 });
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

async function draw(prompt: string, more: object = {}): Promise<Made> {
  return await made(pictor.call('/v1/images/generations', toJson({ model: 'sketch-1', prompt, ...more })));
}

async function edit(prompt: string, picture: Buffer): Promise<Made> {
  const form = toForm([
    ['model', 'sketch-1'],
    ['prompt', prompt],
    ['image', picture, 'picture.png'],
  ]);
  return await made(pictor.call('/v1/images/edits', form));
}

async function made(answer: Promise<Response>): Promise<Made> {
  const response = await answer;
  expect(response.status, await response.clone().text()).toBe(200);
  const request = response.headers.get('x-request-id') ?? '';
  const row = (await (await pictor.call(`/api/requests/${request}`)).json()) as { images: Image[] };
  const image = row.images[0]?.id ?? '';
  const bytes = Buffer.from(await (await pictor.call(`/images/${image}`)).arrayBuffer());
  return { request, image, bytes };
}

async function ask<T>(path: string, body?: object, method = 'POST'): Promise<T> {
  const sent = body === undefined ? {} : { ...toJson(body), method };
  const answer = await pictor.call(path, sent);
  expect(answer.status, `${path} ${await answer.clone().text()}`).toBe(200);
  return (await answer.json()) as T;
}

async function prompts(path: string, body?: object): Promise<readonly string[]> {
  return (await ask<Page>(path, body)).data.map((image) => image.prompt);
}

describe('images are found', () => {
  test('newest first, outputs only, a page at a time', async () => {
    expect(await prompts('/api/images')).toEqual([
      'A cup of tea',
      'A cup of tea',
      'Make it huge',
      'Light the lamp',
      'A lamp on a table',
    ]);
    const first = await ask<Page>('/api/images?limit=3');
    const rest = await ask<Page>(`/api/images?limit=3&cursor=${first.next_cursor}`);
    expect([...first.data, ...rest.data].map((image) => image.id)).toHaveLength(5);
    expect(new Set([...first.data, ...rest.data].map((image) => image.id)).size).toBe(5);
    expect(rest.next_cursor).toBeNull();
  });

  test('by words, role, request, type and fields of their requests', async () => {
    expect(await prompts('/api/images?q=lamps')).toEqual(['Light the lamp', 'A lamp on a table']);
    expect(await prompts('/api/images?role=input&sort_order=asc')).toEqual([
      'Light the lamp',
      'Make it huge',
    ]);
    expect(await prompts(`/api/images?request=${lamp.request}`)).toEqual(['A lamp on a table']);
    expect(await prompts('/api/images?model=sketch-1&media_type=image/webp&limit=1')).toEqual([
      'A cup of tea',
    ]);
    const filter = { filters: [{ field: 'kind', operator: 'is', value: 'edit' }] };
    expect(await prompts('/api/images/search', { filter_group: filter })).toEqual([
      'Make it huge',
      'Light the lamp',
    ]);
  });

  test.each(['limit=0', 'limit=x', 'role=painter', 'cursor=x', 'colour=red'])(
    '%s is refused',
    async (query) => {
      expect((await pictor.call(`/api/images?${query}`)).status).toBe(400);
    },
  );
});

test('images are tagged one by one and together, and found by their tags', async () => {
  const one = await ask<Image>(`/api/images/${lamp.image}`, { tags: ['best', 'shop'] }, 'PATCH');
  expect(one.tags).toEqual(['best', 'shop']);
  const ids = [lamp.image, bright.image];
  const { data } = await ask<Page>('/api/images/tag', { ids, add: ['spring', 'best'], remove: ['shop'] });
  expect(data.map((image) => image.tags)).toEqual([
    ['best', 'spring'],
    ['spring', 'best'],
  ]);
  expect(await prompts('/api/images?tag=spring,best')).toEqual(['Light the lamp', 'A lamp on a table']);
  expect(await prompts('/api/images?tag=shop')).toEqual([]);
});

test('a family goes from the first picture to the last, and no further', async () => {
  type Family = {
    readonly requests: readonly { id: string; outputs: readonly Image[] }[];
    readonly links: readonly { from: string; to: string; as: string; image: string }[];
  };
  const again = await pictor.call(`/api/requests/${lamp.request}/replay`, toJson({ prompt: 'Another lamp' }));
  const replayed = again.headers.get('x-request-id');
  const family = await ask<Family>(`/api/images/${bright.image}/family`);
  expect(family.requests.map((request) => request.id)).toEqual([lamp.request, bright.request, huge.request]);
  expect(family.requests[0]?.outputs[0]?.id).toBe(lamp.image);
  expect(family.links).toEqual([
    { from: lamp.request, to: bright.request, as: 'input', image: lamp.image },
    { from: bright.request, to: huge.request, as: 'input', image: bright.image },
  ]);
  const whole = await ask<Family>(`/api/images/${lamp.image}/family`);
  expect(whole.links).toContainEqual({ from: lamp.request, to: replayed, as: 'replay', image: null });
  const near = await ask<Family>(`/api/images/${lamp.image}/family?depth=1`);
  expect(near.requests.map((request) => request.id)).not.toContain(huge.request);
});

test('a zip has every picture as it is stored, and a list of them', async () => {
  const ids = [lamp.image, cup.image];
  const answer = await pictor.call('/api/images/zip', toJson({ ids }));
  expect(answer.headers.get('content-type')).toBe('application/zip');
  const entries = readZip(Buffer.from(await answer.arrayBuffer()));
  expect(entries.map((entry) => entry.name.replace(/^\d{4}-\d{2}-\d{2}-/, ''))).toEqual([
    `a-lamp-on-a-table-${lamp.image}.png`,
    `a-cup-of-tea-${cup.image}.webp`,
    'images.json',
  ]);
  expect(entries[0]?.bytes.equals(lamp.bytes)).toBe(true);
  expect(entries[1]?.bytes.equals(cup.bytes)).toBe(true);
  expect(entries.slice(0, 2).map((entry) => entry.method)).toEqual([0, 0]);
  const found = await pictor.call('/api/images/zip', toJson({ q: 'tea' }));
  expect(readZip(Buffer.from(await found.arrayBuffer()))).toHaveLength(3);
  const linked = await pictor.call(`/api/images/zip?ids=${ids.join(',')}`);
  expect(readZip(Buffer.from(await linked.arrayBuffer()))).toHaveLength(3);
  expect((await pictor.call('/api/images/zip', toJson({ ids: [`img_${'0'.repeat(32)}`] }))).status).toBe(404);
});

describe('deleting', () => {
  type Deletion = {
    readonly deleted: boolean;
    readonly freed_bytes: number;
    readonly references: Record<string, readonly string[]>;
  };

  test('shows what refers to an image, and touches nothing until it is confirmed', async () => {
    const upload = await pictor.call(
      '/v1/files',
      toForm([
        ['purpose', 'vision'],
        ['file', bright.bytes, 'bright.png'],
      ]),
    );
    const { id: fileId } = (await upload.json()) as { id: string };
    const dry = await ask<Deletion>(`/api/images/${bright.image}`, {}, 'DELETE');
    expect(dry).toMatchObject({
      deleted: false,
      freed_bytes: 0,
      references: { requests: [bright.request], children: [huge.request], files: [fileId], responses: [] },
    });
    expect((await pictor.call(`/images/${bright.image}`)).status).toBe(200);
    expect((await pictor.call(`/api/images/${bright.image}?confirm=yes`, { method: 'DELETE' })).status).toBe(
      400,
    );
  });

  test('takes the row, and keeps the bytes that others need', async () => {
    const gone = await ask<Deletion>(`/api/images/${bright.image}?confirm=${bright.image}`, {}, 'DELETE');
    expect(gone.deleted).toBe(true);
    expect((await pictor.call(`/images/${bright.image}`)).status).toBe(404);
    const inputs = await ask<Page>(`/api/images?role=input&request=${huge.request}`);
    expect((await pictor.call(`/images/${inputs.data[0]?.id}`)).status).toBe(200);
    expect((await pictor.call(`/v1/images/edits/${bright.request}`)).status).toBe(404);
    expect((await pictor.call(`/api/requests/${huge.request}/replay`, toJson({}))).status).toBe(200);
  });

  test('takes the bytes as well where nothing else needs them', async () => {
    const before = await listBlobs(pictor.dataDir);
    const body = { ids: [cup.image] };
    const dry = await ask<Deletion>('/api/images/delete', body);
    expect(dry).toMatchObject({ deleted: false, freed_bytes: cup.bytes.byteLength });
    expect((await ask<Deletion>('/api/images/delete', { ...body, confirm: true })).deleted).toBe(true);
    expect(await listBlobs(pictor.dataDir)).toHaveLength(before.length - 1);
    expect((await pictor.call('/api/images/delete', toJson({ ...body, confirm: true }))).status).toBe(404);
  });

  test('names the responses that show an image', async () => {
    const answer = await pictor.call(
      '/v1/responses',
      toJson({
        model: 'sketch-director-1',
        input: 'Draw a kite',
        tools: [{ type: 'image_generation' }],
      }),
    );
    const { id } = (await answer.json()) as { id: string };
    const filter = { filters: [{ field: 'response', operator: 'is', value: id }] };
    const { data } = await ask<Page>('/api/images/search', { filter_group: filter });
    expect(data).toHaveLength(1);
    const dry = await ask<Deletion>('/api/images/delete', { ids: data.map((image) => image.id) });
    expect(dry.references.responses).toEqual([id]);
  });
});
