import { afterAll, expect, test } from 'vitest';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

afterAll(removeDataDirs);

type Answer = { readonly status: number; readonly text: string };

/** One request of each kind, and a promise of all their answers once their jobs run. */
async function sendAll(pictor: Pictor): Promise<{ answers: Promise<Answer[]> }> {
  const generate = async (prompt: string, more: object, headers: Record<string, string>): Promise<Answer> => {
    const answer = await pictor.call('/v1/images/generations', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ model: 'sketch-1', prompt, size: '256x256', ...more }),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const answers = Promise.all([
    generate('plain', {}, {}),
    generate('stream', { stream: true }, {}),
    generate('kept alive', {}, { 'x-pictor-keepalive': 'body' }),
  ]);
  const running = async () =>
    ((await (await pictor.call('/api/requests')).json()) as { data: unknown[] }).data.length;
  await expect.poll(running, { timeout: 20_000 }).toBe(3);
  return { answers };
}

test('SIGTERM lets running jobs end and answers them', async () => {
  const pictor = await startPictor({ env: { PICTOR_SKETCH_DELAY_MS: '3000' } });
  const { answers } = await sendAll(pictor);
  expect(await pictor.stop()).toBe(0);
  for (const { status, text } of await answers) {
    expect(status).toBe(200);
    expect(text).toContain('"b64_json":"');
  }
});

test('SIGTERM tells the callers of those that it gives up', async () => {
  const pictor = await startPictor({
    env: { PICTOR_SKETCH_DELAY_MS: '60000', PICTOR_SHUTDOWN_SECONDS: '1' },
  });
  const { answers } = await sendAll(pictor);
  expect(await pictor.stop()).toBe(0);
  const told = await answers;
  expect(told.map(({ status }) => status)).toEqual([500, 200, 200]);
  for (const { text } of told) expect(text).toContain('"code":"interrupted"');
});
