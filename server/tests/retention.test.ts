import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../src/database/index.ts';
import { findFreePort } from './support/find-free-port.ts';
import { toForm, toJson } from './support/forms.ts';
import { listBlobs } from './support/list-blobs.ts';
import { type MadeKey, makeKey, makeProject } from './support/make-project.ts';
import { paintPlain } from './support/pictures.ts';
import { errorOf } from './support/read-answers.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const small = { width: 32, height: 32 };
const oneDay = { images_days: 1, requests_days: 1, files_days: 1 };

let pictor: Pictor;
/** Its pictures go, its requests stay. */
let gallery: Made;
/** Everything goes. */
let shop: Made;
/** Nothing goes, and it has the bytes of a file of the shop. */
let archive: Made;
/** Everything goes at the full hour, by itself. */
let daily: Made;
let sharedBytes: Buffer;

type Made = {
  readonly id: string;
  readonly key: MadeKey;
  readonly old: Row;
  readonly young: Row;
};
type Row = { readonly request: string; readonly file: string };

beforeAll(async () => {
  // The same after the restart, so that clients need not be made anew.
  const env = { PICTOR_PORT: String(await findFreePort()) };
  pictor = await startPictor({ env });
  sharedBytes = await paintPlain(small, '#abcdef');
  [gallery, shop, archive, daily] = await Promise.all([
    fill('Gallery', '#100000'),
    fill('Shop', '#200000'),
    fill('Archive', '#300000'),
    fill('Daily', '#400000'),
  ]);
  await setRule(daily.id, oneDay);
  await pictor.stop();
  await makeOlder(
    [gallery, shop, archive, daily].map((made) => made.old),
    3,
  );
  pictor = await startPictor({ env, dataDir: pictor.dataDir });
}, 120_000);
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

async function fill(name: string, colour: string): Promise<Made> {
  const id = await makeProject(pictor, { name });
  const key = await makeKey(pictor, id, { scopes: ['generate', 'read', 'manage'] });
  const make = async (prompt: string, bytes: Buffer): Promise<Row> => {
    const body = { model: 'sketch-1', prompt: `${name}: ${prompt}` };
    const drawn = await key.call('/v1/images/generations', toJson(body, { 'idempotency-key': prompt }));
    const uploaded = await key.call(
      '/v1/files',
      toForm([
        ['purpose', 'vision'],
        ['file', bytes, 'picture.png'],
      ]),
    );
    return {
      request: ((await drawn.json()) as { id: string }).id.replace('img-', 'req_'),
      file: ((await uploaded.json()) as { id: string }).id,
    };
  };
  return {
    id,
    key,
    old: await make('an old cup', sharedBytes),
    young: await make('a young cup', await paintPlain(small, colour)),
  };
}

/** Time cannot be waited for, so rows are written back, while no server runs. */
async function makeOlder(rows: readonly Row[], days: number): Promise<void> {
  const at = new Date(Date.now() - days * 24 * 60 * 60_000);
  const database = await openDatabase({ dataDir: pictor.dataDir });
  for (const { request, file } of rows) {
    const { sql } = database;
    await sql
      .updateTable('requests')
      .set({ created_at: at, finished_at: at })
      .where('id', '=', request)
      .execute();
    await sql.updateTable('images').set({ created_at: at }).where('request_id', '=', request).execute();
    await sql.updateTable('files').set({ created_at: at }).where('id', '=', file).execute();
  }
  await database.close();
}

async function setRule(id: string, retention: Record<string, number | null>): Promise<void> {
  const answer = await pictor.call(`/api/projects/${id}`, { ...toJson({ retention }), method: 'PATCH' });
  expect(answer.status).toBe(200);
}

async function post(id: string, step: 'preview' | 'run', body: unknown = {}) {
  const answer = await pictor.call(`/api/projects/${id}/retention/${step}`, toJson(body));
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, unknown> & { images: { bytes: number } };
}

const statusOf = async (made: Made, path: string) => (await made.key.call(path)).status;

