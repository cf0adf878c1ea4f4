import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { imagesResponse } from '@pictor/api';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { toJson } from './support/forms.ts';
import {
  countChanges,
  differenceOf,
  paintLandscape,
  paintMask,
  paintThing,
  readPixels,
  shareOf,
} from './support/pictures.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const documents = fileURLToPath(new URL('./fixtures/documents/', import.meta.url));
/** Below node_modules, so that `import OpenAI from 'openai'` finds what this project has installed. */
const cacheFolder = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

const edge = { width: 1024, height: 1024 };
const pool = { left: 360, top: 560, width: 320, height: 240 };
const lotion = [214, 140, 60] as const;
const bomb = [96, 60, 200] as const;
const incense = [40, 120, 60] as const;
const soap = [200, 50, 90] as const;

/** Stand-ins for what the documents show, by the documents' names. */
const pictures: Readonly<Record<string, () => Promise<Buffer>>> = {
  'body-lotion.png': () => paintThing({ width: 400, height: 600 }, `rgb(${lotion.join()})`),
  'bath-bomb.png': () => paintThing({ width: 500, height: 500 }, `rgb(${bomb.join()})`),
  'incense-kit.png': () => paintThing({ width: 600, height: 400 }, `rgb(${incense.join()})`),
  'soap.png': () => paintThing({ width: 400, height: 300 }, `rgb(${soap.join()})`),
  'sunlit_lounge.png': () => paintLandscape(edge),
  'mask.png': () => paintMask(edge, pool),
  'corgi_and_cat_paw.png': () => paintLandscape({ width: 512, height: 512 }),
  'woman.jpg': async () =>
    await sharp(await paintLandscape({ width: 600, height: 900 }))
      .jpeg()
      .toBuffer(),
  'logo.png': () => paintThing({ width: 200, height: 200 }, '#1040e0'),
};

let pictor: Pictor;
let network: Server;
let networkUrl: string;
let folder: string;
const drawn = new Map<string, Buffer>();
const ran = new Set<string>();

beforeAll(async () => {
  for (const [name, draw] of Object.entries(pictures)) drawn.set(name, await draw());
  network = createServer((request, response) => {
    const picture = drawn.get(request.url?.slice(1) ?? '');
    response.writeHead(picture === undefined ? 404 : 200).end(picture);
  });
  network.listen(0, '127.0.0.1');
  await once(network, 'listening');
  const { port } = network.address() as AddressInfo;
  networkUrl = `http://127.0.0.1:${port}`;
  pictor = await startPictor({ env: { PICTOR_FETCH_ALLOW: `127.0.0.1:${port}` } });
});
afterAll(async () => {
  await pictor.stop();
  network.close();
  await removeDataDirs();
});
beforeEach(async () => {
  await mkdir(cacheFolder, { recursive: true });
  folder = await mkdtemp(join(cacheFolder, 'pictor-documents-'));
  await Promise.all([...drawn].map(([name, bytes]) => writeFile(join(folder, name), bytes)));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** Runs an example as its reader would, and gives what it printed. */
async function run(name: string): Promise<{ stdout: string; stderr: string }> {
  ran.add(name);
  await copyFile(join(documents, name), join(folder, name));
  const [command, ...flags] = name.endsWith('.mjs') ? [process.execPath] : ['bash', '-euo', 'pipefail'];
  return await promisify(execFile)(command, [...flags, name], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      OPENAI_BASE_URL: `${pictor.url}/v1`,
      OPENAI_API_KEY: pictor.key,
    },
  });
}

async function saved(name: string): Promise<Buffer> {
  return await readFile(join(folder, name));
}

