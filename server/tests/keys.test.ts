import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../src/database/index.ts';
import { toJson } from './support/forms.ts';
import { callsWith, makeKey, makeProject } from './support/make-project.ts';
import { errorOf } from './support/read-answers.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
let project: string;
beforeAll(async () => {
  pictor = await startPictor();
  project = await makeProject(pictor, { name: 'Shop' });
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

const drawing = { model: 'sketch-1', prompt: 'A kite' };
const keysPath = () => `/api/projects/${project}/keys`;

async function listKeys(): Promise<readonly Record<string, unknown>[]> {
  return ((await (await pictor.call(keysPath())).json()) as { data: Record<string, unknown>[] }).data;
}

async function keyView(id: string): Promise<Record<string, unknown>> {
  return (await (await pictor.call(`${keysPath()}/${id}`)).json()) as Record<string, unknown>;
}

test('a key is shown once, works at once for the official client, and is listed without itself', async () => {
  const made = await makeKey(pictor, project, { name: 'Press' });
  const picture = await made.client().images.generate(drawing);
  expect(picture.data?.[0]?.b64_json).toBeTruthy();
  const view = await keyView(made.id);
  expect(view).toMatchObject({
    object: 'project.api_key',
    project,
    name: 'Press',
    hint: `…${made.key.slice(-4)}`,
    scopes: ['generate', 'read'],
    allowed_models: null,
    status: 'active',
    expires_at: null,
  });
  expect(JSON.stringify([view, await listKeys()])).not.toContain(made.key);
  const own = await made.call('/api/requests');
  expect(((await own.json()) as { data: unknown[] }).data).toHaveLength(1);
  const defaults = await pictor.call('/api/requests');
  expect(((await defaults.json()) as { data: unknown[] }).data).toHaveLength(0);
});

describe('scopes', () => {
  test.each([
    ['read', 'POST', '/v1/images/generations', 'generate'],
    ['read', 'POST', '/v1/files', 'generate'],
    ['read', 'POST', '/api/webhooks', 'manage'],
    ['read', 'GET', '/api/projects', 'root'],
    ['generate', 'GET', '/api/requests', 'read'],
    ['generate', 'GET', '/v1/files', 'read'],
    ['generate', 'GET', '/images/img_0', 'read'],
    ['manage', 'POST', '/v1/images/generations', 'generate'],
    ['manage', 'GET', '/v1/images/generations', 'read'],
    ['manage', 'POST', '/api/projects', 'root'],
  ])('a key for %s may not %s %s', async (scope, method, path, missing) => {
    const key = await makeKey(pictor, project, { scopes: [scope] });
    const answer = await key.call(path, method === 'GET' ? {} : toJson(drawing));
    const error = await errorOf(answer);
    expect(error).toMatchObject({ status: 403, type: 'invalid_request_error', code: 'missing_scope' });
    expect(error.message).toMatch(
      new RegExp(`^You have insufficient permissions.*Missing scopes:.*${missing}`),
    );
  });

  test('a key for making pictures can fetch what it asked for, and sees the models', async () => {
    const key = await makeKey(pictor, project, { scopes: ['generate'] });
    const accepted = await key.call(
      '/v1/images/generations',
      toJson({ ...drawing, prompt: 'A later kite' }, { prefer: 'respond-async' }),
    );
    const { id } = (await accepted.json()) as { id: string };
    const later = await key.call(`/v1/images/generations/${id}`, { headers: { prefer: 'wait=30' } });
    expect(later.status).toBe(200);
    expect((await key.client().models.list()).data.length).toBeGreaterThan(0);
  });

  test('the official client throws what it throws for OpenAI', async () => {
    const key = await makeKey(pictor, project, { scopes: ['read'] });
    await expect(key.client().images.generate(drawing)).rejects.toBeInstanceOf(OpenAI.PermissionDeniedError);
  });
});

describe('allowed models', () => {
  test('everything else is refused by name, under every name, and not listed', async () => {
    const key = await makeKey(pictor, project, { allowed_models: ['gpt-image-*', 'sketch-1'] });
    const ids = (await key.client().models.list()).data.map((model) => model.id);
    expect(ids).toContain('gpt-image-2');
    expect(ids.filter((id) => !id.startsWith('gpt-image-') && id !== 'sketch-1')).toEqual([]);
    for (const model of ['dall-e-3', 'openai/dall-e-3']) {
      const error = await errorOf(await key.call('/v1/images/generations', toJson({ ...drawing, model })));
      expect(error).toMatchObject({
        status: 403,
        type: 'invalid_request_error',
        param: 'model',
        code: 'model_not_allowed',
      });
      expect(error.message).toContain("'dall-e-3'");
    }
    expect((await errorOf(await key.call('/v1/models/dall-e-3'))).code).toBe('model_not_allowed');
    expect((await key.call('/v1/models/gpt-image-2')).status).toBe(200);
    expect((await key.call('/v1/images/generations', toJson(drawing))).status).toBe(200);
  });
});

describe('the end of a key', () => {
  test('it expires', async () => {
    const key = await makeKey(pictor, project, { expires_in_seconds: 1 });
    expect((await key.call('/v1/models')).status).toBe(200);
    await expect.poll(async () => (await key.call('/v1/models')).status, { timeout: 5_000 }).toBe(401);
    expect((await errorOf(await key.call('/v1/models'))).message).toContain('has expired');
    expect((await keyView(key.id)).status).toBe('expired');
  });

  test('revoking ends it and its sessions at once', async () => {
    const key = await makeKey(pictor, project);
    const session = await openSession(key.key);
    expect((await fetch(`${pictor.url}/api/requests`, session)).status).toBe(200);
    expect((await pictor.call(`${keysPath()}/${key.id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await errorOf(await key.call('/v1/models'))).code).toBe('invalid_api_key');
    expect((await fetch(`${pictor.url}/api/requests`, session)).status).toBe(401);
    expect((await keyView(key.id)).status).toBe('revoked');
    const again = await pictor.call(`${keysPath()}/${key.id}`, { method: 'DELETE' });
    expect(again.status).toBe(200);
    const rolled = await pictor.call(`${keysPath()}/${key.id}/roll`, toJson({}));
    expect((await errorOf(rolled)).code).toBe('not_found');
  });

  test('rolling gives the same key another secret, and the old one dies now', async () => {
    const key = await makeKey(pictor, project);
    const session = await openSession(key.key);
    const rolled = await roll(key.id, {});
    expect(rolled.id).toBe(key.id);
    expect((await key.call('/v1/models')).status).toBe(401);
    expect((await fetch(`${pictor.url}/api/requests`, session)).status).toBe(401);
    expect((await callsWith(pictor, rolled.key).call('/v1/models')).status).toBe(200);
  });

  test('or after a grace, when the second roll does not end it first', async () => {
    const key = await makeKey(pictor, project);
    const second = await roll(key.id, { grace_seconds: 2 });
    for (const secret of [key.key, second.key])
      expect((await callsWith(pictor, secret).call('/v1/models')).status).toBe(200);
    await expect.poll(async () => (await key.call('/v1/models')).status, { timeout: 6_000 }).toBe(401);
    const third = await roll(key.id, { grace_seconds: 600 });
    const fourth = await roll(key.id, { grace_seconds: 600 });
    const statuses = [second, third, fourth].map(
      async ({ key: secret }) => (await callsWith(pictor, secret).call('/v1/models')).status,
    );
    expect(await Promise.all(statuses)).toEqual([401, 200, 200]);
  });

  async function roll(id: string, body: unknown): Promise<{ id: string; key: string }> {
    const answer = await pictor.call(`${keysPath()}/${id}/roll`, toJson(body));
    expect(answer.status).toBe(200);
    return (await answer.json()) as { id: string; key: string };
  }

  async function openSession(key: string): Promise<{ headers: { cookie: string } }> {
    const answer = await fetch(`${pictor.url}/api/session`, toJson({ key }));
    return { headers: { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' } };
  }
});

describe('a key that manages', () => {
  test('manages the keys of its own project, and no other project exists for it', async () => {
    const manager = await makeKey(pictor, project, { scopes: ['generate', 'read', 'manage'] });
    const made = await manager.call(keysPath(), toJson({ name: 'By a manager' }));
    expect(made.status).toBe(200);
    const other = await makeProject(pictor, { name: 'Other' });
    for (const id of [other, 'proj_default', 'proj_none']) {
      const answer = await manager.call(`/api/projects/${id}/keys`);
      expect(await errorOf(answer)).toMatchObject({ status: 404, code: 'not_found', param: 'id' });
    }
    const ids = (await listKeys()).map((key) => key.id);
    expect(ids).not.toContain('key_root');
    expect((await manager.call(`/api/projects/proj_default/keys/key_root/roll`, toJson({}))).status).toBe(
      404,
    );
    expect((await pictor.call(`/api/projects/proj_default/keys/key_root/roll`, toJson({}))).status).toBe(404);
  });

  test('makes and rolls no key that may more than itself', async () => {
    const manager = await makeKey(pictor, project, {
      scopes: ['read', 'manage'],
      allowed_models: ['gpt-image-*'],
      expires_in_seconds: 3600,
    });
    const make = async (body: Record<string, unknown>) =>
      await errorOf(await manager.call(keysPath(), toJson({ name: 'More', ...body })));
    expect((await make({ scopes: ['generate'] })).code).toBe('missing_scope');
    expect((await make({ allowed_models: ['dall-e-*'] })).code).toBe('model_not_allowed');
    expect((await make({ allowed_models: null })).code).toBe('model_not_allowed');
    expect((await make({ expires_in_seconds: 7200 })).param).toBe('expires_at');
    const usual = await manager.call(keysPath(), toJson({ name: 'Less' }));
    expect(await usual.json()).toMatchObject({ scopes: ['read'], allowed_models: ['gpt-image-*'] });
    const stronger = await makeKey(pictor, project);
    const rolled = await manager.call(`${keysPath()}/${stronger.id}/roll`, toJson({}));
    expect((await errorOf(rolled)).code).toBe('missing_scope');
    expect((await stronger.call('/v1/models')).status).toBe(200);
  });
});

describe('the project of a request', () => {
  const named = (headers: Record<string, string>) => ({ headers });

  test('is any for the root key, by each of the names', async () => {
    const id = await makeProject(pictor, { name: 'Named' });
    const client = new OpenAI({ apiKey: pictor.key, baseURL: `${pictor.url}/v1`, project: id });
    const picture = await client.images.generate(drawing);
    expect(picture.data).toHaveLength(1);
    for (const [path, init] of [
      ['/api/requests', named({ 'x-pictor-project': id })],
      [`/api/requests?project=${id}`, {}],
      ['/api/requests', named({ 'openai-project': id })],
    ] as const) {
      const answer = await pictor.call(path, init);
      expect(((await answer.json()) as { data: unknown[] }).data, path).toHaveLength(1);
    }
  });

  test('is its own for every other key', async () => {
    const key = await makeKey(pictor, project);
    const missing = `proj_${'0'.repeat(32)}`;
    for (const id of ['proj_default', missing]) {
      for (const header of ['x-pictor-project', 'openai-project']) {
        const error = await errorOf(await key.call('/v1/models', named({ [header]: id })));
        expect(error).toMatchObject({ status: 403, code: 'mismatched_project' });
        expect(error.message).not.toContain(id);
      }
    }
    expect((await key.call('/v1/models', named({ 'x-pictor-project': project }))).status).toBe(200);
  });

  test('that is not there, or is named twice, is refused; one of OpenAI’s own says nothing', async () => {
    const call = async (headers: Record<string, string>) => await pictor.call('/v1/models', named(headers));
    expect((await call({ 'x-pictor-project': 'proj_none' })).status).toBe(404);
    expect((await call({ 'openai-project': `proj_${'0'.repeat(32)}` })).status).toBe(404);
    expect((await call({ 'openai-project': 'proj_Vm3yKcX9aQ' })).status).toBe(200);
    const twice = await call({ 'x-pictor-project': project, 'openai-project': 'proj_default' });
    expect((await errorOf(twice)).code).toBe('invalid_value');
  });
});

test.each([
  [{}, 'missing_required_parameter', 'name'],
  [{ name: '' }, 'invalid_value', 'name'],
  [{ name: 7 }, 'invalid_type', 'name'],
  [{ name: 'x'.repeat(101) }, 'invalid_value', 'name'],
  [{ name: 'k', scopes: [] }, 'invalid_value', 'scopes'],
  [{ name: 'k', scopes: ['root'] }, 'invalid_value', 'scopes'],
  [{ name: 'k', scopes: 'read' }, 'invalid_value', 'scopes'],
  [{ name: 'k', allowed_models: [] }, 'invalid_value', 'allowed_models'],
  [{ name: 'k', allowed_models: [7] }, 'invalid_value', 'allowed_models'],
  [{ name: 'k', expires_at: 1 }, 'invalid_value', 'expires_at'],
  [{ name: 'k', expires_at: '2030-01-01' }, 'invalid_value', 'expires_at'],
  [{ name: 'k', expires_in_seconds: 0 }, 'invalid_value', 'expires_in_seconds'],
  [{ name: 'k', colour: 'red' }, 'unknown_parameter', 'colour'],
  [[], 'invalid_type', null],
])('a key of %j is refused', async (body, code, param) => {
  const error = await errorOf(await pictor.call(keysPath(), toJson(body)));
  expect(error).toMatchObject({ status: 400, code, param });
});

test('rows hold hashes, the last use, and everything that a restart must know', async () => {
  const living = await makeKey(pictor, project, { name: 'Living' });
  const revoked = await makeKey(pictor, project, { name: 'Revoked' });
  const rolled = await makeKey(pictor, project, { name: 'Rolled' });
  await living.call('/v1/models');
  await expect.poll(async () => (await keyView(living.id)).last_used_at).toBeGreaterThan(1_700_000_000);
  await pictor.call(`${keysPath()}/${revoked.id}`, { method: 'DELETE' });
  await pictor.call(`${keysPath()}/${rolled.id}/roll`, toJson({ grace_seconds: 600 }));
  await pictor.stop();
  const database = await openDatabase({ dataDir: pictor.dataDir });
  const rows = await database.sql.selectFrom('api_keys').selectAll().execute();
  await database.close();
  expect(rows.find((row) => row.id === living.id)?.hash).toMatch(/^[0-9a-f]{64}$/);
  for (const { key } of [living, revoked, rolled]) expect(JSON.stringify(rows)).not.toContain(key);
  pictor = await startPictor({ dataDir: pictor.dataDir });
  expect((await keyView(living.id)).last_used_at).toBeGreaterThan(1_700_000_000);
  const statuses = [living, revoked, rolled].map(
    async ({ key }) => (await callsWith(pictor, key).call('/v1/models')).status,
  );
  expect(await Promise.all(statuses)).toEqual([200, 401, 200]);
});
