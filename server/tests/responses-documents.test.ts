import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  countChanges,
  differenceOf,
  paintLandscape,
  paintMask,
  paintThing,
  readPixels,
} from './support/pictures.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { azureKey, openAzureUpstream } from './upstreams/azure-upstream.ts';
import { googleKey, openGoogleUpstream } from './upstreams/google-upstream.ts';
import { openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';

const documents = fileURLToPath(new URL('./fixtures/conversations/', import.meta.url));
/** Below node_modules, so that `import OpenAI from 'openai'` finds what this project has installed. */
const cacheFolder = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

const edge = { width: 1024, height: 1024 };
const pool = { left: 360, top: 560, width: 320, height: 240 };

const pictures: Readonly<Record<string, () => Promise<Buffer>>> = {
  'body-lotion.png': () => paintThing({ width: 400, height: 600 }, '#d68c3c'),
  'soap.png': () => paintThing({ width: 400, height: 300 }, '#c8325a'),
  'incense-kit.png': () => paintThing({ width: 600, height: 400 }, '#28783c'),
  'sunlit_lounge.png': () => paintLandscape(edge),
  'mask.png': () => paintMask(edge, pool),
  'woman_futuristic.jpg': async () =>
    await sharp(await paintLandscape({ width: 600, height: 900 }))
      .jpeg()
      .toBuffer(),
  'brain_logo.png': () => paintThing({ width: 200, height: 200 }, '#1040e0'),
};

/** Every example, with the files that it saves. */
const examples: Readonly<Record<string, readonly string[]>> = {
  'generate.mjs': ['otter.png'],
  'generate-older-model.mjs': ['otter.png'],
  'force-action.mjs': ['otter.png'],
  'follow-up-by-response.mjs': ['cat_and_otter.png', 'cat_and_otter_realistic.png'],
  'follow-up-by-response-older-model.mjs': ['cat_and_otter.png', 'cat_and_otter_realistic.png'],
  'follow-up-by-image.mjs': ['cat_and_otter.png', 'cat_and_otter_realistic.png'],
  'follow-up-by-image-older-model.mjs': ['cat_and_otter.png', 'cat_and_otter_realistic.png'],
  'stream.mjs': ['river0.png', 'river1.png'],
  'references.mjs': ['gift-basket.png'],
  'mask.mjs': ['lounge.png'],
  'fidelity.mjs': ['woman_with_logo.png'],
  'transparent.mjs': ['sprite.png'],
};

const drawn = new Map<string, Buffer>();
let network: Server;
let networkUrl: string;
let folder: string;

beforeAll(async () => {
  for (const [name, draw] of Object.entries(pictures)) drawn.set(name, await draw());
  network = createServer((request, response) => {
    const picture = drawn.get(request.url?.slice(1) ?? '');
    response.writeHead(picture === undefined ? 404 : 200).end(picture);
  });
  network.listen(0, '127.0.0.1');
  await once(network, 'listening');
  networkUrl = `http://127.0.0.1:${(network.address() as AddressInfo).port}`;
});
afterAll(async () => {
  network.close();
  await removeDataDirs();
});
beforeEach(async () => {
  await mkdir(cacheFolder, { recursive: true });
  folder = await mkdtemp(join(cacheFolder, 'pictor-conversations-'));
  await Promise.all([...drawn].map(([name, bytes]) => writeFile(join(folder, name), bytes)));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** Runs an example as its reader would. */
async function run(name: string, pictor: Pictor): Promise<void> {
  await copyFile(join(documents, name), join(folder, name));
  await promisify(execFile)(process.execPath, [name], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      OPENAI_BASE_URL: `${pictor.url}/v1`,
      OPENAI_API_KEY: pictor.key,
      PICTURES_URL: networkUrl,
    },
  });
}

async function saved(name: string): Promise<Buffer> {
  return await readFile(join(folder, name));
}

type Backend = { readonly env: Readonly<Record<string, string>>; readonly close: () => Promise<void> };

const mainline = ['gpt-5.4', 'gpt-5', 'gpt-4.1', 'gpt-4o'];

const backends: Readonly<Record<string, () => Promise<Backend>>> = {
  'the offline director': async () => ({ env: {}, close: async () => undefined }),
  OpenAI: async () => {
    const upstream = await openOpenAiUpstream();
    return {
      env: { OPENAI_API_KEY: upstreamKey, PICTOR_OPENAI_BASE_URL: upstream.baseUrl },
      close: upstream.close,
    };
  },
  Azure: async () => {
    const deployments = Object.fromEntries([...mainline, 'gpt-image-2'].map((name) => [name, name]));
    const upstream = await openAzureUpstream({ deployments });
    return {
      env: {
        AZURE_OPENAI_ENDPOINT: `${upstream.origin}/openai/v1`,
        AZURE_OPENAI_API_KEY: azureKey,
        AZURE_OPENAI_DEPLOYMENTS: Object.keys(deployments)
          .map((name) => `${name}=${name}`)
          .join(','),
      },
      close: upstream.close,
    };
  },
  Gemini: async () => {
    const upstream = await openGoogleUpstream();
    const config = join(await newDataDir(), 'pictor.yaml');
    const aliases = mainline.map((name) => `  ${name}: gemini-3-pro-image`);
    await writeFile(config, `aliases:\n${aliases.join('\n')}\n`);
    return {
      env: {
        GEMINI_API_KEY: googleKey,
        PICTOR_GEMINI_BASE_URL: upstream.origin,
        PICTOR_CONFIG: config,
      },
      close: upstream.close,
    };
  },
};

/** Azure and Gemini make no previews, so there is nothing that the example would save. */
const withoutPreviews = ['Azure', 'Gemini'];

describe.each(Object.keys(backends))('with %s', (name) => {
  let backend: Backend;
  let pictor: Pictor;

  beforeAll(async () => {
    const open = backends[name];
    if (open === undefined) throw new Error('There is no such backend.');
    backend = await open();
    pictor = await startPictor({ env: { PICTOR_FETCH_ALLOW: '127.0.0.1', ...backend.env } });
  });
  afterAll(async () => {
    await pictor.stop();
    await backend.close();
  });

  // The same examples with another model's name say nothing more of a service; the mask has a test of its own.
  const isNew = (example: string): boolean =>
    example !== 'mask.mjs' && (name === 'the offline director' || !example.includes('older'));

  test.each(Object.keys(examples).filter(isNew))('%s saves its pictures', async (example) => {
    await run(example, pictor);
    if (example === 'stream.mjs' && withoutPreviews.includes(name)) return;
    for (const file of examples[example] ?? []) {
      const { width, format } = await sharp(await saved(file)).metadata();
      expect(width).toBeGreaterThan(255);
      expect(format).toBe('png');
    }
    if (!example.startsWith('follow-up')) return;
    const [first, second] = await Promise.all(
      ['cat_and_otter.png', 'cat_and_otter_realistic.png'].map(
        async (file) => await readPixels(await saved(file)),
      ),
    );
    if (first === undefined || second === undefined) throw new Error('A picture is missing.');
    expect(differenceOf(first, second)).toBeGreaterThan(0);
  });

  test.each(['mask.mjs'])('%s draws a lounge of the size of the one that it was given', async (example) => {
    await run(example, pictor);
    const before = await readPixels(await saved('sunlit_lounge.png'));
    const after = await readPixels(await saved('lounge.png'));
    expect([after.width, after.height]).toEqual([before.width, before.height]);
    if (name !== 'the offline director') return;
    const changes = countChanges(before, after, pool);
    expect(changes.outside).toBe(0);
    expect(changes.inside).toBeGreaterThan(5_000);
  });
});

test('every example is run, and is in the list of repairs', () => {
  const list = readFileSync(join(documents, 'README.md'), 'utf8');
  const files = readdirSync(documents).filter((name) => name !== 'README.md');
  expect(files.toSorted()).toEqual(Object.keys(examples).toSorted());
  expect(files.filter((name) => !list.includes(`\`${name}\``))).toEqual([]);
});
