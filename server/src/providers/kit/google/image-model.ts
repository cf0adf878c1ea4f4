import type { ImageEvent, ImageJob, ImageModel, RunContext } from '../../../models/index.ts';
import { asFailure } from '../openai-images/finish-run.ts';
import { finishCalls, noteCall, openProgress, type Progress } from './finish-calls.ts';
import { prepareJob } from './prepare-job.ts';
import type { MadePart } from './read-reply.ts';
import { releaseAll, startCalls } from './start-calls.ts';
import { tellAdjustments } from './tell-adjustments.ts';
import { replayProvider } from './to-contents.ts';
import { type PictureFacts, toPicture } from './to-picture.ts';
import type { GoogleUpstream } from './upstream.ts';

/** Every image model of a service: the job itself says which one is meant. */
export function openGoogleModel(upstream: GoogleUpstream): ImageModel {
  return {
    run: (job, context) => run(upstream, job, context),
    adjustments: (job) => tellAdjustments(upstream.platform, job),
  };
}

/**
 * There is no n: every image is a call of its own, several side by side. What they made is told in the order of the
 * calls, so that words stay with their pictures.
 */
async function* run(
  upstream: GoogleUpstream,
  asked: ImageJob,
  context: RunContext,
): AsyncGenerator<ImageEvent> {
  const left = new AbortController();
  const signal = AbortSignal.any([context.signal, left.signal]);
  const { job, mask } = await prepareJob(asked, upstream.provider);
  const calls = startCalls({ upstream, job, guide: mask }, signal);
  const progress = openProgress();
  try {
    for (const call of calls) {
      const made = await call;
      noteCall(progress, made);
      if (made.failure !== null) continue;
      if (!progress.started) yield toStarted(progress);
      yield* tellParts(made.parts, progress, { job, mask, upstream });
    }
    yield* finishCalls(progress, context.signal);
  } finally {
    left.abort();
    for (const call of calls) void call.then(releaseAll);
  }
}

/** The headers say nothing that is worth passing on; the answer has its own id. */
function toStarted(progress: Progress): ImageEvent {
  progress.started = true;
  const [upstreamRequestId] = progress.responseIds;
  return { type: 'started', ...(upstreamRequestId === undefined ? {} : { upstreamRequestId }) };
}

async function* tellParts(
  parts: readonly MadePart[],
  progress: Progress,
  facts: Omit<PictureFacts, 'part' | 'imageIndex'>,
): AsyncGenerator<ImageEvent> {
  for (const part of parts) {
    const replay =
      part.signature === undefined
        ? {}
        : { replay: { provider: replayProvider, data: { thoughtSignature: part.signature } } };
    if (part.type === 'text') {
      yield { type: 'text', text: part.text, ...replay };
      continue;
    }
    const imageIndex = progress.nextIndex;
    progress.nextIndex += 1;
    try {
      yield { ...(await toPicture({ ...facts, part, imageIndex })), ...replay };
      progress.imageCount += 1;
    } catch (error) {
      progress.failures.push({ imageIndex, error: asFailure(error) });
    }
    await part.held.release();
  }
}
