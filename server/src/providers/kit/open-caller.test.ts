import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ProviderError } from '../../models/index.ts';
import { brokenInput, sampleInput, toInput } from '../../models/testing/sample-inputs.ts';
import { type Call, type CallerOptions, openCaller } from './open-caller.ts';
import { readText } from './read-text.ts';
import { writeFormBody } from './write-form-body.ts';
import { writeJsonBody } from './write-json-body.ts';

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function callerFor(options?: CallerOptions) {
  const caller = openCaller('test', options);
  onTestFinished(caller.close);
  return caller;
}

const never = new AbortController().signal;
const small = { headers: {}, body: writeJsonBody({ a: 1 }), signal: never };

async function failureOf(call: Call, options?: CallerOptions): Promise<ProviderError> {
  const caller = callerFor(options);
  try {
    const reply = await caller.call(call);
    await readText(reply.body, 1000);
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
  throw new Error('The call succeeded.');
}

test('before anything was sent nothing was charged', async () => {
  const refused = await failureOf({ ...small, url: 'http://127.0.0.1:9/' });
  expect(refused.facts).toMatchObject({ kind: 'unavailable', charged: 'no', provider: 'test' });
  expect(refused.retrySafe).toBe(true);
  const unknown = await failureOf({ ...small, url: 'http://no-such-host.invalid/' });
  expect(unknown.facts).toMatchObject({ kind: 'unavailable', charged: 'no' });
  const url = await listen(() => undefined);
  const plain = await failureOf({ ...small, url: url.replace('http:', 'https:') });
  expect(plain.facts).toMatchObject({ kind: 'unavailable', charged: 'no' });
});

test('behind that, a cut may have been charged', async () => {
  const url = await listen((request) => request.socket.destroy());
  const cut = await failureOf({ ...small, url });
  expect(cut.facts).toMatchObject({ kind: 'unavailable', charged: 'maybe' });
  expect(cut.retrySafe).toBe(false);
});

test('a call that takes longer than any call may has timed out, before its answer and in it', async () => {
  const silent = await listen(() => undefined);
  const begun = await listen((_, response) => response.write('{'));
  for (const url of [silent, begun]) {
    const late = await failureOf({ ...small, url }, { callTimeoutMs: 100 });
    expect(late.facts).toMatchObject({ kind: 'timed-out', charged: 'maybe' });
  }
});

test('a call that is given up ends, before its answer and in it', async () => {
  for (const answers of [false, true]) {
    const controller = new AbortController();
    const url = await listen((_, response) => {
      if (answers) response.write('{');
      setImmediate(() => controller.abort());
    });
    const ended = await failureOf({ ...small, url, signal: controller.signal });
    expect(ended.facts).toMatchObject({ kind: 'unavailable', charged: 'maybe' });
  }
});

test('a picture that cannot be read, or has changed, ends a call that nobody can have charged', async () => {
  const url = await listen((request) => request.resume());
  const input = await sampleInput({ width: 64, height: 64, format: 'png', colour: '#123' });
  for (const image of [brokenInput(input), { ...input, byteCount: input.byteCount + 1 }]) {
    const body = writeFormBody([{ name: 'image', fileName: 'a.png', image }]);
    const failed = await failureOf({ ...small, url, body });
    expect(failed.facts).toMatchObject({ kind: 'unavailable', charged: 'no' });
  }
});

test('follows no redirect, and sends every call over a connection of its own', async () => {
  const ports: (number | undefined)[] = [];
  const url = await listen((request, response) => {
    ports.push(request.socket.remotePort);
    request.resume().on('end', () => response.writeHead(307, { location: '/elsewhere' }).end());
  });
  const caller = callerFor();
  for (let count = 0; count < 3; count += 1) {
    const reply = await caller.call({ ...small, url });
    expect(reply.status).toBe(307);
    await readText(reply.body, 1000);
  }
  expect(new Set(ports).size).toBe(3);
});

test('a form is read while it is sent, and asks for no more than the network takes', async () => {
  let sentBytes = 0;
  const url = await listen((request, response) => {
    // It never reads on, so the sender has to wait.
    request.once('readable', () => setTimeout(() => response.end('{}'), 200));
  });
  const chunk = Buffer.alloc(64 * 1024);
  const chunks = 1024;
  const image = {
    ...toInput(Buffer.alloc(0), { width: 1, height: 1, mediaType: 'image/png' }),
    byteCount: chunk.length * chunks,
    open: async function* () {
      for (let index = 0; index < chunks; index += 1) {
        sentBytes += chunk.length;
        yield chunk;
      }
    },
  };
  const body = writeFormBody([{ name: 'image', fileName: 'a.png', image }]);
  const reply = await callerFor().call({ ...small, url, body });
  expect(reply.status).toBe(200);
  expect(sentBytes).toBeLessThan(chunk.length * chunks * 0.75);
  reply.close();
});
