import type { Pictor, ResponseProgress, ResponseRequest } from '@pictor/sdk';
import type { KeptRun } from './kept-runs.ts';
import type { Run } from './runs.ts';
import { runStore } from './runs.ts';
import { keepOf, newRun, openRun, type RunFacts, settleRun, showPreview } from './start-run.ts';

/**
 * Sends a turn of the Responses API. It runs in the background of the server, so that it can be cancelled, and ends
 * whoever listens.
 */
export function startResponseRun(
  pictor: Pictor,
  facts: Omit<RunFacts, 'api'>,
  body: ResponseRequest,
  onEnd: () => void,
): string {
  const responseBody = { ...body, background: true, store: true };
  const run = openRun({ ...facts, api: 'responses', responseBody });
  void listen(run.key, pictor.responses.stream(responseBody, { idempotencyKey: run.key }), onEnd);
  return run.key;
}

/** Asks for a turn once more, under the key of the first time: the first one answers where it arrived. */
export function resumeResponseRun(pictor: Pictor, kept: KeptRun, onEnd: () => void): void {
  const { key, responseBody } = kept;
  if (responseBody === null || runStore.get(key) !== undefined) return;
  runStore.add({ ...newRun(key, kept.startedAt), ...kept });
  void listen(key, pictor.responses.stream(responseBody, { idempotencyKey: key }), onEnd);
}

/** Takes up a response that runs already, from its beginning. */
export function followResponseRun(pictor: Pictor, facts: Run, responseId: string, onEnd: () => void): void {
  runStore.add({ ...facts, responseId, stage: 'working' });
  void listen(facts.key, pictor.responses.follow(responseId), onEnd);
}

async function listen(
  key: string,
  events: AsyncIterable<ResponseProgress>,
  onEnd: () => void,
): Promise<void> {
  await settleRun(key, onEnd, async () => {
    for await (const event of events) take(key, event);
  });
}

function take(key: string, event: ResponseProgress): void {
  switch (event.type) {
    case 'started':
      runStore.change(key, () => ({ stage: 'working', responseId: event.response.id }));
      keepOf(key);
      break;
    case 'text':
      runStore.change(key, ({ text }) => ({ text: text + event.delta }));
      break;
    case 'partial':
      showPreview(key, event.index, event.bytes, 'png');
      break;
    case 'item':
      if (event.isDone && event.item.type === 'image_generation_call') {
        runStore.change(key, ({ arrived }) => ({ arrived: arrived + 1 }));
      }
      break;
    case 'painting':
    case 'ended':
    case 'waiting':
      break;
  }
}
