import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { copyPreparedDatabase } from '../../tests/support/copy-prepared-database.ts';
import { openAccess } from '../access/index.ts';
import { type Database, openDatabase } from '../database/index.ts';
import { newId, openLog } from '../foundation/index.ts';
import { type HttpServer, openServer } from '../http/index.ts';
import { type ImageStore, openStore } from '../storage/index.ts';
import { addFileRoutes, type Files, openFiles } from './index.ts';

const log = openLog('silent');
const keys = { mine: 'sk-pictor-test-mine', theirs: '' };
const maxFileBytes = 1000;

let dataDir: string;
let database: Database;
let store: ImageStore;
let files: Files;
let server: HttpServer;
let url: string;
let clock: Date;
let theirProject: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'pictor-files-'));
  await copyPreparedDatabase(dataDir);
  database = await openDatabase({ dataDir, databaseUrl: undefined });
  store = await openStore({ dataDir, fsync: 'off' });
  const access = await openAccess(database, { dataDir, apiKey: keys.mine, log });
  const theirs = await access.projects.create({
    name: 'Theirs',
    retention: { imagesDays: null, requestsDays: null, filesDays: null },
  });
  theirProject = theirs.id;
  const grant = { scopes: ['generate', 'read'] as const, allowedModels: null, expiresAt: null };
  keys.theirs = (await access.keys.create(theirs.id, { name: 'theirs', ...grant })).secret;
  files = openFiles({ database, store, log, now: () => clock });
  server = openServer({ log, maxJsonBytes: 1024, allowedHosts: [], allowedOrigins: [] });
  addFileRoutes(server, { access, files, store, maxFileBytes });
  url = await server.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await server.close();
  await files.close();
  await store.close();
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

beforeEach(async () => {
  clock = new Date();
  await database.sql.deleteFrom('files').execute();
});

