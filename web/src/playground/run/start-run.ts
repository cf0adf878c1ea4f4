import {
  type EditRequest,
  type GenerateRequest,
  type ImageProgress,
  type Pictor,
  PictorApiError,
} from '@pictor/sdk';
import type { Api } from '../playground-search.ts';
import { keepRun } from './kept-runs.ts';
import { isGoing, type Run, runStore } from './runs.ts';
import type { ImagesBody, writeSavedPrompt } from './write-body.ts';

type SavedPrompt = ReturnType<typeof writeSavedPrompt>;

export type RunFacts = Pick<Run, 'api' | 'model' | 'prompt' | 'wanted'> & Partial<Pick<Run, 'responseBody'>>;

/** Sends a call of the Images API. The run is known by its key before the first byte leaves. */
export function startImagesRun(
  pictor: Pictor,
  api: Api,
  { saved, ...body }: ImagesBody & { readonly saved: SavedPrompt },
  onEnd: () => void,
): string {
  const run = openRun({ api, model: body.model ?? '', prompt: body.prompt ?? '', wanted: body.n ?? 1 });
  const abort = new AbortController();
  aborts.set(run.key, abort);
  const events = pictor.images.stream(toRequest(body, saved), {
    idempotencyKey: run.key,
    signal: abort.signal,
  });
  void listen(run.key, events, onEnd);
  return run.key;
}

/** Takes up a request that runs already: previews that were made come again. */
export function followImagesRun(pictor: Pictor, facts: Run, requestId: string, onEnd: () => void): void {
  runStore.add({ ...facts, requestId, stage: 'working' });
  void listen(facts.key, pictor.images.follow(requestId), onEnd);
}

/** Asks for the end of a run. What was made by then stays. */
export async function cancelRun(pictor: Pictor, key: string): Promise<void> {
  const run = runStore.get(key);
  if (run === undefined || !isGoing(run)) return;
  runStore.change(key, () => ({ isCancelling: true }));
  try {
    if (run.responseId !== null) await pictor.responses.cancel(run.responseId);
    else if (run.requestId !== null) await pictor.images.cancel(run.requestId);
    else aborts.get(key)?.abort(new DOMException('It was cancelled before it began.', 'AbortError'));
  } catch (error) {
    // It ended while the wish was under way.
    if (error instanceof PictorApiError && error.code === 'request_finished') return;
    runStore.change(key, () => ({ isCancelling: false }));
    throw error;
  }
}

/** Pictures as the client takes them: by id, so that they are sent once and stay on the server. */
function toRequest({ images, mask, ...body }: ImagesBody, saved: SavedPrompt): GenerateRequest | EditRequest {
  if (saved !== undefined) return { ...body, prompt: undefined, prompt_template: saved };
  if (images === undefined) return body;
  const toInput = ({ file_id: fileId = '' }: { readonly file_id?: string | undefined }) => ({ fileId });
  const hasMask = typeof mask === 'object';
  return { ...body, image: images.map(toInput), ...(hasMask ? { mask: toInput(mask) } : {}) };
}

const aborts = new Map<string, AbortController>();

/** A new run under a key that nobody else has. */
export function openRun(facts: RunFacts): Run {
  const run: Run = { ...newRun(newRunKey(), Date.now()), ...facts };
  runStore.add(run);
  keepOf(run.key);
  return run;
}

/** A run of which nothing has come yet. */
export function newRun(key: string, startedAt: number): Run {
  return {
    key,
    startedAt,
    api: 'images',
    model: '',
    prompt: '',
    wanted: 1,
    stage: 'sending',
    isCancelling: false,
    requestId: null,
    responseId: null,
    responseBody: null,
    previews: [],
    previewCount: 0,
    arrived: 0,
    text: '',
    error: null,
  };
}

async function listen(key: string, events: AsyncIterable<ImageProgress>, onEnd: () => void): Promise<void> {
  await settleRun(key, onEnd, async () => {
    for await (const event of events) take(key, event);
  });
}

/** Runs the work of a run to its end, whichever it is. */
export async function settleRun(key: string, onEnd: () => void, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    runStore.change(key, () => ({ stage: 'ended' }));
  } catch (error) {
    runStore.change(key, () => ({
      stage: 'failed',
      error: error instanceof Error ? error : new Error(String(error)),
    }));
  } finally {
    aborts.delete(key);
    for (const preview of runStore.get(key)?.previews ?? []) URL.revokeObjectURL(preview);
    runStore.change(key, () => ({ previews: [] }));
    keepOf(key);
    onEnd();
  }
}

function take(key: string, event: ImageProgress): void {
  switch (event.type) {
    case 'started':
      runStore.change(key, () => ({ stage: 'working', requestId: event.requestId || null }));
      keepOf(key);
      break;
    case 'partial':
      showPreview(key, event.index, event.bytes, event.format);
      break;
    case 'image':
      runStore.change(key, ({ arrived }) => ({ arrived: arrived + 1 }));
      break;
    case 'waiting':
      break;
  }
}

/** Puts a preview in the place of the one before. */
export function showPreview(
  key: string,
  index: number,
  bytes: Uint8Array<ArrayBuffer>,
  format: string,
): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: `image/${format}` }));
  runStore.change(key, ({ previews, previewCount }) => {
    const next = [...previews];
    const before = next[index];
    if (before !== undefined) URL.revokeObjectURL(before);
    next[index] = url;
    return { previews: next, previewCount: previewCount + 1 };
  });
}

/** Writes down what a reload needs. */
export function keepOf(key: string): void {
  const run = runStore.get(key);
  if (run === undefined) return;
  const { api, model, prompt, wanted, startedAt, requestId, responseId, responseBody } = run;
  const facts = { key, api, model, prompt: prompt.slice(0, 2_000), wanted, startedAt, requestId, responseId };
  // Once its id is known, nobody asks by the body.
  keepRun({ ...facts, responseBody: responseId === null ? responseBody : null, isOpen: isGoing(run) });
}

function newRunKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `playground-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
