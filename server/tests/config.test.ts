import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configJsonSchema } from '../src/config/index.ts';
import { readConfig } from '../src/config/read-config.ts';
import { toNanoUsd } from '../src/config/usd.ts';
import { findProviders } from '../src/providers/index.ts';
import { readGuide } from './support/read-guide.ts';
import {
  newDataDir,
  type Pictor,
  removeDataDirs,
  startAndFail,
  startPictor,
} from './support/start-pictor.ts';

const providers = await findProviders();
const secret = 'sk-very-secret-0123456789';

function read(text: string) {
  return readConfig('pictor.yaml', text, {
    providers,
    variable: (name) => (name === 'GOOD_KEY' ? secret : undefined),
  });
}

function problemsOf(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : [];
  }
  return [];
}

const reference = (name: string): string => `$\{${name}}`;

describe('a wrong file', () => {
  test('tells every problem at once, each with its line and its key', () => {
    const text = `providers:
  openai:
    - name: Main
      api_key: ${secret}
      wrong: 1
    - name: eu
      api_key: ${reference('BAD_KEY')}
prices:
  - model: gpt-image-2
    from: 2026-01-01
    per_image: 0.0000000001
routes:
  best:
    targets: []
rooting: {}
`;
    const problems = problemsOf(text);
    expect(problems.map((each) => each.split(': ').slice(0, 2).join(': ')).toSorted()).toEqual(
      [
        'pictor.yaml:3: providers.openai[0].name',
        'pictor.yaml:4: providers.openai[0].api_key',
        'pictor.yaml:5: providers.openai[0].wrong',
        'pictor.yaml:7: providers.openai[1].api_key',
        'pictor.yaml:11: prices[0].per_image',
        'pictor.yaml:14: routes.best.targets',
        'pictor.yaml:15: rooting',
      ].toSorted(),
    );
    expect(problems.join()).not.toContain(secret);
    expect(problems.join()).toContain('the environment variable BAD_KEY is not set');
    expect(problems.join()).toContain('a secret may not stand in this file');
  });

  test.each([
    ['a: b: c\n', /^pictor\.yaml:1: /],
    ['routing: {}\nrouting: {}\n', /^pictor\.yaml:2: .*unique/],
    ['- a list\n', /^pictor\.yaml:1: /],
    [
      'providers: &all\n  openai: *all\n',
      /^pictor\.yaml:1: providers\.openai: an anchor stands inside itself$/,
    ],
    [
      'providers:\n  openai:\n    - name: eu\n',
      /^pictor\.yaml:3: providers\.openai\[0\]\.api_key: is missing$/,
    ],
  ])('%j is told', (text, problem) => {
    expect(problemsOf(text)[0]).toMatch(problem);
  });
});

test('references are filled in, and nothing is needed', () => {
  const config = read(`providers:\n  openai: [{ name: eu, api_key: "${reference('GOOD_KEY')}" }]\n`);
  expect(config.providers).toMatchObject({ openai: [{ name: 'eu', api_key: secret }] });
  expect(read('')).toMatchObject({ models: [], aliases: {}, routing: { retries: 2, max_wait_seconds: 30 } });
});

test.each([
  ['0.1', 1, 100_000_000],
  [0.1, 1, 100_000_000],
  ['$5.25', 1_000_000, 5_250],
  [30, 1_000_000, 30_000],
  [1e-9, 1, 1],
  ['0.0000000001', 1, null],
  ['0.0001', 1_000_000, null],
  ['five', 1, null],
  [-1, 1, null],
])('%j USD for %d is %j nano-USD, exactly', (amount, per, nanoUsd) => {
  expect(toNanoUsd(amount, per)).toBe(nanoUsd);
});

test.each(['providers-settings', 'routing'])('the file in guides/%s.md is a good one', async (name) => {
  const page = new URL(`../../docs/guides/${name}.md`, import.meta.url);
  const { blocks } = await readGuide(fileURLToPath(page));
  const files = blocks.filter(({ language }) => language === 'yaml');
  expect(files.length).toBeGreaterThan(0);
  for (const { code } of files) {
    expect(() => readConfig('pictor.yaml', code, { providers, variable: () => secret })).not.toThrow();
  }
});

test('docs/pictor.schema.json is the schema (npm run reference writes it)', () => {
  const file = new URL('../../docs/pictor.schema.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(configJsonSchema(providers))),
  );
});

