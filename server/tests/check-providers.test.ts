import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProviders } from '../src/providers/index.ts';
import { describeProviders } from '../src/routing/index.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { jsonAnswer, type ServedUpstream, serveUpstream } from './upstreams/serve-upstream.ts';

const key = 'sk-checked-0123456789abcdef';
const script = join(fileURLToPath(new URL('../../', import.meta.url)), 'scripts/check-providers.ts');

let upstream: ServedUpstream;
let configFile: string;

/** A service that lists its models to whoever has the right key, and draws for nobody. */
beforeAll(async () => {
  upstream = await serveUpstream(async ({ headers, path }) => {
    if (path !== '/v1/models') return jsonAnswer(404, { error: { message: `Invalid URL (${path})` } });
    if (headers.authorization === `Bearer ${key}`) return jsonAnswer(200, { object: 'list', data: [] });
    return jsonAnswer(401, { error: { message: 'Incorrect API key.', code: 'invalid_api_key' } });
  });
  configFile = join(await newDataDir(), 'pictor.yaml');
  const account = (name: string, variable: string, base = upstream.origin) =>
    `    - { name: ${name}, api_key: "$\{${variable}}", base_url: "${base}/v1" }\n`;
  const good = account('good', 'GOOD_KEY');
  const bad = account('bad', 'BAD_KEY');
  const lost = account('lost', 'GOOD_KEY', `${upstream.origin}/elsewhere`);
  await writeFile(configFile, `providers:\n  openai:\n${good}${bad}${lost}`);
});
afterAll(async () => {
  await upstream.close();
  await removeDataDirs();
});

const environment = () => ({ PICTOR_CONFIG: configFile, GOOD_KEY: key, BAD_KEY: 'sk-wrong-0123456789' });

async function run(env: Readonly<Record<string, string>>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [script], { env: { PATH: process.env.PATH ?? '', ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

describe('npm run check-providers', () => {
  test('tells for every upstream which part is wrong, without a server and without a picture', async () => {
    const { code, output } = await run(environment());
    expect(code).toBe(1);
    expect(output).toMatch(/^good \(OpenAI\)\n {2}ok {3}address: .*\n {2}ok {3}key: /m);
    expect(output).toMatch(
      /^bad \(OpenAI\)\n {2}ok {3}address: .*\n {2}FAIL key: .*providers\.openai \(bad\)\.api_key/m,
    );
    expect(output).toMatch(/^lost \(OpenAI\)\n {2}FAIL address: .*providers\.openai \(lost\)\.base_url/m);
    expect(output).not.toContain(key);
    expect(output).not.toContain('sk-wrong');
    expect(upstream.calls.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('ends well where all is well, and where nothing is configured', async () => {
    const alone = { OPENAI_API_KEY: key, PICTOR_OPENAI_BASE_URL: `${upstream.origin}/v1` };
    expect(await run(alone)).toMatchObject({ code: 0, output: expect.stringContaining('openai (OpenAI)') });
    expect(await run({})).toMatchObject({
      code: 0,
      output: expect.stringContaining('No provider is configured'),
    });
  });

  test('tells settings that cannot be read, and still checks the rest', async () => {
    expect(await run({ PICTOR_CONFIG: '/nowhere/pictor.yaml' })).toMatchObject({ code: 78 });
    const wrong = await run({
      OPENAI_API_KEY: 'sk with spaces',
      GEMINI_API_KEY: 'k',
      PICTOR_GEMINI_BASE_URL: upstream.origin,
    });
    expect(wrong.code).toBe(1);
    expect(wrong.output).toMatch(/FAIL key: OPENAI_API_KEY holds a character/);
    expect(wrong.output).toContain('gemini (Gemini API)');
  });
});

describe('POST /api/providers/check', () => {
  let pictor: Pictor;
  beforeAll(async () => {
    pictor = await startPictor({ env: environment() });
  });
  afterAll(async () => {
    await pictor.stop();
  });

  test('finds the same', async () => {
    const answer = await pictor.call('/api/providers/check', { method: 'POST' });
    const text = await answer.text();
    expect(text).not.toContain(key);
    const { data } = JSON.parse(text) as { data: { name: string; status: string }[] };
    expect(data.map(({ name, status }) => [name, status])).toEqual([
      ['good', 'works'],
      ['bad', 'fails'],
      ['lost', 'fails'],
      ['sketch', 'works'],
    ]);
    expect((await fetch(`${pictor.url}/api/providers/check`, { method: 'POST' })).status).toBe(401);
  });
});

test('docs/providers.md is what the providers say of themselves (npm run reference writes it)', async () => {
  const page = readFileSync(new URL('../../docs/providers.md', import.meta.url), 'utf8');
  expect(page).toBe(describeProviders(await findProviders()));
});
