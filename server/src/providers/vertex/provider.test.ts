import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  googleKey,
  googleProject,
  googleToken,
  openGoogleUpstream,
} from '../../../tests/upstreams/google-upstream.ts';
import type { ServedUpstream } from '../../../tests/upstreams/serve-upstream.ts';
import { builtInRows } from '../../catalogue/built-in-rows.ts';
import { SettingsError } from '../../foundation/index.ts';
import type { ImageJob, ImageModel } from '../../models/index.ts';
import { collectEvents } from '../../models/testing/collect-events.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { sampleJob } from '../../models/testing/sample-jobs.ts';
import { provider } from './provider.ts';
import { writeCredentials } from './testing/write-credentials.ts';
import { modelsPath, originOf } from './to-address.ts';

const row = builtInRows.find((each) => each.id === 'gemini-3-pro-image');
if (row === undefined) throw new Error('There is no such row.');
const pro = row;

let upstream: ServedUpstream;
let account: Awaited<ReturnType<typeof writeCredentials>>;
beforeAll(async () => {
  upstream = await openGoogleUpstream({ shrink: 8 });
  account = await writeCredentials(upstream.origin);
});
afterAll(async () => {
  await upstream.close();
  await account.remove();
});

async function open(variables: Readonly<Record<string, string>>, settings?: unknown) {
  const cells = await provider.open({
    variable: (name) => variables[name],
    dataDir: '/dev/null/nowhere',
    settings,
  });
  onTestFinished(async () => {
    await Promise.all(cells.map((cell) => cell.close()));
  });
  return cells;
}

function modelOf(cells: Awaited<ReturnType<typeof open>>): ImageModel {
  const model = cells[0]?.imageModel(pro, 'images.generations');
  if (model === undefined || model === null) throw new Error('The model is not served.');
  return model;
}

/** What the upstream got last for a job, tokens left out. */
async function send(model: ImageModel, changes: Partial<ImageJob> = {}) {
  await collectEvents(model, await sampleJob(pro, 'images.generations', changes));
  const call = upstream.calls.at(-1);
  if (call === undefined) throw new Error('Nothing was sent.');
  return { ...call, body: Object.fromEntries(call.fields) };
}

const signal = new AbortController().signal;

describe('a service account', () => {
  test('calls its project in the location with a token, and asks for one once', async () => {
    const before = upstream.calls.length;
    const cells = await open({
      GOOGLE_APPLICATION_CREDENTIALS: account.path,
      GOOGLE_CLOUD_LOCATION: 'europe-west4',
      PICTOR_VERTEX_BASE_URL: upstream.origin,
    });
    const model = modelOf(cells);
    await send(model);
    const call = await send(model);
    expect(call.path).toBe(
      `/v1beta1/projects/${googleProject}/locations/europe-west4/publishers/google/models/gemini-3-pro-image:generateContent`,
    );
    expect(call.headers.authorization).toBe(`Bearer ${googleToken}`);
    expect(call.headers).not.toHaveProperty('x-goog-api-key');
    const tokens = upstream.calls.slice(before).filter((each) => each.path === '/token');
    expect(tokens).toHaveLength(1);
  });

  test('is billed to another project where its file says so', async () => {
    const other = await writeCredentials(upstream.origin, { quota_project_id: 'payer' });
    onTestFinished(other.remove);
    const variables = { GOOGLE_APPLICATION_CREDENTIALS: other.path, PICTOR_VERTEX_BASE_URL: upstream.origin };
    const call = await send(modelOf(await open(variables)));
    expect(call.headers['x-goog-user-project']).toBe('payer');
  });

  test('sends what only Vertex AI takes', async () => {
    const settings = [
      {
        name: 'vertex-eu',
        credentials_file: account.path,
        base_url: upstream.origin,
        location: 'eu',
        person_generation: 'ALLOW_ADULT',
        safety_settings: [{ category: 'HARM_CATEGORY_IMAGE_HATE', threshold: 'BLOCK_ONLY_HIGH' }],
      },
    ];
    const model = modelOf(await open({}, settings));
    const call = await send(model, { outputFormat: 'jpeg', outputCompression: 40, user: 'User 7@Büro' });
    expect(call.path).toContain('/locations/eu/');
    expect(call.body).toMatchObject({
      safetySettings: [{ category: 'HARM_CATEGORY_IMAGE_HATE', threshold: 'BLOCK_ONLY_HIGH' }],
      labels: { user: 'user_7_büro' },
      generationConfig: {
        imageConfig: {
          personGeneration: 'ALLOW_ADULT',
          imageOutputOptions: { mimeType: 'image/jpeg', compressionQuality: 40 },
        },
      },
    });
    const job = await sampleJob(pro, 'images.generations', { user: 'User 7@Büro' });
    expect(model.adjustments?.(job)).toMatchObject([
      { parameter: 'user', action: 'approximated', applied: 'user_7_büro' },
    ]);
    expect(model.adjustments?.({ ...job, user: 'user-7' })).toEqual([]);
  });

  test('whose token is refused fails before anything is charged, and without showing it', async () => {
    const gone = await openGoogleUpstream();
    await gone.close();
    const withTokensOf = async (tokenUri: string) => {
      const other = await writeCredentials(upstream.origin, { token_uri: tokenUri });
      onTestFinished(other.remove);
      const variables = {
        GOOGLE_APPLICATION_CREDENTIALS: other.path,
        PICTOR_VERTEX_BASE_URL: upstream.origin,
      };
      return modelOf(await open(variables));
    };
    const model = await withTokensOf(`${upstream.origin}/nothing`);
    const away = await withTokensOf(`${gone.origin}/token`);
    const job = await sampleJob(pro, 'images.generations');
    const refused = await runToError(model, job);
    expect(refused.facts).toMatchObject({ kind: 'unauthorised', charged: 'no' });
    expect(refused.message).toContain('GOOGLE_APPLICATION_CREDENTIALS');
    expect((await runToError(away, job)).facts).toMatchObject({ kind: 'unavailable', charged: 'no' });
  });
});

