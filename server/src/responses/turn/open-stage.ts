import { newId, PictorError } from '../../foundation/index.ts';
import type { ImageCalls, JobRun, Outcome, StoredImage, StoredInput } from '../../images/index.ts';
import type { LoadedFile, OpenImage, OpenMessage, Painted, Stage, Turn } from '../directors/director.ts';
import type { Item, PictureFacts, Wire } from '../items/item.ts';
import type { Events } from './open-events.ts';
import { paint } from './paint.ts';
import { modeOf } from './tool-parameters.ts';
import { writeMessage } from './write-message.ts';
import { writeToolCall } from './write-tool-call.ts';

export type StageParts = {
  readonly images: ImageCalls;
  readonly load: (picture: PictureFacts, projectId: string) => Promise<StoredInput>;
  readonly events: Events;
  readonly park: Stage['park'];
  readonly loadFile: (fileId: string, projectId: string) => Promise<LoadedFile | null>;
  /** Name of the upstream whose items these are. */
  readonly maker: string | undefined;
  readonly signal: AbortSignal;
  /** Keeps an item that is done. */
  readonly keep: (item: Item) => Promise<void>;
};

/** What the turn brought forth so far. */
export type Yield = {
  readonly outputs: Item[];
  readonly jobs: { readonly itemId: string; readonly run: JobRun; outcome: Outcome | null }[];
  /** Why pictures did not come. */
  readonly failures: PictorError[];
};

const path = '/v1/responses';

/** Turns what a director does into events and items. */
export function openStage(parts: StageParts, turn: Turn, made: Yield): Stage {
  const { events } = parts;
  let nextIndex = 0;

  const begin = (item: Item): number => {
    const index = nextIndex;
    nextIndex += 1;
    events.tell({ type: 'response.output_item.added', fields: { output_index: index }, item });
    return index;
  };
  const finish = async (index: number, plain: Item): Promise<void> => {
    const item = parts.maker === undefined ? plain : { ...plain, maker: parts.maker };
    made.outputs[index] = item;
    await parts.keep(item);
    events.tell({ type: 'response.output_item.done', fields: { output_index: index }, item });
  };

  const writer = { begin, finish, events };
  const openMessage = (id = newId('msg')): OpenMessage => writeMessage(id, writer);

  const openImage = (requestId: string): OpenImage => {
    const id = toCallId(requestId, made.outputs);
    const index = begin(callItem(id, { status: 'in_progress' }));
    const place = { output_index: index, item_id: id };
    events.tell({ type: 'response.image_generation_call.in_progress', fields: place });
    events.tell({ type: 'response.image_generation_call.generating', fields: place });
    return {
      id,
      preview: (image, partialIndex) => {
        events.tell({
          type: 'response.image_generation_call.partial_image',
          fields: { ...place, partial_image_index: partialIndex, ...factsOf(image) },
          picture: toFacts(image),
        });
      },
      complete: async (image, facts, replay) => {
        events.tell({ type: 'response.image_generation_call.completed', fields: place });
        const picture = toFacts(image);
        const plain = callItem(id, { status: 'completed', ...factsOf(image), ...facts }, picture);
        const item = replay === undefined ? plain : { ...plain, replay };
        await finish(index, item);
        return { status: 'completed', item, picture };
      },
      fail: async (error, facts) => {
        const item = callItem(id, { status: 'failed', ...facts, error: error.toEnvelope() });
        made.failures.push(error);
        await finish(index, item);
        return { status: 'failed', item, error };
      },
    };
  };

  const stage: Stage = {
    signal: parts.signal,
    openMessage,
    openImage,
    addItem: async (item) => {
      await finish(begin({ ...item, wire: item.wire }), item);
    },
    callTool: (call) => writeToolCall(call, writer),
    paint: async (call): Promise<Painted> => {
      const started = made.jobs.length;
      if (turn.maxToolCalls !== null && started >= turn.maxToolCalls) {
        return { status: 'failed', item: null, error: tooManyCalls(turn.maxToolCalls) };
      }
      return await paint(stage, turn, call);
    },
    planImage: (call) =>
      parts.images.plan({
        ...call,
        caller: turn.caller,
        path,
        parentId: turn.responseId,
        mode: modeOf(turn),
        tags: turn.tags,
        savedPrompt: turn.savedPrompt,
      }),
    startImage: async (planned, relayed) => {
      const run = await parts.images.start(planned, relayed);
      const job = { itemId: toCallId(run.requestId, []), run, outcome: null as Outcome | null };
      made.jobs.push(job);
      const stop = (): void => run.cancel();
      parts.signal.addEventListener('abort', stop, { once: true });
      void run.done.then((outcome) => {
        job.outcome = outcome;
        parts.signal.removeEventListener('abort', stop);
      });
      return run;
    },
    park: parts.park,
    loadFile: (fileId) => parts.loadFile(fileId, turn.caller.projectId),
    load: (picture) => parts.load(picture, turn.caller.projectId),
  };
  return stage;
}

function callItem(id: string, fields: Wire, picture?: PictureFacts): Item {
  return {
    id,
    type: 'image_generation_call',
    pictures: picture === undefined ? [] : [{ ...picture, at: 'result' }],
    wire: { id, type: 'image_generation_call', ...fields },
  };
}

/** A call has the digits of its request, so that it is found by either; further pictures of one request have their own. */
function toCallId(requestId: string, outputs: readonly (Item | undefined)[]): string {
  const id = requestId.replace(/^req_/, 'ig_');
  return outputs.some((item) => item?.id === id) ? newId('ig') : id;
}

/** What was really used, in the words of the wire. */
function factsOf(image: StoredImage): Wire {
  const { applied } = image;
  return {
    size: `${image.width}x${image.height}`,
    quality: applied.quality ?? 'auto',
    background: applied.background ?? 'auto',
    output_format: applied.outputFormat ?? image.mediaType.replace('image/', ''),
  };
}

function toFacts(image: StoredImage): PictureFacts {
  return {
    imageId: image.id,
    hash: image.hash,
    mediaType: image.mediaType,
    byteCount: image.byteCount,
    width: image.width,
    height: image.height,
  };
}

function tooManyCalls(max: number): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: `max_tool_calls allows ${max} ${max === 1 ? 'picture' : 'pictures'} in this turn.`,
    param: 'max_tool_calls',
  });
}
