import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../src/database/index.ts';
import { toForm, toJson } from './support/forms.ts';
import { listBlobs } from './support/list-blobs.ts';
import { type MadeKey, makeKey, makeProject } from './support/make-project.ts';
import { paintPlain } from './support/pictures.ts';
import { errorOf } from './support/read-answers.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const small = { width: 32, height: 32 };

let pictor: Pictor;
beforeAll(async () => {
  pictor = await startPictor({ env: { PICTOR_SKETCH_DELAY_MS: '1500' } });
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

async function upload(key: MadeKey, bytes: Buffer): Promise<string> {
  const form = toForm([
    ['purpose', 'vision'],
    ['file', bytes, 'picture.png'],
  ]);
  return ((await (await key.call('/v1/files', form)).json()) as { id: string }).id;
}

/** A body whose second half comes when it is told to. */
function toSlow(text: string, type = 'application/json') {
  const { promise, resolve } = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    start: async (controller) => {
      const bytes = Buffer.from(text);
      controller.enqueue(bytes.subarray(0, 10));
      await promise;
      controller.enqueue(bytes.subarray(10));
      controller.close();
    },
  });
  return { body, headers: { 'content-type': type }, finish: resolve };
}

/** Whether the keys of a project were used, oldest first. */
async function lastUses(projectId: string): Promise<boolean[]> {
  const { data } = (await (await pictor.call(`/api/projects/${projectId}/keys`)).json()) as {
    data: { last_used_at: number | null }[];
  };
  return data.map((key) => key.last_used_at !== null).toReversed();
}

test('projects are made, listed, renamed, and given a rule for what is old', async () => {
  const id = await makeProject(pictor, { name: '  Shop ', retention: { images_days: 90 } });
  const view = await (await pictor.call(`/api/projects/${id}`)).json();
  expect(view).toEqual({
    id,
    object: 'project',
    name: 'Shop',
    created_at: expect.any(Number),
    retention: { images_days: 90, requests_days: null, files_days: null },
  });
  const changed = await pictor.call(`/api/projects/${id}`, {
    ...toJson({ name: 'Market', retention: { images_days: null, files_days: 7 } }),
    method: 'PATCH',
  });
  expect(await changed.json()).toMatchObject({
    name: 'Market',
    retention: { images_days: null, requests_days: null, files_days: 7 },
  });
  const list = (await (await pictor.call('/api/projects')).json()) as { data: { id: string }[] };
  expect(list.data.map((project) => project.id)).toEqual(['proj_default', id]);
  const key = await makeKey(pictor, id);
  const session = await fetch(`${pictor.url}/api/session`, toJson({ key: key.key }));
  expect(await session.json()).toMatchObject({
    project: { id, name: 'Market' },
    scopes: ['generate', 'read'],
  });
});

test.each([
  ['POST', {}, 'missing_required_parameter', 'name'],
  ['POST', { name: 'x', retention: { images_days: 0 } }, 'invalid_value', 'retention.images_days'],
  ['POST', { name: 'x', retention: { files_days: 1.5 } }, 'invalid_value', 'retention.files_days'],
  ['POST', { name: 'x', retention: { days: 1 } }, 'unknown_parameter', 'days'],
  ['POST', { name: 'x', retention: 7 }, 'invalid_type', null],
  ['PATCH', {}, 'missing_required_parameter', 'name'],
  ['PATCH', { colour: 'red' }, 'unknown_parameter', 'colour'],
] as const)('%s with %j is refused', async (method, body, code, param) => {
  const path = method === 'POST' ? '/api/projects' : '/api/projects/proj_default';
  const error = await errorOf(await pictor.call(path, { ...toJson(body), method }));
  expect(error).toMatchObject({ status: 400, code, param });
});