/** The picture behind a link, which opens without a key. */
async function opened(url: string | undefined): Promise<Buffer> {
  const response = await fetch(url?.trim() ?? '');
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

test.each(['generate.mjs', 'generate.sh'])('%s saves the otter', async (name) => {
  await run(name);
  expect(await sharp(await saved('otter.png')).metadata()).toMatchObject({ format: 'png', ...edge });
});

test.each(['stream.mjs', 'stream-newer-model.mjs'])('%s saves two stages of one river', async (name) => {
  await run(name);
  const [first, second] = await Promise.all([saved('river0.png'), saved('river1.png')]);
  const distance = differenceOf(await readPixels(first), await readPixels(second));
  expect(distance).toBeGreaterThan(0);
});

test.each(['generate-dall-e-2.mjs', 'generate-dall-e-3.mjs', 'vary.mjs'])(
  '%s prints the address of a picture',
  async (name) => {
    const { stdout } = await run(name);
    expect(await sharp(await opened(stdout)).metadata()).toMatchObject({ format: 'png', ...edge });
  },
);

test.each(['generate-dall-e-2.sh', 'generate-dall-e-3.sh', 'edit-mask-dall-e-2.sh', 'vary.sh'])(
  '%s prints an answer with the address of a picture',
  async (name) => {
    const { stdout } = await run(name);
    const answer = imagesResponse.parse(JSON.parse(stdout));
    const picture = await opened(answer.data[0]?.url);
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', ...edge });
    if (name !== 'edit-mask-dall-e-2.sh') return;
    const before = await readPixels(await saved('sunlit_lounge.png'));
    expect(countChanges(before, await readPixels(picture), pool)).toMatchObject({ outside: 0 });
  },
);

test('create-file.mjs prints the id of a file that has the bytes of the picture', async () => {
  const { stdout } = await run('create-file.mjs');
  const content = await pictor.call(`/v1/files/${stdout.trim()}/content`);
  expect(Buffer.from(await content.arrayBuffer()).equals(await saved('body-lotion.png'))).toBe(true);
});

test.each([
  ['edit-references.mjs', 'basket.png'],
  ['edit-references.sh', 'gift-basket.png'],
])('%s saves a basket with all four things', async (name, made) => {
  const { stderr } = await run(name);
  if (name.endsWith('.sh')) expect(stderr).toMatch(/x-request-id: req_[0-9a-f]{32}/);
  const pixels = await readPixels(await saved(made));
  for (const colour of [lotion, bomb, incense, soap]) expect(shareOf(pixels, colour)).toBeGreaterThan(0.005);
});

test('the same basket comes from the pictures’ addresses, without files', async () => {
  const names = ['body-lotion.png', 'soap.png', 'incense-kit.png', 'bath-bomb.png'];
  const response = await pictor.call(
    '/v1/images/edits',
    toJson({
      model: 'gpt-image-1',
      prompt: 'A gift basket on a white background containing all the items in the reference pictures',
      images: names.map((name) => ({ image_url: `${networkUrl}/${name}` })),
    }),
  );
  const { data } = imagesResponse.parse(await response.json());
  const pixels = await readPixels(Buffer.from(data[0]?.b64_json ?? '', 'base64'));
  for (const colour of [lotion, bomb, incense, soap]) expect(shareOf(pixels, colour)).toBeGreaterThan(0.005);
});

test.each(['edit-mask.mjs', 'edit-mask.sh'])(
  '%s saves the lounge, changed in its pool only',
  async (name) => {
    const { stderr } = await run(name);
    if (name.endsWith('.sh')) expect(stderr).toMatch(/x-request-id: req_[0-9a-f]{32}/);
    const before = await readPixels(await saved('sunlit_lounge.png'));
    const changes = countChanges(before, await readPixels(await saved('lounge.png')), pool);
    expect(changes.outside).toBe(0);
    expect(changes.inside).toBeGreaterThan(5_000);
  },
);

test('edit-fidelity.mjs saves the woman, with the blue of the logo', async () => {
  await run('edit-fidelity.mjs');
  const pixels = await readPixels(await saved('woman_with_logo.png'));
  expect(pixels.height).toBeGreaterThan(pixels.width);
  expect(shareOf(pixels, [16, 64, 224], 60)).toBeGreaterThan(0.001);
});

test.each(['generate-transparent.mjs', 'generate-transparent.sh'])(
  '%s saves a sprite sheet that one can see through',
  async (name) => {
    await run(name);
    const picture = await saved('sprite.png');
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', hasAlpha: true, ...edge });
    expect((await readPixels(picture)).data[3]).toBe(0);
  },
);

test('every example was run, and every example is in the list of repairs', () => {
  const examples = readdirSync(documents).filter((name) => name !== 'README.md');
  const list = readFileSync(join(documents, 'README.md'), 'utf8');
  expect(examples.filter((name) => !ran.has(name))).toEqual([]);
  expect(examples.filter((name) => !list.includes(`\`${name}\``))).toEqual([]);
});