// First, because it lets go of bytes whenever it likes, and the others count them.
test('rules run by themselves: what became old while Pictor was down goes with its start', async () => {
  await expect
    .poll(async () => await statusOf(daily, `/api/requests/${daily.old.request}`), { timeout: 20_000 })
    .toBe(404);
  await expect.poll(async () => await statusOf(daily, `/v1/files/${daily.old.file}`)).toBe(404);
  expect(await statusOf(daily, `/api/requests/${daily.young.request}`)).toBe(200);
  expect(await statusOf(daily, `/v1/files/${daily.young.file}`)).toBe(200);
});

test('a dry run counts what a rule would take, and touches nothing', async () => {
  const before = await listBlobs(pictor.dataDir);
  const none = { requests: { count: 0 }, images: { count: 0, bytes: 0 }, files: { count: 0, bytes: 0 } };
  expect(await post(shop.id, 'preview')).toMatchObject({ ...none, freed_bytes: 0 });
  const preview = await post(shop.id, 'preview', oneDay);
  expect(preview).toMatchObject({
    object: 'retention.preview',
    project: shop.id,
    requests: { count: 1 },
    images: { count: 1 },
    files: { count: 1, bytes: sharedBytes.length },
    // The file's bytes are those of other projects too.
    freed_bytes: preview.images.bytes,
  });
  expect(await post(shop.id, 'preview', { requests_days: 4 })).toMatchObject(none);
  expect(await listBlobs(pictor.dataDir)).toEqual(before);
  expect(await statusOf(shop, `/api/requests/${shop.old.request}`)).toBe(200);
});

test('a run takes what is old, with bytes that nobody else has, and nothing else', async () => {
  await setRule(shop.id, oneDay);
  const before = await listBlobs(pictor.dataDir);
  const preview = await post(shop.id, 'preview');
  expect(await post(shop.id, 'run')).toEqual({ ...preview, object: 'retention.run' });
  expect(await post(shop.id, 'run')).toMatchObject({ requests: { count: 0 }, freed_bytes: 0 });
  for (const [row, status] of [
    [shop.old, 404],
    [shop.young, 200],
  ] as const) {
    expect(await statusOf(shop, `/api/requests/${row.request}`)).toBe(status);
    expect(await statusOf(shop, `/v1/images/generations/${row.request}`)).toBe(status);
    expect(await statusOf(shop, `/v1/files/${row.file}/content`)).toBe(status);
  }
  expect(await listBlobs(pictor.dataDir)).toHaveLength(before.length - 1);
  const content = await archive.key.call(`/v1/files/${archive.old.file}/content`);
  expect(Buffer.from(await content.arrayBuffer())).toEqual(sharedBytes);
  expect(await statusOf(archive, `/v1/images/generations/${archive.old.request}`)).toBe(200);
});

test('what was spent on requests that are gone stays in the ledger', async () => {
  const ledger = await shop.key.call('/api/ledger');
  expect(((await ledger.json()) as { data: unknown[] }).data).toHaveLength(2);
});

describe('a request that outlives its pictures', () => {
  test('is listed without them, and its answer says that they are gone', async () => {
    await setRule(gallery.id, { images_days: 1 });
    expect(await post(gallery.id, 'run')).toMatchObject({ requests: { count: 0 }, images: { count: 1 } });
    const summary = await gallery.key.call(`/api/requests/${gallery.old.request}`);
    expect(await summary.json()).toMatchObject({ status: 'succeeded', images: [] });
    const answer = await gallery.key.call(`/v1/images/generations/${gallery.old.request}`);
    const error = await errorOf(answer);
    expect(error).toMatchObject({ status: 404, code: 'not_found' });
    expect(error.message).toContain('older than its project keeps them');
    expect(await statusOf(gallery, `/v1/images/generations/${gallery.young.request}`)).toBe(200);
    expect(await statusOf(gallery, `/v1/files/${gallery.old.file}`)).toBe(200);
  });
});

test('only the root key runs rules, and only well-formed ones', async () => {
  const refused = await shop.key.call(`/api/projects/${shop.id}/retention/run`, toJson({}));
  expect((await errorOf(refused)).code).toBe('missing_scope');
  const wrong = await pictor.call(`/api/projects/${shop.id}/retention/preview`, toJson({ images_days: -1 }));
  expect((await errorOf(wrong)).code).toBe('invalid_value');
  const nowhere = await pictor.call('/api/projects/proj_none/retention/preview', toJson({}));
  expect((await errorOf(nowhere)).status).toBe(404);
});
