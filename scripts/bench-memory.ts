import { type ChildProcess, spawn } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

/** What is measured: this many edits at once, each with the most pictures that the model takes. */
const requestCount = 16;
const imagesPerRequest = 16;
const model = 'gpt-image-1';

/** Edge of a square RGB picture of noise, which no coding can shrink: 10 MB. */
const edgePixels = 1870;
const sampleMs = 50;
const goalMegabytes = 400;

const mainFile = fileURLToPath(new URL('../server/src/main.ts', import.meta.url));
const apiKey = 'sk-pictor-memory-bench';
const boundary = 'pictor-memory-bench';

const dataDir = mkdtempSync(path.join(tmpdir(), 'pictor-memory-'));
const server = startServer();
try {
  await measure(server);
} finally {
  server.kill('SIGTERM');
  await once(server, 'close');
  rmSync(dataDir, { recursive: true, force: true });
}

/** Sends everything, and prints what it cost. Sets the exit code when the goal is missed or an edit fails. */
async function measure(child: ChildProcess): Promise<void> {
  const url = await whenReady(child);
  const baseline = residentMegabytes(child);
  const picture = makePicture();
  let peak = baseline;
  const timer = setInterval(() => {
    peak = Math.max(peak, residentMegabytes(child));
  }, sampleMs);
  const startMs = performance.now();
  const answers = await Promise.all(
    Array.from({ length: requestCount }, (_, index) => sendEdit(url, picture, index)),
  );
  clearInterval(timer);
  const seconds = (performance.now() - startMs) / 1000;
  const megabytes = (requestCount * imagesPerRequest * picture.byteCount) / 1024 ** 2;
  const growth = peak - baseline;
  const failed = answers.filter((answer) => answer.status !== 200);
  process.stdout.write(
    [
      `${requestCount} edits at once of ${imagesPerRequest} images, ${megabytes.toFixed(0)} MB in all`,
      `baseline  ${baseline.toFixed(0)} MB`,
      `peak      ${peak.toFixed(0)} MB`,
      `growth    ${growth.toFixed(0)} MB (goal: less than ${goalMegabytes} MB)`,
      `time      ${seconds.toFixed(1)} s`,
      ...failed.map((answer) => `failed    ${answer.status} ${answer.text.slice(0, 300)}`),
      '',
    ].join('\n'),
  );
  if (failed.length > 0 || growth >= goalMegabytes) process.exitCode = 1;
}

/** Started as `npm start` starts it: with the setting of the C library's memory that it hands down. */
function startServer(): ChildProcess {
  return spawn(process.execPath, [mainFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX,
      PICTOR_PORT: '0',
      PICTOR_DATA_DIR: dataDir,
      PICTOR_API_KEY: apiKey,
    },
  });
}

/** The address that the server greets with. */
function whenReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const url = /ready on (\S+)\n/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('close', () => reject(new Error(`The server ended before it was ready:\n${text}`)));
  });
}

/** What the process holds in memory, as Linux counts it. */
function residentMegabytes(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

type Picture = { readonly byteCount: number; readonly pieces: (name: string) => readonly Buffer[] };

/** A PNG of noise; each name gives one of other bytes, so that the store keeps every one. */
function makePicture(): Picture {
  const rows = Buffer.alloc(edgePixels * (1 + edgePixels * 3));
  randomFillSync(rows);
  // Every row begins with the number of its filter: none.
  for (let row = 0; row < edgePixels; row += 1) rows[row * (1 + edgePixels * 3)] = 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edgePixels, 0);
  header.writeUInt32BE(edgePixels, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const before = Buffer.concat([signature, makeChunk('IHDR', header)]);
  const after = Buffer.concat([
    makeChunk('IDAT', deflateSync(rows, { level: 0 })),
    makeChunk('IEND', Buffer.alloc(0)),
  ]);
  const pieces = (name: string): readonly Buffer[] => [
    before,
    makeChunk('tEXt', Buffer.from(`Title\0${name}`)),
    after,
  ];
  return { pieces, byteCount: pieces('').reduce((sum, piece) => sum + piece.length, 0) };
}

function makeChunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(content.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, sum]);
}

/** One edit; resolves when its answer was read to the end. */
async function sendEdit(
  url: string,
  picture: Picture,
  index: number,
): Promise<{ status: number; text: string }> {
  const call = request(`${url}/v1/images/edits`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
  });
  const answered = once(call, 'response');
  await pipeline(Readable.from(formPieces(picture, index)), call);
  const [response] = await answered;
  let text = '';
  for await (const chunk of response) if (text.length < 1000) text += String(chunk);
  return { status: response.statusCode, text };
}

function* formPieces(picture: Picture, index: number): Generator<Buffer> {
  const fields = { model, prompt: `All of this in one scene, number ${index}` };
  for (const [name, value] of Object.entries(fields)) {
    yield Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  }
  for (let place = 0; place < imagesPerRequest; place += 1) {
    const name = `${index}-${place}.png`;
    yield Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="image[]"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`,
    );
    for (const piece of picture.pieces(name)) {
      for (let at = 0; at < piece.length; at += 65_536) yield piece.subarray(at, at + 65_536);
    }
    yield Buffer.from('\r\n');
  }
  yield Buffer.from(`--${boundary}--\r\n`);
}