describe('deleting a project', () => {
  test('says first what would go, and lets go of bytes that no other project has', async () => {
    const id = await makeProject(pictor, { name: 'Doomed' });
    const [doomed, other] = [await makeKey(pictor, id), await makeKey(pictor, 'proj_default')];
    const [shared, alone] = [await paintPlain(small, '#123456'), await paintPlain(small, '#654321')];
    const kept = await upload(other, shared);
    await upload(doomed, shared);
    await upload(doomed, alone);
    const answer = await doomed.call(
      '/v1/images/generations',
      toJson({ model: 'sketch-1', prompt: 'A cup' }, { 'idempotency-key': 'once' }),
    );
    expect(answer.status).toBe(200);
    await pictor.call('/api/budgets', toJson({ period: 'day', limit: 5 }, { 'x-pictor-project': id }));
    const before = await listBlobs(pictor.dataDir);
    const dry = (await (await pictor.call(`/api/projects/${id}`, { method: 'DELETE' })).json()) as Deletion;
    expect(dry).toMatchObject({
      object: 'project.deletion',
      deleted: false,
      keys: { count: 1 },
      requests: { count: 1 },
      images: { count: 1 },
      files: { count: 2, bytes: shared.length + alone.length },
      freed_bytes: alone.length + dry.images.bytes,
    });
    expect(await listBlobs(pictor.dataDir)).toEqual(before);
    const wrong = await pictor.call(`/api/projects/${id}?confirm=yes`, { method: 'DELETE' });
    expect((await errorOf(wrong)).param).toBe('confirm');
    const done = await pictor.call(`/api/projects/${id}?confirm=${id}`, { method: 'DELETE' });
    expect(await done.json()).toEqual({ ...dry, deleted: true });
    expect((await doomed.call('/v1/models')).status).toBe(401);
    expect((await pictor.call(`/api/projects/${id}`)).status).toBe(404);
    expect((await pictor.call(`/api/projects/${id}?confirm=${id}`, { method: 'DELETE' })).status).toBe(404);
    const content = await other.call(`/v1/files/${kept}/content`);
    expect(Buffer.from(await content.arrayBuffer())).toEqual(shared);
    expect(await listBlobs(pictor.dataDir)).toHaveLength(before.length - 2);
  });

  test('waits for what runs, and leaves everything as it was until then', async () => {
    const id = await makeProject(pictor, { name: 'Busy' });
    const key = await makeKey(pictor, id);
    const body = { model: 'sketch-1', prompt: 'A slow cup' };
    const accepted = await key.call('/v1/images/generations', toJson(body, { prefer: 'respond-async' }));
    const { id: request } = (await accepted.json()) as { id: string };
    const refused = await pictor.call(`/api/projects/${id}?confirm=${id}`, { method: 'DELETE' });
    expect(await errorOf(refused)).toMatchObject({ status: 409, code: 'project_busy' });
    const answer = await key.call(`/v1/images/generations/${request}`, { headers: { prefer: 'wait=30' } });
    expect(answer.status).toBe(200);
    expect((await pictor.call(`/api/projects/${id}?confirm=${id}`, { method: 'DELETE' })).status).toBe(200);
  });

  test('ends requests whose body still comes with a clear no', async () => {
    const id = await makeProject(pictor, { name: 'Fleeting' });
    const [painter, director, file] = [
      await makeKey(pictor, id),
      await makeKey(pictor, id),
      await makeKey(pictor, id),
    ];
    const slow = (key: MadeKey, path: string, { body, headers }: ReturnType<typeof toSlow>) =>
      key.call(path, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    const [drawing, words, upload] = [
      toSlow(JSON.stringify({ model: 'sketch-1', prompt: 'A cup' })),
      toSlow(JSON.stringify({ model: 'sketch-director-1', input: 'A cup' })),
      toSlow(
        '--b\r\ncontent-disposition: form-data; name="purpose"\r\n\r\nvision\r\n--b\r\n' +
          'content-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nwords\r\n--b--\r\n',
        'multipart/form-data; boundary=b',
      ),
    ];
    const answers = [
      slow(painter, '/v1/images/generations', drawing),
      slow(director, '/v1/responses', words),
      slow(file, '/v1/files', upload),
    ];
    // What a key that is known has sent is read; then its project goes.
    await expect.poll(async () => await lastUses(id)).toEqual([true, true, true]);
    expect((await pictor.call(`/api/projects/${id}?confirm=${id}`, { method: 'DELETE' })).status).toBe(200);
    for (const { finish } of [drawing, words, upload]) finish();
    for (const answer of await Promise.all(answers)) {
      expect(await errorOf(answer)).toMatchObject({ status: 404, code: 'not_found', param: 'project' });
    }
  });

  test('is not for the default project', async () => {
    const answer = await pictor.call('/api/projects/proj_default?confirm=proj_default', { method: 'DELETE' });
    expect(await errorOf(answer)).toMatchObject({ status: 400, code: 'invalid_value' });
    expect((await pictor.call('/v1/models')).status).toBe(200);
  });

  test('takes along the rows of every table that has projects', async () => {
    await pictor.stop();
    const database = await openDatabase({ dataDir: pictor.dataDir });
    const { rows } = await sql<{ table: string; rule: string | null }>`
      select columns.table_name as "table", max(constraints.delete_rule) as rule
      from information_schema.columns
      join information_schema.tables using (table_schema, table_name)
      left join information_schema.key_column_usage using (table_schema, table_name, column_name)
      left join information_schema.referential_constraints as constraints using (constraint_schema, constraint_name)
      where columns.column_name = 'project_id' and columns.table_schema = 'public'
        and tables.table_type = 'BASE TABLE'
      group by columns.table_name`.execute(database.sql);
    await database.close();
    expect(rows.length).toBeGreaterThan(8);
    expect(
      rows.filter((row) => row.rule !== 'CASCADE').map((row) => row.table),
      'tables whose project_id lacks: references projects (id) on delete cascade',
    ).toEqual([]);
  });
});

type Deletion = { readonly images: { readonly bytes: number } };
