import type { ImageJob } from '../../../models/index.ts';
import type { CallBody } from '../open-caller.ts';
import { writeBase64Body } from '../write-base64-body.ts';
import { toLabel } from './tell-adjustments.ts';
import { type MaskGuide, toContents } from './to-contents.ts';
import type { GoogleUpstream } from './upstream.ts';

export type CallFacts = {
  readonly upstream: Pick<GoogleUpstream, 'platform' | 'safetySettings' | 'personGeneration'>;
  readonly job: ImageJob;
  /** Which of the n images. */
  readonly index: number;
  readonly guide: MaskGuide | null;
  /** From an answer that stopped in the middle. */
  readonly continuationToken?: string;
};

type Members = Readonly<Record<string, unknown>>;

/** The call for one image of a job. What was not asked is left to the service. */
export function toRequest(facts: CallFacts): CallBody {
  const { upstream, job, guide, continuationToken } = facts;
  const isVertex = upstream.platform === 'vertex';
  return writeBase64Body((toData) =>
    present({
      contents: toContents(job, guide, toData),
      safetySettings: upstream.safetySettings.length === 0 ? undefined : upstream.safetySettings,
      generationConfig: toConfig(facts),
      labels: isVertex && job.user !== undefined ? { user: toLabel(job.user) } : undefined,
      continuationToken,
    }),
  );
}

function toConfig({ upstream, job, index }: CallFacts): Members {
  const { thinkingLevel, mediaResolution } = job;
  const imageConfig = toImageConfig(upstream, job);
  return present({
    // Said in any case: not every version of the service makes pictures where it is not.
    responseModalities: (job.responseModalities ?? ['text', 'image']).map((each) => each.toUpperCase()),
    imageConfig: Object.keys(imageConfig).length === 0 ? undefined : imageConfig,
    thinkingConfig: thinkingLevel === undefined ? undefined : { thinkingLevel: thinkingLevel.toUpperCase() },
    mediaResolution:
      mediaResolution === undefined ? undefined : `MEDIA_RESOLUTION_${mediaResolution.toUpperCase()}`,
    seed: job.seed === undefined ? undefined : seedOf(job.seed, index),
    temperature: job.sampling?.temperature,
    topP: job.sampling?.topP,
    maxOutputTokens: job.sampling?.maxOutputTokens,
  });
}

function toImageConfig(upstream: CallFacts['upstream'], job: ImageJob): Members {
  const isVertex = upstream.platform === 'vertex';
  return present({
    aspectRatio: job.aspectRatio,
    imageSize: job.imageSize,
    personGeneration: isVertex ? upstream.personGeneration : undefined,
    imageOutputOptions: isVertex ? toOutputOptions(job) : undefined,
  });
}

/** Only Vertex AI makes the format that is asked for; of the Gemini API's pictures Pictor makes it. */
function toOutputOptions({ outputFormat, outputCompression, mask }: ImageJob): Members | undefined {
  // What goes behind an emulated mask is put together before it is written.
  if (mask !== undefined || (outputFormat !== 'png' && outputFormat !== 'jpeg')) return undefined;
  return present({
    mimeType: `image/${outputFormat}`,
    compressionQuality: outputFormat === 'jpeg' ? outputCompression : undefined,
  });
}

const maxSeed = 2_147_483_647;

/** Each of n images has a seed of its own, or they would all be the same. Behind the largest comes the smallest. */
function seedOf(seed: number, index: number): number {
  const next = seed + index;
  return next > maxSeed ? next - 2 * (maxSeed + 1) : next;
}

function present(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
