import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Pictor } from './index.ts';

const key = {
  id: 'key_1',
  object: 'project.api_key',
  project: 'proj_1',
  name: 'Press',
  hint: '…abcd',
  scopes: ['generate'],
  allowed_models: null,
  status: 'active',
  created_at: 1,
  expires_at: null,
  last_used_at: null,
  revoked_at: null,
  previous_expires_at: null,
};
const project = {
  id: 'proj_1',
  object: 'project',
  name: 'Shop',
  created_at: 1,
  retention: { images_days: 30, requests_days: null, files_days: null },
};
const removal = {
  requests: { count: 1 },
  images: { count: 1, bytes: 9 },
  files: { count: 0, bytes: 0 },
  freed_bytes: 9,
};
const deletion = {
  ...removal,
  id: 'proj_1',
  object: 'project.deletion',
  name: 'Shop',
  deleted: true,
  keys: { count: 1 },
  webhooks: { count: 0 },
};

/** Answers by address; anything else is answered 404 and fails its test. */
const answers: Readonly<Record<string, unknown>> = {
  'GET /api/projects': { object: 'list', data: [project] },
  'POST /api/projects': project,
  'GET /api/projects/proj_1': project,
  'PATCH /api/projects/proj_1': project,
  'DELETE /api/projects/proj_1': { ...deletion, deleted: false },
  'DELETE /api/projects/proj_1?confirm=proj_1': deletion,
  'POST /api/projects/proj_1/retention/preview': {
    ...removal,
    object: 'retention.preview',
    project: 'proj_1',
  },
  'POST /api/projects/proj_1/retention/run': { ...removal, object: 'retention.run', project: 'proj_1' },
  'GET /api/projects/proj_1/keys': { object: 'list', data: [key] },
  'POST /api/projects/proj_1/keys': { ...key, key: 'sk-pictor-new' },
  'GET /api/projects/proj_1/keys/key_1': key,
  'POST /api/projects/proj_1/keys/key_1/roll': { ...key, key: 'sk-pictor-rolled' },
  'DELETE /api/projects/proj_1/keys/key_1': { id: 'key_1', object: 'project.api_key', deleted: true },
};

let server: Server;
let client: Pictor;
let lastBody = '';

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    lastBody = Buffer.concat(chunks).toString();
    const answer = answers[`${request.method} ${request.url}`];
    response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new Pictor({ baseUrl: `http://127.0.0.1:${port}`, apiKey: 'sk-root' });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('projects are made, changed, looked at, and deleted with a confirmation', async () => {
  const { projects } = client;
  expect((await projects.list()).data).toEqual([project]);
  expect(await projects.create({ name: 'Shop', retention: { images_days: 30 } })).toEqual(project);
  expect(JSON.parse(lastBody)).toEqual({ name: 'Shop', retention: { images_days: 30 } });
  expect(await projects.get('proj_1')).toEqual(project);
  expect(await projects.update('proj_1', { name: 'Shop' })).toEqual(project);
  expect((await projects.previewDeletion('proj_1')).deleted).toBe(false);
  expect((await projects.delete('proj_1')).deleted).toBe(true);
  expect((await projects.previewRetention('proj_1', { files_days: 1 })).freed_bytes).toBe(9);
  expect(JSON.parse(lastBody)).toEqual({ files_days: 1 });
  expect((await projects.runRetention('proj_1')).object).toBe('retention.run');
});

test('keys are made and rolled with their secret, and listed without it', async () => {
  const { keys } = client.projects;
  expect((await keys.list('proj_1')).data).toEqual([key]);
  expect((await keys.create('proj_1', { name: 'Press', scopes: ['generate'] })).key).toBe('sk-pictor-new');
  expect(await keys.get('proj_1', 'key_1')).toEqual(key);
  expect((await keys.roll('proj_1', 'key_1', 60)).key).toBe('sk-pictor-rolled');
  expect(JSON.parse(lastBody)).toEqual({ grace_seconds: 60 });
  await expect(keys.revoke('proj_1', 'key_1')).resolves.toBeUndefined();
});
