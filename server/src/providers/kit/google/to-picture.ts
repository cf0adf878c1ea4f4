import type {
  AppliedParameters,
  ImageBytes,
  ImageEvent,
  ImageJob,
  OutputFormat,
} from '../../../models/index.ts';
import type { EmulatedMask } from '../composite-mask.ts';
import { readAll } from '../hold-bytes.ts';
import { unreadable } from '../scan-reply.ts';
import { sniffFormat } from '../sniff-format.ts';
import { type MadeFormat, transcode } from '../transcode.ts';
import type { MadePart } from './read-reply.ts';
import type { GoogleUpstream } from './upstream.ts';

export type PictureFacts = {
  readonly part: Extract<MadePart, { type: 'image' }>;
  readonly imageIndex: number;
  readonly job: ImageJob;
  readonly mask: EmulatedMask | null;
  readonly upstream: Pick<GoogleUpstream, 'provider' | 'platform'>;
};

type ImageMade = Extract<ImageEvent, { type: 'image' }>;

/**
 * A picture as its caller gets it. What its bytes are is read from them. They are changed only where another format
 * was asked for or a mask was emulated; then the model's own bytes go along. Throws a ProviderError when they cannot
 * be decoded for that.
 */
export async function toPicture(facts: PictureFacts): Promise<ImageMade> {
  const { part, imageIndex, mask, upstream } = facts;
  const made = sniffFormat(part.held.head);
  const wanted = wantedFormat(facts, made);
  const original: ImageBytes = {
    chunks: part.held.open(),
    ...(part.mediaType === undefined ? {} : { declaredMediaType: part.mediaType }),
  };
  const image = { type: 'image' as const, imageIndex };
  if (mask === null && wanted === null) {
    return { ...image, bytes: original, applied: toApplied(facts, made) };
  }
  const quality = facts.job.outputCompression;
  try {
    const bytes = await readAll(part.held.open());
    if (mask === null) {
      const format = wanted ?? 'png';
      const chunks = once(await transcode(bytes, format, quality));
      return { ...image, bytes: { chunks }, original, applied: toApplied(facts, format) };
    }
    // What is lossless keeps the original exactly as it was.
    const format = askedFormat(facts.job) ?? 'png';
    const { bytes: composited, drift } = await mask.composite(bytes, format, quality);
    const applied = { ...toApplied(facts, format), size: mask.canvas };
    return { ...image, bytes: { chunks: once(composited) }, original, applied, maskDrift: drift };
  } catch (cause) {
    throw unreadable(upstream.provider, 'Google made a picture that cannot be decoded.', cause);
  }
}

/** The format to turn the bytes into; null: they are as they were asked for. */
function wantedFormat({ job, upstream }: PictureFacts, made: OutputFormat | null): MadeFormat | null {
  const asked = askedFormat(job);
  if (asked === undefined) return null;
  if (asked !== made) return asked;
  // Vertex AI compresses as it is told.
  const compresses =
    upstream.platform === 'gemini' && asked === 'jpeg' && (job.outputCompression ?? 100) < 100;
  return compresses ? asked : null;
}

function askedFormat({ outputFormat }: ImageJob): MadeFormat | undefined {
  return outputFormat === 'png' || outputFormat === 'jpeg' || outputFormat === 'webp'
    ? outputFormat
    : undefined;
}

function toApplied({ job }: PictureFacts, outputFormat: OutputFormat | null): AppliedParameters {
  const { aspectRatio, imageSize } = job;
  return {
    ...(outputFormat === null ? {} : { outputFormat }),
    ...(aspectRatio === undefined ? {} : { aspectRatio }),
    ...(imageSize === undefined ? {} : { imageSize }),
  };
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
