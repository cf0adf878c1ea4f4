import { readFile, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Pictor, removeDataDirs, startAndFail, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
beforeAll(async () => {
  pictor = await startPictor({ ownKey: false });
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

/** A raw call, for headers that fetch does not let through. */
function raw(
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(pictor.url);
  return new Promise((resolve, reject) => {
    const call = request({ host: hostname, port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    call.on('error', reject);
    call.end();
  });
}

describe('keys', () => {
  test('the first start makes a key, shows it once, and keeps it for its owner alone', async () => {
    const file = join(pictor.dataDir, 'api-key');
    expect((await readFile(file, 'utf8')).trim()).toBe(pictor.key);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await fetch(`${pictor.url}/healthz`)).status).toBe(200);
  });

  test.each([
    ['no key', {}],
    ['a wrong key', { authorization: 'Bearer sk-wrong' }],
    ['a wrong scheme', { authorization: 'Basic abc' }],
    ['a wrong x-api-key', { 'x-api-key': 'sk-wrong' }],
  ])('%s is answered as OpenAI does', async (_name, headers) => {
    for (const path of ['/v1/models', '/api/requests', '/images/img_1', '/v1/models/gpt-image-1']) {
      const answer = await fetch(`${pictor.url}${path}`, { headers });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({
        error: { type: 'invalid_request_error', code: 'invalid_api_key', param: null },
      });
    }
    const generation = await fetch(`${pictor.url}/v1/images/generations`, {
      method: 'POST',
      headers,
      body: '{not json',
    });
    expect([401, 415]).toContain(generation.status);
  });

  test('x-api-key works as well as Bearer', async () => {
    expect((await fetch(`${pictor.url}/v1/models`, { headers: { 'x-api-key': pictor.key } })).status).toBe(
      200,
    );
  });

  test('a key from outside is never printed, and is never written to the data folder', async () => {
    const other = await startPictor();
    expect(other.output()).not.toContain(other.key);
    await expect(stat(join(other.dataDir, 'api-key'))).rejects.toThrow('ENOENT');
    await other.stop();
  });
});

describe('sign-in', () => {
  test('a link works once and opens a session', async () => {
    const glance = await fetch(pictor.signInLink, { method: 'HEAD', redirect: 'manual' });
    expect(glance.headers.get('set-cookie')).toBeNull();
    const first = await fetch(pictor.signInLink, { redirect: 'manual' });
    expect(first.status).toBe(303);
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    const session = { cookie: cookie.split(';')[0] ?? '' };
    expect((await fetch(`${pictor.url}/api/requests`, { headers: session })).status).toBe(200);
    const second = await fetch(pictor.signInLink, { redirect: 'manual' });
    expect(second.headers.get('location')).toBe('/?sign_in=spent');
    expect(second.headers.get('set-cookie')).toBeNull();
    const out = await fetch(`${pictor.url}/api/session`, { method: 'DELETE', headers: session });
    expect(out.status).toBe(204);
    expect((await fetch(`${pictor.url}/api/requests`, { headers: session })).status).toBe(401);
  });

  test('a session of the root key chooses its project, for pictures and downloads too', async () => {
    const post = (path: string, body: unknown, headers: Record<string, string>, method = 'POST') =>
      fetch(`${pictor.url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const root = { authorization: `Bearer ${pictor.key}` };
    const project = await (await post('/api/projects', { name: 'Chosen' }, root)).json();
    const key = await (await post(`/api/projects/${project.id}/keys`, { name: 'Its own' }, root)).json();
    const cookieOf = (answer: Response) =>
      answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ');
    const opened = cookieOf(await post('/api/session', { key: pictor.key }, {}));
    const choose = (id: string, cookie: string) =>
      post('/api/session/project', { project: id }, { cookie }, 'PUT');
    expect((await choose('proj_nowhere', opened)).status).toBe(404);
    const chosen = await choose(project.id, opened);
    expect(await chosen.json()).toMatchObject({ project: { id: project.id, name: 'Chosen' } });
    const cookie = `${opened}; ${cookieOf(chosen)}`;
    const session = async (headers: Record<string, string>) =>
      (await fetch(`${pictor.url}/api/session`, { headers })).json();
    expect(await session({ cookie })).toMatchObject({ project: { id: project.id } });
    expect(await session({ cookie, 'x-pictor-project': 'proj_default' })).toMatchObject({
      project: { id: 'proj_default' },
    });
    // A key says for itself whose it is, and a session of another key has no choice.
    expect(await session({ cookie, ...root })).toMatchObject({ project: { id: 'proj_default' } });
    const own = cookieOf(await post('/api/session', { key: key.key }, {}));
    expect((await choose('proj_default', own)).status).toBe(403);
    expect(await session({ cookie: `${own}; pictor_project=proj_default` })).toMatchObject({
      project: { id: project.id },
      scopes: ['generate', 'read'],
    });
    await fetch(`${pictor.url}/api/projects/${project.id}?confirm=${project.id}`, {
      method: 'DELETE',
      headers: root,
    });
    expect(await session({ cookie })).toMatchObject({ project: { id: 'proj_default' } });
  });

  test('the key opens a session too, and a wrong one does not', async () => {
    const post = (key: unknown) =>
      fetch(`${pictor.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ key }),
      });
    expect(await (await post(pictor.key)).json()).toMatchObject({
      signed_in: true,
      project: { id: 'proj_default' },
    });
    expect((await post('sk-wrong')).status).toBe(401);
    expect((await post(7)).status).toBe(400);
    expect(await (await fetch(`${pictor.url}/api/session`)).json()).toMatchObject({
      signed_in: false,
      project: null,
    });
  });
});

describe('other sites', () => {
  test.each(['evil.example', 'evil.example:4100', 'localhost.evil.example', 'a b'])(
    'a Host header of %j is refused',
    async (host) => {
      const { status } = await raw('/v1/models', { host, authorization: `Bearer ${pictor.key}` });
      expect([400, 403]).toContain(status);
    },
  );

  test('calls from pages of other origins are refused, unless they are allowed', async () => {
    const headers = { host: new URL(pictor.url).host, authorization: `Bearer ${pictor.key}` };
    expect((await raw('/v1/models', { ...headers, origin: 'https://evil.example' })).status).toBe(403);
    expect((await raw('/v1/models', { ...headers, origin: 'null' })).status).toBe(403);
    expect((await raw('/api/session', { ...headers, 'sec-fetch-site': 'cross-site' }, 'DELETE')).status).toBe(
      403,
    );
    expect((await raw('/v1/models', { ...headers, origin: pictor.url })).status).toBe(200);
    const open = await startPictor({ env: { PICTOR_ALLOWED_ORIGINS: 'https://studio.example' } });
    const allowed = await open.call('/v1/models', { headers: { origin: 'https://studio.example' } });
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://studio.example');
    const preflight = await fetch(`${open.url}/v1/images/generations`, {
      method: 'OPTIONS',
      headers: { origin: 'https://studio.example', 'access-control-request-headers': 'authorization' },
    });
    expect(preflight.status).toBe(204);
    await open.stop();
  });
});

describe('settings that cannot work', () => {
  test.each([
    ['PICTOR_PORT', 'many', 78],
    ['PICTOR_FSYNC', 'sometimes', 78],
    ['DATABASE_URL', 'mysql://x', 78],
    ['PICTOR_API_KEY', 'short', 78],
    ['PICTOR_PUBLIC_URL', 'pictor', 78],
  ])('%s=%s ends the start with a sentence that names it', async (name, value, code) => {
    const ended = await startAndFail({ env: { [name]: value } });
    expect(ended.code).toBe(code);
    expect(ended.output).toContain(name);
    expect(ended.output).not.toContain('    at ');
  });
});
