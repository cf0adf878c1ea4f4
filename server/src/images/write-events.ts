import { createdSecondsOf } from '../foundation/index.ts';
import { errorBody } from '../http/index.ts';
import type { JobKind } from '../models/index.ts';
import type { ImageStore } from '../storage/index.ts';
import type { Answer } from './answer.ts';
import type { JobRun, JobUpdate } from './job-run.ts';
import type { LiveImage } from './live-image.ts';
import type { StoredImage } from './stored-image.ts';
import { toReport } from './to-answer.ts';
import { withKeepAlive } from './with-keep-alive.ts';
import { answerId, partsFields } from './write-json.ts';

export type EventOptions = {
  readonly extensions: boolean;
  readonly twin: boolean;
  /** Number of the last event that the caller has; 0: none. Events are numbered from 1. */
  readonly after: number;
};

/**
 * Renders a running job as server-sent events: a comment at once and while nothing happens, partial images as they
 * come, one completed event for each image when all is booked, usage on the last, or one error event.
 */
export async function* writeEvents(
  run: JobRun,
  kind: JobKind,
  store: ImageStore,
  options: EventOptions,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(': working\n\n');
  let number = 0;
  for await (const update of withKeepAlive(shown(run.updates()))) {
    if (update === 'idle') {
      yield Buffer.from(': still working\n\n');
      continue;
    }
    if (update.type === 'arriving') {
      if (options.after > number || !(await update.image.isLarge)) continue;
      yield* writeArrivingEvent(run, kind, update.image, store, options, number + 1);
      return;
    }
    for (const event of toEvents(update, prefixOf(kind), run, options)) {
      number += 1;
      if (number > options.after) yield* writeEvent(event, options.extensions ? number : null, store);
    }
  }
}

/** One event: its fields, and the picture whose base64 goes into `b64_json`. */
type Event = {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly image?: StoredImage;
};

function toEvents(update: JobUpdate, prefix: string, run: JobRun, options: EventOptions): Event[] {
  const id = options.extensions ? { id: answerId(run) } : {};
  if (update.type === 'partial') {
    const name = `${prefix}.partial_image`;
    const created = { created_at: createdSecondsOf(update.image.id) };
    const fields = {
      type: name,
      ...id,
      ...created,
      partial_image_index: update.partialIndex,
      ...eventFields(update.image),
      ...(options.extensions ? { pictor: { index: update.image.position } } : {}),
    };
    return [{ name, fields, image: update.image }];
  }
  if (update.type !== 'done') return [];
  if (update.outcome.status === 'failed') {
    return [{ name: 'error', fields: errorBody(update.outcome.error, options.extensions) }];
  }
  const { answer } = update.outcome;
  return answer.images.map((image, index) => ({
    name: `${prefix}.completed`,
    fields: { type: `${prefix}.completed`, ...id, ...completedFields(answer, image, index, options) },
    image,
  }));
}

function completedFields(answer: Answer, image: StoredImage, index: number, options: EventOptions) {
  const isLast = index === answer.images.length - 1;
  return {
    created_at: answer.createdSeconds,
    ...eventFields({ ...image, applied: { ...answer.applied, ...image.applied } }),
    ...(isLast && answer.usage !== null ? { usage: answer.usage } : {}),
    ...(options.extensions
      ? {
          ...(image.revisedPrompt === undefined ? {} : { revised_prompt: image.revisedPrompt }),
          ...(isLast ? partsFields(answer) : {}),
          pictor: { ...toReport(answer, options.twin), index },
        }
      : {}),
  };
}

/**
 * The last event of a job with one picture, while that arrives: what is known only behind the picture stands behind it.
 * Throws where the job fails, which cuts the event off before its end.
 */
async function* writeArrivingEvent(
  run: JobRun,
  kind: JobKind,
  image: LiveImage,
  store: ImageStore,
  options: EventOptions,
  number: number,
): AsyncGenerator<Uint8Array> {
  const name = `${prefixOf(kind)}.completed`;
  yield Buffer.from(`${headOf(name, options.extensions ? number : null)}{"type":"${name}","b64_json":"`);
  yield* image.read(store);
  const outcome = await run.done;
  if (outcome.status === 'failed') throw outcome.error;
  const [first] = outcome.answer.images;
  if (first === undefined || first.hash !== (await image.hash)) {
    throw new Error('The picture that was sent is not the first.');
  }
  const id = options.extensions ? { id: answerId(run) } : {};
  const rest = JSON.stringify({ ...id, ...completedFields(outcome.answer, first, 0, options) });
  yield Buffer.from(`",${rest.slice(1)}\n\n`);
}

/** The lines before an event's data. Without a number there is no `id:` line. */
function headOf(name: string, number: number | null): string {
  return `${number === null ? '' : `id: ${number}\n`}event: ${name}\ndata: `;
}

function prefixOf(kind: JobKind): string {
  return kind === 'generate' ? 'image_generation' : 'image_edit';
}

/** Base64 is read from the store while the event is sent. */
async function* writeEvent(
  event: Event,
  number: number | null,
  store: ImageStore,
): AsyncGenerator<Uint8Array> {
  const json = JSON.stringify(event.fields);
  const head = headOf(event.name, number);
  if (event.image === undefined) {
    yield Buffer.from(`${head}${json}\n\n`);
    return;
  }
  yield Buffer.from(`${head}${json.slice(0, -1)},"b64_json":"`);
  yield* store.readBase64(event.image.hash);
  yield Buffer.from('"}\n\n');
}

/** Events have all of these on every model: what a model does not have is `auto`. */
function eventFields(image: StoredImage): Record<string, string> {
  const { applied } = image;
  return {
    size: `${image.width}x${image.height}`,
    quality: applied.quality ?? 'auto',
    background: applied.background ?? 'auto',
    output_format: applied.outputFormat ?? image.mediaType.replace('image/', ''),
  };
}

/** What becomes an event. An engine that tells every second how far it is sends nothing, and must not seem busy. */
async function* shown(updates: AsyncIterable<JobUpdate>): AsyncGenerator<JobUpdate> {
  for await (const update of updates) {
    const isPassedOn = update.type === 'arriving' && update.image.isOnly;
    if (isPassedOn || update.type === 'partial' || update.type === 'done') yield update;
  }
}