function call(path: string, init: RequestInit = {}, key = keys.mine): Promise<Response> {
  return fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${key}` } });
}

async function upload(
  bytes: string,
  fields: Record<string, string> = {},
  key = keys.mine,
): Promise<{ status: number; body: Record<string, unknown> & { id: string } }> {
  const form = new FormData();
  form.append('file', new Blob([bytes], { type: 'text/plain' }), 'notes.txt');
  for (const [name, value] of Object.entries({ purpose: 'user_data', ...fields })) form.append(name, value);
  const response = await call('/v1/files', { method: 'POST', body: form }, key);
  return { status: response.status, body: (await response.json()) as never };
}

async function listIds(key = keys.mine): Promise<readonly string[]> {
  const response = await call('/v1/files', {}, key);
  const { data } = (await response.json()) as { data: readonly { id: string }[] };
  return data.map(({ id }) => id);
}

async function hashOf(fileId: string, projectId = 'proj_default'): Promise<string> {
  const found = await files.find(projectId, fileId);
  if (found === null) throw new Error('The file is not there.');
  return found.hash;
}

test('projects do not see, read or delete each other’s files', async () => {
  const { body: mine } = await upload('mine');
  const { body: theirs } = await upload('theirs', {}, keys.theirs);
  expect(await listIds()).toEqual([mine.id]);
  expect(await listIds(keys.theirs)).toEqual([theirs.id]);
  for (const path of [`/v1/files/${theirs.id}`, `/v1/files/${theirs.id}/content`]) {
    const response = await call(path);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('theirs');
  }
  expect((await call(`/v1/files/${theirs.id}`, { method: 'DELETE' })).status).toBe(404);
  expect(await files.find('proj_default', theirs.id)).toBeNull();
  expect(await (await call(`/v1/files/${theirs.id}/content`, {}, keys.theirs)).text()).toBe('theirs');
});

test('an expired file is gone everywhere at once, and its row and bytes with the next sweep', async () => {
  const expiry = { 'expires_after[anchor]': 'created_at', 'expires_after[seconds]': '3600' };
  const { body: passing } = await upload('passing', expiry);
  const { body: staying } = await upload('staying');
  const hash = await hashOf(passing.id);
  expect(passing.expires_at).toBe(Number(passing.created_at) + 3600);
  expect(staying).not.toHaveProperty('expires_at');

  clock = new Date((Number(passing.created_at) + 3600) * 1000 - 1);
  expect((await call(`/v1/files/${passing.id}`)).status).toBe(200);
  clock = new Date(clock.getTime() + 1);
  for (const path of [`/v1/files/${passing.id}`, `/v1/files/${passing.id}/content`]) {
    expect((await call(path)).status).toBe(404);
  }
  expect((await call(`/v1/files/${passing.id}`, { method: 'DELETE' })).status).toBe(404);
  expect(await files.find('proj_default', passing.id)).toBeNull();
  expect(await listIds()).toEqual([staying.id]);
  expect(await store.has(hash)).toBe(true);

  // The sweep of a start, which another opening of the room does as well.
  const again = openFiles({ database, store, log, now: () => clock });
  await again.close();
  expect(await database.sql.selectFrom('files').select('id').execute()).toEqual([{ id: staying.id }]);
  expect(await store.has(hash)).toBe(false);
});

test('bytes go with the last file that is made of them', async () => {
  const { body: first } = await upload('shared bytes');
  const { body: second } = await upload('shared bytes', {}, keys.theirs);
  const hash = await hashOf(first.id);
  expect(await (await call(`/v1/files/${first.id}`, { method: 'DELETE' })).json()).toEqual({
    id: first.id,
    object: 'file',
    deleted: true,
  });
  expect(await store.has(hash)).toBe(true);
  expect(await (await call(`/v1/files/${second.id}/content`, {}, keys.theirs)).text()).toBe('shared bytes');
  await call(`/v1/files/${second.id}`, { method: 'DELETE' }, keys.theirs);
  expect(await store.has(hash)).toBe(false);
});

test('bytes that an image is made of stay', async () => {
  const { body } = await upload('bytes of an image');
  const hash = await hashOf(body.id);
  await database.sql
    .insertInto('images')
    .values({
      id: newId('img'),
      project_id: theirProject,
      request_id: null,
      role: 'input',
      position: 0,
      hash,
      media_type: 'image/png',
      byte_count: 17,
      width: 1,
      height: 1,
      created_at: new Date(),
    })
    .execute();
  expect((await call(`/v1/files/${body.id}`, { method: 'DELETE' })).status).toBe(200);
  expect(await store.has(hash)).toBe(true);
});

test('a file may be as large as the limit, and not a byte larger', async () => {
  expect((await upload('a'.repeat(maxFileBytes))).status).toBe(200);
  for (const byteCount of [maxFileBytes + 1, 3_000_000]) {
    const { status, body } = await upload('b'.repeat(byteCount));
    expect(status).toBe(413);
    expect(body).toMatchObject({ error: { code: 'request_too_large', param: 'file' } });
  }
  expect(await listIds()).toHaveLength(1);
});

test('bytes of a form that is refused are not kept', async () => {
  const { body } = await upload('refused bytes');
  const hash = await hashOf(body.id);
  await call(`/v1/files/${body.id}`, { method: 'DELETE' });
  expect((await upload('refused bytes', { purpose: 'nonsense' })).status).toBe(400);
  expect((await upload('refused bytes', { 'expires_after[seconds]': '1' })).status).toBe(400);
  // A removal may still wait for the upload that asked for it.
  await files.holdBytes(async () => undefined);
  expect(await store.has(hash)).toBe(false);
});

test('a form that ends in the middle of its file is the caller’s mistake', async () => {
  const response = await fetch(`${url}/v1/files`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${keys.mine}`,
      'content-type': 'multipart/form-data; boundary=b',
    },
    body: '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nthe beginning',
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'invalid_multipart' } });
  expect(await listIds()).toEqual([]);
});

test('an upload that is cut off leaves nothing, and holds nothing up', async () => {
  const head = [
    'POST /v1/files HTTP/1.1',
    'host: 127.0.0.1',
    `authorization: Bearer ${keys.mine}`,
    'content-type: multipart/form-data; boundary=b',
    'content-length: 500',
    '',
    '--b',
    'content-disposition: form-data; name="file"; filename="a.txt"',
    '',
    'the beginning',
  ].join('\r\n');
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(head);
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.destroy();

  const { body } = await upload('after the cut');
  const hash = await hashOf(body.id);
  await call(`/v1/files/${body.id}`, { method: 'DELETE' });
  await expect.poll(() => store.has(hash)).toBe(false);
  expect(await listIds()).toEqual([]);
});