test('a server does not start with a wrong file, and says why without a stack', async () => {
  const dataDir = await newDataDir();
  const configFile = join(dataDir, 'pictor.yaml');
  await writeFile(
    configFile,
    'routes:\n  best: { targets: [{ model: nonsense }] }\naliases: { a: nothing }\n',
  );
  const wrong = await startAndFail({ env: { PICTOR_CONFIG: configFile } });
  expect(wrong.code).toBe(78);
  expect(wrong.output).toContain(`pictor.yaml:2: routes.best.targets[0].model: there is no model 'nonsense'`);
  expect(wrong.output).toContain(`pictor.yaml:3: aliases.a: there is no model 'nothing'`);
  expect(wrong.output).not.toContain('    at ');
  const missing = await startAndFail({ env: { PICTOR_CONFIG: join(dataDir, 'none.yaml') } });
  expect(missing.code).toBe(78);
  expect(missing.output).toContain('PICTOR_CONFIG');
});

describe('a server', () => {
  let pictor: Pictor;
  let configFile: string;

  beforeAll(async () => {
    const dataDir = await newDataDir();
    configFile = join(dataDir, 'pictor.yaml');
    await writeFile(configFile, 'aliases: { first: sketch-1 }\n');
    pictor = await startPictor({ dataDir, env: { PICTOR_CONFIG: configFile, GOOD_KEY: secret } });
  });
  afterAll(async () => {
    await pictor.stop();
    await removeDataDirs();
  });

  type Status = { status: string; loaded_at: number; error: { message: string } | null };

  async function status(): Promise<Status> {
    return (await (await pictor.call('/api/config')).json()) as Status;
  }

  async function knows(model: string): Promise<boolean> {
    return (await pictor.call(`/v1/models/${model}`)).status === 200;
  }

  const patience = { timeout: 20_000, interval: 200 };

  test('uses a changed file without a restart', async () => {
    expect(await status()).toMatchObject({ status: 'loaded', error: null });
    expect(await knows('first')).toBe(true);
    await writeFile(configFile, 'aliases: { second: sketch-1 }\n');
    await expect.poll(() => knows('second'), patience).toBe(true);
    expect(await knows('first')).toBe(false);
  });

  test('keeps what runs when the file breaks, and says why', async () => {
    await writeFile(
      configFile,
      `aliases: { third: sketch-1 }\nproviders:\n  openai: [{ name: eu, api_key: ${secret} }]\n`,
    );
    process.kill(pictor.pid, 'SIGHUP');
    await expect.poll(async () => (await status()).status, patience).toBe('failed');
    expect((await status()).error?.message).toMatch(
      /pictor\.yaml:3: providers\.openai\[0\]\.api_key: a secret/,
    );
    expect(JSON.stringify(await status()) + pictor.output()).not.toContain(secret);
    expect(pictor.output()).toContain('the one before is');
    expect(await knows('second')).toBe(true);
    expect(await knows('third')).toBe(false);
    await writeFile(configFile, 'aliases: { third: sketch-1 }\n');
    await expect.poll(() => knows('third'), patience).toBe(true);
    expect(await status()).toMatchObject({ status: 'loaded', error: null });
  });

  test.each([
    ['gate.local', 'must be a full address such as'],
    ['http://user:hunter2@127.0.0.1:1', 'must be an address without a user name or a password'],
    ['http://127.0.0.1:1/v1?key=hunter2', 'must be an address without a query'],
  ])('tells the line of what only an upstream finds wrong: %s', async (address, problem) => {
    const text = `providers:\n  compatible:\n    - name: gate\n      base_url: "${address}"\n      models: [{ id: x }]\n`;
    await writeFile(configFile, text);
    process.kill(pictor.pid, 'SIGHUP');
    const told = `pictor.yaml:4: providers.compatible[0].base_url: ${problem}`;
    await expect.poll(async () => (await status()).error?.message, patience).toContain(told);
    expect(JSON.stringify(await status()) + pictor.output()).not.toContain('hunter2');
    expect(await knows('third')).toBe(true);
  });

  test('refuses upstreams that only show to be wrong when they are opened', async () => {
    await writeFile(
      configFile,
      `providers:\n  openai: [{ name: google, api_key: "${reference('GOOD_KEY')}" }, { name: google, api_key: "${reference('GOOD_KEY')}" }]\n`,
    );
    process.kill(pictor.pid, 'SIGHUP');
    await expect.poll(async () => (await status()).error?.message, patience).toContain('"google"');
    expect(await knows('third')).toBe(true);
  });

  test('publishes the schema to everybody, and the status only to operators', async () => {
    const schema = await fetch(`${pictor.url}/pictor.schema.json`);
    expect(schema.status).toBe(200);
    expect(await schema.json()).toMatchObject({ title: 'pictor.yaml', properties: { routes: {} } });
    expect((await fetch(`${pictor.url}/api/config`)).status).toBe(401);
  });
});
