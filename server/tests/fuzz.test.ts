import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FuzzMaterial } from './support/fuzz-draft.ts';
import { judge } from './support/fuzz-judge.ts';
import { makePictures } from './support/fuzz-pictures.ts';
import { makeRequest } from './support/fuzz-requests.ts';
import { sendRaw } from './support/fuzz-send.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const seed = 20_261_121;
const requestCount = 2_000;
const atOnce = 4;
const maxMemoryBytes = 1.5 * 1024 ** 3;

let pictor: Pictor;
beforeAll(async () => {
  pictor = await startPictor();
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

test(`${requestCount} hostile requests get answers that tell what is wrong, and nothing else`, async () => {
  const material = await prepare();
  const secrets = [pictor.key, pictor.dataDir];
  const faults: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < requestCount && faults.length < 10) {
      const request = makeRequest(seed, next, material);
      next += 1;
      const fault = judge(request, await sendRaw(pictor.url, request), secrets);
      if (fault === null) continue;
      const shown = request.bytes.toString('latin1', 0, 1_500);
      faults.push(
        `seed ${seed}, request ${request.index} (${request.label}): ${fault}\n--- sent\n${shown}\n---`,
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  expect(faults).toEqual([]);

  const after = await generate();
  expect(after.data[0]?.b64_json).toMatch(/^[A-Za-z0-9+/]{40,}=*$/);
  expect(pictor.output()).not.toMatch(/\n {4}at |"level":[56]0|uncaught|unhandled/i);
  expect(await residentBytes(pictor.pid)).toBeLessThan(maxMemoryBytes);
}, 240_000);

test('a list of thousands of pictures is refused before the first is looked at', async () => {
  const answer = await pictor.call('/v1/images/edits', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'sketch-1', prompt: 'a boat', image: new Array(5_000).fill('no picture') }),
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { code: 'too_many_images', param: 'image' } });
});

test('bytes that are no HTTP do not get into an answer that is on its way', async () => {
  const slow = await startPictor({ env: { PICTOR_SKETCH_DELAY_MS: '2000' } });
  const body = '{"model":"sketch-1","prompt":"a boat","size":"64x64"}';
  const head = [
    'POST /v1/images/generations HTTP/1.1',
    'host: 127.0.0.1',
    `authorization: Bearer ${slow.key}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    // White space at once, so that the answer has begun while the picture is drawn.
    'x-pictor-keepalive: body',
  ].join('\r\n');
  const socket = connect(Number(new URL(slow.url).port), '127.0.0.1');
  let received = '';
  socket.write(`${head}\r\n\r\n${body}`);
  for await (const piece of socket) {
    received += String(piece);
    if (!socket.writableEnded) socket.end('no HTTP\r\n\r\n');
  }
  expect(received).toMatch(/^HTTP\/1\.1 200 /);
  expect(received.split('HTTP/1.1')).toHaveLength(2);
  await slow.stop();
});

type Generated = { readonly id: string; readonly data: readonly { readonly b64_json: string }[] };

async function generate(): Promise<Generated> {
  const answer = await pictor.call('/v1/images/generations', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'sketch-1', prompt: 'a small boat', size: '64x64' }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Generated;
}

/** Things that exist, so that requests by id reach further than a search. */
async function prepare(): Promise<FuzzMaterial> {
  const pictures = await makePictures();
  const requestId = (await generate()).id;
  const row = (await (await pictor.call(`/api/requests/${requestId}`)).json()) as {
    images: { id: string }[];
  };
  const form = new FormData();
  form.set('purpose', 'vision');
  form.set('file', new Blob([new Uint8Array(pictures.sound[0].bytes)]), pictures.sound[0].name);
  const file = (await (await pictor.call('/v1/files', { method: 'POST', body: form })).json()) as {
    id: string;
  };
  return { ...pictures, key: pictor.key, requestId, imageId: row.images[0]?.id ?? '', fileId: file.id };
}

/** What the process holds in memory, as Linux counts it. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024;
}
