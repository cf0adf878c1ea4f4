import { errorBody } from '../http/index.ts';
import type { ImageStore } from '../storage/index.ts';
import type { Answer } from './answer.ts';
import type { JobRun, StoredImage } from './job-run.ts';
import { toReport } from './to-answer.ts';
import { answerId, outputFields } from './write-json.ts';

/** How often a comment line keeps an idle connection open. */
const keepAliveMs = 5_000;

export type EventOptions = { readonly extensions: boolean };

/**
 * Renders a running job as server-sent events: a comment at once and while nothing happens, partial images as they
 * come, one completed event for each image when all is booked, usage on the last, or one error event.
 */
export async function* writeEvents(
  run: JobRun,
  kind: 'generate' | 'edit' | 'vary',
  store: ImageStore,
  options: EventOptions,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(': working\n\n');
  const prefix = kind === 'generate' ? 'image_generation' : 'image_edit';
  for await (const update of withKeepAlive(run.updates())) {
    if (update === 'idle') {
      yield Buffer.from(': still working\n\n');
      continue;
    }
    if (update.type === 'partial') {
      const fields = { partial_image_index: update.partialIndex, ...partialFields(update.image) };
      yield* imageEvent(`${prefix}.partial_image`, run.requestId, update.image, store, fields, options);
    }
    if (update.type !== 'done') continue;
    if (update.outcome.status === 'failed') {
      yield Buffer.from(`event: error\ndata: ${JSON.stringify(errorBody(update.outcome.error))}\n\n`);
      continue;
    }
    yield* completedEvents(`${prefix}.completed`, update.outcome.answer, store, options);
  }
}

async function* completedEvents(
  type: string,
  answer: Answer,
  store: ImageStore,
  options: EventOptions,
): AsyncGenerator<Uint8Array> {
  for (const [index, image] of answer.images.entries()) {
    const last = index === answer.images.length - 1;
    const fields = {
      ...outputFields({ ...answer, applied: { ...answer.applied, ...image.applied, size: image } }),
      ...(last && answer.usage !== null ? { usage: answer.usage } : {}),
      ...(image.revisedPrompt === undefined ? {} : { revised_prompt: image.revisedPrompt }),
      ...(options.extensions ? { pictor: { ...toReport(answer), index } } : {}),
    };
    yield* imageEvent(type, answer.requestId, image, store, fields, options, answer.createdSeconds);
  }
}

/** One event whose base64 is read from the store while it is sent. */
async function* imageEvent(
  type: string,
  requestId: string,
  image: StoredImage,
  store: ImageStore,
  fields: Record<string, unknown>,
  options: EventOptions,
  createdSeconds = Math.floor(Date.now() / 1000),
): AsyncGenerator<Uint8Array> {
  const head = {
    type,
    ...(options.extensions ? { id: answerId({ requestId }) } : {}),
    created_at: createdSeconds,
    ...fields,
  };
  yield Buffer.from(`event: ${type}\ndata: ${JSON.stringify(head).slice(0, -1)},"b64_json":"`);
  yield* store.readBase64(image.hash);
  yield Buffer.from('"}\n\n');
}

function partialFields(image: StoredImage): Record<string, string> {
  const { applied } = image;
  return {
    size: `${image.width}x${image.height}`,
    quality: applied.quality ?? 'auto',
    background: applied.background ?? 'auto',
    output_format: applied.outputFormat ?? image.mediaType.replace('image/', ''),
  };
}

/** The same items, and `idle` whenever none came for a while. */
async function* withKeepAlive<T>(items: AsyncIterable<T>): AsyncGenerator<T | 'idle'> {
  const iterator = items[Symbol.asyncIterator]();
  let next = iterator.next();
  for (;;) {
    const timer = Promise.withResolvers<'idle'>();
    const handle = setTimeout(() => timer.resolve('idle'), keepAliveMs);
    const winner = await Promise.race([next, timer.promise]);
    clearTimeout(handle);
    if (winner === 'idle') {
      yield 'idle';
      continue;
    }
    if (winner.done === true) return;
    yield winner.value;
    next = iterator.next();
  }
}
