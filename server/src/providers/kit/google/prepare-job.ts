import { type ImageJob, type PixelSize, ProviderError } from '../../../models/index.ts';
import { type EmulatedMask, emulateMask } from '../composite-mask.ts';

export type PreparedJob = {
  readonly job: ImageJob;
  /** Null: the job has no mask. */
  readonly mask: EmulatedMask | null;
};

/**
 * A job with a mask, made ready for a model that has none: the mask becomes one more picture, and the shape of what
 * is asked for is the shape of the original, so that it can be laid over it. Throws a ProviderError.
 */
export async function prepareJob(job: ImageJob, provider: string): Promise<PreparedJob> {
  const [original] = job.images;
  if (job.mask === undefined || original === undefined) return { job, mask: null };
  const fail = (kind: 'rejected' | 'unavailable', message: string, cause?: unknown) =>
    new ProviderError({
      kind,
      charged: 'no',
      provider,
      message,
      ...(kind === 'rejected' ? { param: 'mask' } : {}),
      cause,
    });
  const most = job.row.edits?.maxImages ?? 0;
  if (job.images.length >= most) {
    throw fail(
      'rejected',
      `With a mask ${job.row.id} takes at most ${most - 1} pictures: the mask goes along as one more.`,
    );
  }
  const size = job.size === 'auto' ? undefined : job.size;
  try {
    const mask = await emulateMask(original, job.mask, size);
    const aspectRatio = job.aspectRatio ?? nearestRatio(job, mask.canvas);
    return { job: { ...job, ...(aspectRatio === undefined ? {} : { aspectRatio }) }, mask };
  } catch (cause) {
    throw fail('unavailable', 'The picture or its mask could not be read.', cause);
  }
}

function nearestRatio({ row }: ImageJob, canvas: PixelSize): string | undefined {
  if (row.size?.kind !== 'ratio-table') return undefined;
  const shape = Math.log(canvas.width / canvas.height);
  const distance = (ratio: string): number => {
    const [across = 1, down = 1] = ratio.split(':').map(Number);
    return Math.abs(Math.log(across / down) - shape);
  };
  const ratios = Object.keys(row.size.tiers[row.size.defaultTier] ?? {});
  return ratios.toSorted((a, b) => distance(a) - distance(b))[0];
}
