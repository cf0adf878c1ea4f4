import {
  type ImageBytes,
  type ImageEvent,
  type ImageJob,
  type ImageModel,
  type LateFacts,
  ProviderError,
  type RunContext,
} from '../../models/index.ts';
import { type Held, holdBytes } from '../kit/hold-bytes.ts';
import { openImageModel } from '../kit/openai-images/image-model.ts';
import type { Upstream } from '../kit/openai-images/upstream.ts';
import type { EngineModel } from './engine.ts';
import type { Place, Queue } from './open-queue.ts';
import { prepareJob } from './prepare-job.ts';
import { type ReadPicture, readPicture } from './read-picture.ts';
import { runSideBySide } from './run-side-by-side.ts';
import { tellAdjustments } from './tell-adjustments.ts';
import { writeCall } from './write-call.ts';

export type EngineParts = {
  readonly upstream: Upstream;
  readonly queue: Queue;
  /** Where pictures wait that are too many for the memory. */
  readonly holdFolder: string;
};

/** A model of an engine: n calls side by side where it makes fewer at once, all in the engine's queue. */
export function openEngineModel(parts: EngineParts, model: EngineModel): ImageModel {
  const caller = openImageModel({ ...parts.upstream, toRequest: (job) => writeCall(job, model) });
  return {
    adjustments: (job) => tellAdjustments(job, model),
    run: async function* (job, context) {
      const calls = await prepareJob(parts.upstream.provider, job, model);
      const runs = calls.map((call) => (signal: AbortSignal) => {
        const drawn = job.seed === undefined && call.seed !== undefined ? { seed: call.seed } : {};
        const isOneOfMany = calls.length > 1;
        return runCall({ parts, caller, model, job: call, drawn, isOneOfMany }, { ...context, signal });
      });
      const [only] = runs;
      if (only !== undefined && runs.length === 1) yield* only(context.signal);
      else yield* runSideBySide(runs, context.signal);
    },
  };
}

type EngineCall = {
  readonly parts: EngineParts;
  readonly caller: ImageModel;
  readonly model: EngineModel;
  readonly job: ImageJob;
  /** The seed, where nobody asked for it. */
  readonly drawn: { readonly seed?: number };
  readonly isOneOfMany: boolean;
};

async function* runCall(call: EngineCall, context: RunContext): AsyncGenerator<ImageEvent> {
  const { queue } = call.parts;
  let place: Place | null = null;
  try {
    place = queue.tryEnter();
    const waited = place === null;
    if (place === null) {
      yield { type: 'started' };
      yield { type: 'progress', stage: 'queued' };
      place = await queue.enter(context.callerId ?? '', context.signal);
    }
    for await (const event of readEvents(call, context)) {
      if (event.type !== 'started' || !waited) yield event;
    }
  } catch (error) {
    throw error instanceof ProviderError ? toBilled(call.model, error) : error;
  } finally {
    place?.leave();
  }
}

async function* readEvents(call: EngineCall, context: RunContext): AsyncGenerator<ImageEvent> {
  const { caller, model, job, drawn } = call;
  const formats = new Map<number, LateFacts['applied']>();
  for await (const event of caller.run(job, context)) {
    if (event.type === 'image') {
      const { held, ...picture } = await takePicture(call, event.bytes);
      formats.set(event.imageIndex, picture.applied);
      try {
        yield { ...event, bytes: picture.bytes, applied: { ...event.applied, ...picture.applied, ...drawn } };
      } finally {
        await held?.release();
      }
    } else if (event.type === 'finished') {
      const missing = event.missing?.map((each) => ({ ...each, error: toBilled(model, each.error) }));
      const late = event.late?.map((each) => correct(each, formats.get(each.imageIndex) ?? {}, job));
      yield {
        ...event,
        ...(missing === undefined ? {} : { missing }),
        ...(late === undefined ? {} : { late }),
      };
    } else yield event;
  }
}

/**
 * A picture of one of several calls is read whole before it is handed on: whoever reads it could not tell that the other
 * pictures are none the worse when it breaks.
 */
async function takePicture(
  { parts, model, job, isOneOfMany }: EngineCall,
  bytes: ImageBytes,
): Promise<ReadPicture & { readonly held: Held | null }> {
  const { provider } = parts.upstream;
  const picture = await readPicture(provider, { ...bytes, chunks: billed(model, bytes.chunks) }, job);
  if (!isOneOfMany) return { ...picture, held: null };
  const held = await holdBytes(picture.bytes.chunks, parts.holdFolder);
  return { ...picture, bytes: { chunks: held.open() }, held };
}

async function* billed(model: EngineModel, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw error instanceof ProviderError ? toBilled(model, error) : error;
  }
}

/** What an engine says of a picture, without what it only repeats, and with what its bytes say instead. */
function correct(late: LateFacts, seen: LateFacts['applied'], job: ImageJob): LateFacts {
  const { revisedPrompt, ...facts } = late;
  const { outputFormat: _told, ...applied } = facts.applied;
  const isRevised = revisedPrompt !== undefined && revisedPrompt !== job.prompt;
  return { ...facts, applied: { ...applied, ...seen }, ...(isRevised ? { revisedPrompt } : {}) };
}

/** An engine that bills nothing has charged nothing, whatever became of the call, so that it may be made again. */
function toBilled(model: EngineModel, error: ProviderError): ProviderError {
  if (model.billed || error.facts.charged === 'no') return error;
  return new ProviderError({ ...error.facts, charged: 'no', cause: error.facts.cause ?? error });
}
