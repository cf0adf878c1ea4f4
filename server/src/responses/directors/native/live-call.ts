import { newId, PictorError } from '../../../foundation/index.ts';
import type { JobRun, PlannedJob, StoredImage, StoredInput } from '../../../images/index.ts';
import type { AppliedParameters, PlacedMainline, ProviderError, Usage } from '../../../models/index.ts';
import { latestPictures } from '../../items/find-pictures.ts';
import { textOf, type Wire } from '../../items/item.ts';
import { toolParameters } from '../../turn/tool-parameters.ts';
import type { OpenImage, Stage, Turn } from '../director.ts';
import { openRelay } from './open-relay.ts';

/** A call of the image tool that a service is working on, stored and booked as a job of its own. */
export type LiveCall = {
  /** The service's. */
  readonly id: string;
  readonly preview: (chunks: AsyncIterable<Uint8Array>) => Promise<void>;
  readonly picture: (chunks: AsyncIterable<Uint8Array>) => Promise<void>;
  /** The service says that the picture is done, and what it did. */
  readonly complete: (facts: Wire) => Promise<void>;
  readonly fail: (error: ProviderError, facts: Wire) => Promise<void>;
  /** The whole answer is there: what the picture used is known, or will not be. */
  readonly end: (usage: Usage | null) => Promise<void>;
};

export async function openLiveCall(
  turn: Turn,
  stage: Stage,
  placed: PlacedMainline,
  asked: { readonly id: string; readonly action: unknown; readonly upstreamRequestId: string | undefined },
): Promise<LiveCall> {
  const requestId = newId('req');
  const relay = openRelay();
  const planned = await plan(turn, stage, requestId, asked.action);
  const run = await stage.startImage(planned, {
    model: relay.model,
    provider: placed.provider,
    engine: placed.engine,
  });
  const open = stage.openImage(requestId);
  const images = follow(run, open);
  let partialIndex = 0;
  let facts: Wire = {};
  await relay.push({
    type: 'started',
    ...(asked.upstreamRequestId === undefined ? {} : { upstreamRequestId: asked.upstreamRequestId }),
  });
  return {
    id: asked.id,
    preview: async (chunks) => {
      await relay.push({ type: 'partial', imageIndex: 0, partialIndex, bytes: { chunks }, applied: {} });
      partialIndex += 1;
    },
    picture: (chunks) => relay.push({ type: 'image', imageIndex: 0, bytes: { chunks }, applied: {} }),
    complete: async (told) => {
      facts = told;
      const image = await images.first;
      if (image === null) {
        // The job failed, or ended without a picture: its error is the call's.
        relay.end();
        const { error } = await failureOf(run);
        await open.fail(error, told);
      } else {
        // The service knows its picture by its own id.
        const replay = { provider: placed.engine, data: { id: asked.id } };
        await open.complete({ ...image, applied: { ...image.applied, ...toApplied(told) } }, told, replay);
      }
    },
    fail: async (error, told) => {
      relay.fail(error);
      const failure = await failureOf(run);
      await open.fail(failure.error, told);
    },
    end: async (usage) => {
      const revised = facts.revised_prompt;
      const late = {
        imageIndex: 0,
        applied: toApplied(facts),
        ...(typeof revised === 'string' ? { revisedPrompt: revised } : {}),
      };
      if (usage !== null) await relay.push({ type: 'usage', usage });
      await relay.push({ type: 'finished', late: [late] });
      relay.end();
      await run.done;
    },
  };
}

/** The kind is what the service says, else what the turn makes likely: it tells only afterwards what it did. */
async function plan(turn: Turn, stage: Stage, requestId: string, action: unknown): Promise<PlannedJob> {
  const forced = turn.tools.image?.action;
  const pictures = latestPictures(turn.context);
  const said = action === 'generate' || action === 'edit' ? action : forced;
  const edits = pictures.length > 0 && said !== 'generate';
  const words = turn.context.findLast((item) => item.type === 'message' && item.wire.role === 'user');
  const prompt = (words === undefined ? '' : textOf(words)).trim() || 'a picture';
  const parameters = { ...toolParameters(turn), prompt };
  const images: StoredInput[] = [];
  if (edits) for (const picture of pictures) images.push(await stage.load(picture));
  const mask = turn.mask === undefined ? {} : { mask: { ...turn.mask, id: newId('img') } };
  try {
    if (edits) return stage.planImage({ requestId, kind: 'edit', parameters, images, ...mask });
  } catch (error) {
    // The service took the pictures, whatever the row of its model says.
    if (!(error instanceof PictorError)) throw error;
  }
  return stage.planImage({ requestId, kind: 'generate', parameters, images: [] });
}

/** Tells previews as they are stored; gives the picture, or null when the job ends without one. */
function follow(run: JobRun, open: OpenImage): { readonly first: Promise<StoredImage | null> } {
  const first = Promise.withResolvers<StoredImage | null>();
  const read = async (): Promise<void> => {
    for await (const update of run.updates()) {
      if (update.type === 'partial') open.preview(update.image, update.partialIndex);
      if (update.type === 'image') first.resolve(update.image);
    }
    first.resolve(null);
  };
  read().catch(first.reject);
  return { first: first.promise };
}

async function failureOf(run: JobRun): Promise<{ readonly error: PictorError }> {
  const outcome = await run.done;
  if (outcome.status === 'failed') return outcome;
  return {
    error: new PictorError({
      code: 'upstream_unreadable',
      message: 'The service says that the picture is done, and sent none.',
    }),
  };
}

function toApplied(facts: Wire): AppliedParameters {
  const { quality, background, output_format: format } = facts;
  return {
    ...(typeof quality === 'string' ? { quality } : {}),
    ...(background === 'transparent' || background === 'opaque' ? { background } : {}),
    ...(format === 'png' || format === 'jpeg' || format === 'webp' || format === 'gif' || format === 'svg'
      ? { outputFormat: format }
      : {}),
  };
}