describe('an express key', () => {
  test.each([
    [{ VERTEX_API_KEY: googleKey }],
    [{ GOOGLE_API_KEY: googleKey, GOOGLE_GENAI_USE_VERTEXAI: 'true' }],
  ])('calls without a project: %j', async (variables) => {
    const call = await send(modelOf(await open({ ...variables, PICTOR_VERTEX_BASE_URL: upstream.origin })));
    expect(call.path).toBe('/v1beta1/publishers/google/models/gemini-3-pro-image:generateContent');
    expect(call.headers['x-goog-api-key']).toBe(googleKey);
    expect(call.headers).not.toHaveProperty('authorization');
  });
});

describe('settings', () => {
  test.each([
    ['nothing is set', {}],
    ['the general key is for the Gemini API', { GOOGLE_API_KEY: googleKey }],
    ['only a location is set', { GOOGLE_CLOUD_LOCATION: 'us' }],
  ])('is not configured when %s', async (_, variables) => {
    expect(await open(variables)).toEqual([]);
  });

  test.each([
    ['GOOGLE_CLOUD_LOCATION', 'not a region'],
    ['GOOGLE_APPLICATION_CREDENTIALS', '/nowhere/credentials.json'],
    ['PICTOR_VERTEX_BASE_URL', 'aiplatform'],
    ['GOOGLE_CLOUD_PROJECT', 'my project/../x'],
  ])('says what is wrong with %s', async (name, value) => {
    const opening = open({ GOOGLE_CLOUD_PROJECT: googleProject, [name]: value });
    await expect(opening).rejects.toThrow(SettingsError);
    await expect(opening).rejects.toThrow(name);
  });

  test('says when a file is none of credentials', async () => {
    const other = await writeCredentials(upstream.origin, { type: 'impersonated' });
    onTestFinished(other.remove);
    await expect(open({ GOOGLE_APPLICATION_CREDENTIALS: other.path })).rejects.toThrow('service account');
  });

  test.each([
    ['us-central1', 'https://us-central1-aiplatform.googleapis.com'],
    ['global', 'https://aiplatform.googleapis.com'],
    ['us', 'https://aiplatform.us.rep.googleapis.com'],
    ['eu', 'https://aiplatform.eu.rep.googleapis.com'],
  ])('finds the address of %s', (location, origin) => {
    expect(originOf('GOOGLE_CLOUD_LOCATION', location)).toBe(origin);
    expect(modelsPath({ project: 'p', location })).toBe(
      `/v1beta1/projects/p/locations/${location}/publishers/google/models`,
    );
  });
});

describe('a check', () => {
  const check = async (variables: Readonly<Record<string, string>>) => {
    const [cell] = await open({ PICTOR_VERTEX_BASE_URL: upstream.origin, ...variables });
    const findings = (await cell?.check(signal)) ?? [];
    return Object.fromEntries(findings.map(({ part, status }) => [part, status]));
  };

  test('tries token, address, project and location, and makes no picture', async () => {
    const works = { address: 'works', key: 'works', deployment: 'works' };
    expect(await check({ GOOGLE_APPLICATION_CREDENTIALS: account.path })).toEqual(works);
    expect(upstream.calls.at(-1)?.path).toMatch(/:countTokens$/);
    expect(upstream.calls.at(-1)?.pictures).toEqual([]);
    expect(await check({ VERTEX_API_KEY: googleKey })).toEqual({ address: 'works', key: 'works' });
  });

  test('says which part is wrong', async () => {
    const other = { GOOGLE_APPLICATION_CREDENTIALS: account.path, GOOGLE_CLOUD_PROJECT: 'another' };
    expect(await check(other)).toEqual({ address: 'works', key: 'fails' });
    expect(await check({ VERTEX_API_KEY: 'wrong' })).toEqual({ address: 'works', key: 'fails' });
    const away = { VERTEX_API_KEY: googleKey, PICTOR_VERTEX_BASE_URL: 'http://127.0.0.1:9' };
    expect(await check(away)).toEqual({ address: 'fails', key: 'unknown' });
    const elsewhere = { VERTEX_API_KEY: googleKey, PICTOR_VERTEX_BASE_URL: `${upstream.origin}/other` };
    expect(await check(elsewhere)).toEqual({ address: 'fails', key: 'unknown' });
    const missing = { error: { code: 404, status: 'NOT_FOUND', message: 'Publisher Model was not found' } };
    upstream.next({ instead: { status: 404, body: missing } });
    expect(await check({ VERTEX_API_KEY: googleKey })).toEqual({ address: 'works', deployment: 'fails' });
  });
});
