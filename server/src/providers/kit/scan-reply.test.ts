import { expect, test } from 'vitest';
import { ProviderError } from '../../models/index.ts';
import { openPieces } from './read-pieces.ts';
import { scanJsonReply } from './scan-reply.ts';

const isBase64 = (path: readonly string[]): boolean => path.at(-1) === 'b64';

/** A reply of one picture of `chunks` times 48 KiB, made while it is read. */
async function* largeReply(chunks: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{"data":[{"b64":"');
  const text = Buffer.from(Buffer.alloc(48 * 1024, 'picture').toString('base64'));
  for (let index = 0; index < chunks; index += 1) yield Buffer.from(text);
  yield Buffer.from('"}],"usage":{}}');
}

test('a picture of 64 MiB passes through without being held', async () => {
  const chunks = Math.ceil((64 * 1024 * 1024) / (48 * 1024));
  const pieces = openPieces('test', scanJsonReply('test', largeReply(chunks), { isBase64 }));
  expect((await pieces.next())?.type).toBe('start');
  const bytes = await pieces.openBytes();
  const heldBefore = heldBytes();
  let largest = 0;
  let byteCount = 0;
  let count = 0;
  for await (const part of bytes ?? []) {
    byteCount += part.byteLength;
    count += 1;
    if (count % 64 === 0) largest = Math.max(largest, heldBytes() - heldBefore);
  }
  expect(byteCount).toBe(chunks * 48 * 1024);
  expect(largest).toBeLessThan(40 * 1024 * 1024);
  expect(await pieces.next()).toEqual({ type: 'value', value: { data: [{ b64: '' }], usage: {} } });
});

function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('a picture that nobody reads is passed over', async () => {
  const pieces = openPieces('test', scanJsonReply('test', largeReply(3), { isBase64 }));
  expect((await pieces.next())?.type).toBe('start');
  expect((await pieces.next())?.type).toBe('value');
  expect(await pieces.next()).toBeNull();
});

test('a picture that is cut fails where its bytes are read', async () => {
  const cut = async function* () {
    yield Buffer.from('{"data":[{"b64":"AAEC');
  };
  const pieces = openPieces('test', scanJsonReply('test', cut(), { isBase64 }));
  await pieces.next();
  const bytes = (await pieces.openBytes()) ?? [];
  const reading = (async () => {
    for await (const part of bytes) expect(part).toEqual(Buffer.from([0, 1, 2]));
  })();
  await expect(reading).rejects.toThrow(ProviderError);
});
