import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ForeignProject, installPackedSdk } from './support/pack-sdk.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const run = promisify(execFile);

let project: ForeignProject;
let site: Server;
let pageUrl: string;
let pictor: Pictor;

/** What a user of the package writes; in Node and in a page alike. */
const program = `
  const pictor = new Pictor({ baseUrl, apiKey });
  const seen = [];
  let image;
  for await (const progress of pictor.images.stream({ model: 'gpt-image-2', prompt: 'A tin robot', partial_images: 1 })) {
    if (progress.type !== 'waiting') seen.push(progress.type);
    if (progress.type === 'image') image = progress.bytes;
  }
  const edited = await pictor.images.edit({ model: 'gpt-image-2', prompt: 'In blue', image }, { tags: ['sdk'] });
  const varied = await pictor.images.vary({ model: 'dall-e-2', image: edited.data[0] && imageBytes(edited.data[0]), response_format: 'b64_json' });
  const again = await pictor.images.get(edited.pictor.request);
  const { data } = await pictor.requests.list();
  const file = await pictor.files.upload(new Blob([image]), { filename: 'robot.png', lifetimeSeconds: 3600 });
  const fromIds = await pictor.images.edit(
    { model: 'gpt-image-2', prompt: 'Both together', image: [{ fileId: file.id }, { fileId: data[1].images[0].id }] },
    { idempotencyKey: 'sdk-test-' + file.id },
  );
  const found = await pictor.requests.findByKey('sdk-test-' + file.id);
  const followed = [];
  for await (const { type } of pictor.images.follow(found.id)) followed.push(type);
  const late = await pictor.images.cancel(found.id).catch((error) => error);
  await pictor.files.delete(file.id);
  const refused = await pictor.images.generate({ prompt: 'A robot', size: 'huge' }).catch((error) => error);
  const result = {
    seen,
    kinds: data.slice(0, 3).map(({ kind }) => kind),
    isSame: again.data[0]?.b64_json === edited.data[0]?.b64_json,
    varied: varied.data.length,
    isFound: found.id === fromIds.pictor.request && (await pictor.requests.findByKey('of nobody')) === null,
    inputs: found.inputs.map(({ role }) => role),
    followed: followed.at(-1),
    late: late.code,
    refused: [refused instanceof InvalidRequestError, refused.code, refused.param],
    picture: edited.data[0]?.b64_json,
  };
`;
const imports = `import { imageBytes, InvalidRequestError, Pictor } from '@pictor/sdk';`;
const expected = {
  seen: ['started', 'partial', 'image'],
  kinds: ['vary', 'edit', 'generate'],
  isSame: true,
  varied: 1,
  isFound: true,
  inputs: ['input', 'input'],
  followed: 'image',
  late: 'request_finished',
  refused: [true, 'invalid_value', 'size'],
};

beforeAll(async () => {
  project = await installPackedSdk();
  // A page of another site, with the package as it was packed; only its imports are told by a map.
  site = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    if (pathname === '/') {
      const map = { imports: { '@pictor/sdk': '/@pictor/sdk/dist/sdk/src/index.js', zod: '/zod/index.js' } };
      const html = `<!doctype html><script type="importmap">${JSON.stringify(map)}</script><title>Site</title>`;
      return void response.writeHead(200, { 'content-type': 'text/html' }).end(html);
    }
    const file = join(project.path, 'node_modules', pathname);
    const text = await readFile(file).catch(() => null);
    response.writeHead(text === null ? 404 : 200, { 'content-type': 'text/javascript' }).end(text ?? '');
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  pageUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  pictor = await startPictor({ env: { PICTOR_ALLOWED_ORIGINS: pageUrl } });
});
afterAll(async () => {
  await pictor.stop();
  site.closeAllConnections();
  site.close();
  await project.remove();
  await removeDataDirs();
});

async function check({ picture, ...result }: { readonly picture: string }): Promise<void> {
  expect(result).toEqual(expected);
  expect(await sharp(Buffer.from(picture, 'base64')).metadata()).toMatchObject({
    format: 'png',
    width: 1024,
  });
}

test('the package has types of its own, which a strict project accepts', async () => {
  const file = await project.write(
    'use.ts',
    `import { Pictor, RateLimitError, type ImageProgress } from '@pictor/sdk';
     const pictor = new Pictor({ baseUrl: 'http://127.0.0.1:4100' });
     export async function last(prompt: string): Promise<Uint8Array | null> {
       let image: Uint8Array | null = null;
       try {
         const events: AsyncIterable<ImageProgress> = pictor.images.stream({ prompt });
         for await (const event of events) if (event.type === 'image') image = event.bytes;
       } catch (error) {
         if (error instanceof RateLimitError) return await last(prompt.slice(0, error.retryAfterMs ?? 0));
       }
       // @ts-expect-error: a picture is needed to edit.
       await pictor.images.edit({ prompt });
       return image;
     }`,
  );
  const options = [
    '--strict',
    '--noEmit',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--lib',
    'es2022,dom,dom.asynciterable',
  ];
  const told = await run(process.execPath, [compiler, ...options, '--types', '', file], {
    cwd: project.path,
  }).catch((error) => error);
  expect(told.stdout).toBe('');
});

test('the package works in Node', async () => {
  const given = `const [baseUrl, apiKey] = process.argv.slice(2);`;
  const file = await project.write(
    'use.mjs',
    `${imports}${given}${program}console.log(JSON.stringify(result));`,
  );
  const { stdout } = await run(process.execPath, [file, pictor.url, pictor.key], {
    maxBuffer: 64 * 1024 * 1024,
  });
  await check(JSON.parse(stdout));
});

test('the package works in a browser, from a page of another site', async () => {
  const browser = await chromium.launch({
    executablePath: process.env.PICTOR_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(pageUrl);
    const script = `(async () => { const { imageBytes, InvalidRequestError, Pictor } = await import('@pictor/sdk');
      const [baseUrl, apiKey] = ${JSON.stringify([pictor.url, pictor.key])};${program}return result; })()`;
    await check(JSON.parse(await page.evaluate(`${script}.then((result) => JSON.stringify(result))`)));
  } finally {
    await browser.close();
  }
});
