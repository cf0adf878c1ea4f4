import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRelay, type Relay } from './support/open-relay.ts';
import { type Tried, tryWay, type Way } from './support/proxies/try-way.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
let cutter: Relay;

beforeAll(async () => {
  pictor = await startPictor({ env: { PICTOR_SKETCH_DELAY_MS: '12000' } });
  cutter = await openRelay({ targetPort: Number(new URL(pictor.url).port), idleMs: 5_000 });
});
afterAll(async () => {
  await cutter.close();
  await pictor.stop();
  await removeDataDirs();
});

async function tryThroughCutter(way: Way): Promise<Tried> {
  return await tryWay({ pictor, proxyPort: cutter.port, way, prompt: `a slow ${way} picture` });
}

test.concurrent.each(['stream', 'keepalive', 'async'] as const)(
  'a proxy that cuts after five quiet seconds does not cut %s',
  async (way) => {
    const tried = await tryThroughCutter(way);
    expect(tried).toEqual({ way, answered: true, attempts: 1, engineCalls: 1, foundById: true });
  },
  60_000,
);

test.concurrent('what it cuts, the official client has by its own retries, for one engine call', async () => {
  const tried = await tryThroughCutter('plain');
  expect(tried).toMatchObject({ answered: true, engineCalls: 1, foundById: true });
  expect(tried.attempts).toBeGreaterThan(1);
}, 60_000);

test.concurrent('what it cuts, and nobody asks for again, is found by its id', async () => {
  const tried = await tryThroughCutter('once');
  expect(tried).toMatchObject({ answered: false, attempts: 1, engineCalls: 1, foundById: true });
}, 60_000);
