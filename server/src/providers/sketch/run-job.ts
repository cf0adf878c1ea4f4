import type { AppliedParameters, ImageBytes, ImageEvent, ImageJob, RunContext } from '../../models/index.ts';
import type { Commission, Drawing } from './commission.ts';
import { readInputs } from './read-inputs.ts';
import { type Settled, seedOf, settleJob } from './settle-job.ts';
import { type Studio, unavailable } from './studio.ts';

const chunkBytes = 64 * 1024;
/** Someone who waits hears something at least this often. */
const heartbeatMs = 200;

/** Draws a job. `delayMs` is spent before the final images, with progress and previews spread over it. */
export async function* runJob(
  job: ImageJob,
  context: RunContext,
  studio: Studio,
  delayMs: number,
): AsyncGenerator<ImageEvent> {
  yield { type: 'started' };
  const settled = settleJob(job);
  yield { type: 'progress', stage: 'reading', fraction: 0 };
  const draw = (imageIndex: number, finish: number): Promise<Drawing> =>
    studio.draw(async () => {
      stopIfAborted(context.signal);
      return commissionOf(job, settled, await readInputs(job), imageIndex, finish);
    });
  const rounds = Math.max(0, job.partialImages);
  for (let round = 0; round <= rounds; round += 1) {
    yield* waitAloud(delayMs / (rounds + 1), round / (rounds + 1), 1 / (rounds + 1), context.signal);
    if (round === rounds) break;
    for (let imageIndex = 0; imageIndex < job.n; imageIndex += 1) {
      const { bytes, opaque } = await draw(imageIndex, (round + 1) / (rounds + 1));
      yield {
        type: 'partial',
        imageIndex,
        partialIndex: round,
        bytes: toBytes(bytes, settled),
        applied: appliedTo(job, settled, opaque),
      };
    }
  }
  for (let imageIndex = 0; imageIndex < job.n; imageIndex += 1) {
    const { bytes, caption, opaque } = await draw(imageIndex, 1);
    stopIfAborted(context.signal);
    if (imageIndex === 0 && job.row.family === 'gemini' && wantsText(job))
      yield { type: 'text', text: `Here is your picture. ${caption}` };
    yield {
      type: 'image',
      imageIndex,
      bytes: toBytes(bytes, settled),
      applied: appliedTo(job, settled, opaque),
      ...(job.row.id === 'dall-e-3' ? { revisedPrompt: revise(job.prompt, caption) } : {}),
    };
  }
  yield { type: 'finished', finishReason: 'stop' };
}

function commissionOf(
  job: ImageJob,
  settled: Settled,
  sent: Pick<Commission, 'images' | 'mask'>,
  imageIndex: number,
  finish: number,
): Commission {
  return {
    kind: job.kind,
    prompt: job.prompt,
    seed: seedOf(job, settled, imageIndex),
    width: settled.size.width,
    height: settled.size.height,
    detail: settled.detail,
    transparent: settled.transparent,
    flatten: settled.flatten,
    format: settled.format,
    encodeQuality: settled.encodeQuality,
    finish,
    ...sent,
  };
}

/** What an edit makes depends on the pictures that were sent: its background is told from the result. */
function appliedTo(job: ImageJob, settled: Settled, opaque: boolean): AppliedParameters {
  if (job.kind === 'generate' || settled.applied.background === undefined) return settled.applied;
  return { ...settled.applied, background: opaque ? 'opaque' : 'transparent' };
}

function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw unavailable('The drawing was cancelled.', signal.reason);
}

/** Waits, and says every so often how far things are. */
async function* waitAloud(
  waitMs: number,
  from: number,
  share: number,
  signal: AbortSignal,
): AsyncGenerator<ImageEvent> {
  const steps = Math.ceil(waitMs / heartbeatMs);
  for (let step = 1; step <= steps; step += 1) {
    await pause(waitMs / steps, signal);
    yield { type: 'progress', stage: 'sketching', fraction: Math.min(1, from + share * (step / steps)) };
  }
  stopIfAborted(signal);
}

function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    stopIfAborted(signal);
    const stop = () => {
      clearTimeout(timer);
      reject(unavailable('The drawing was cancelled.', signal.reason));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, waitMs);
    signal.addEventListener('abort', stop, { once: true });
  });
}

function toBytes(bytes: Uint8Array, settled: Settled): ImageBytes {
  return { chunks: inChunks(bytes), declaredMediaType: `image/${settled.format}` };
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

function revise(prompt: string, caption: string): string {
  return `${caption} Drawn as a cheerful vector illustration from the prompt: ${[...prompt].slice(0, 300).join('')}`;
}

/** Gemini's image models write beside their pictures unless they are told not to. */
function wantsText(job: ImageJob): boolean {
  return job.responseModalities?.includes('text') ?? true;
}
