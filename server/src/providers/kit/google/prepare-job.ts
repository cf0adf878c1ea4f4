import { type ImageInput, type ImageJob, type PixelSize, ProviderError } from '../../../models/index.ts';
import { type EmulatedMask, emulateMask } from '../composite-mask.ts';
import { readAll } from '../hold-bytes.ts';

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
  const refuse = (param: string, message: string, cause?: unknown) =>
    new ProviderError({ kind: 'rejected', charged: 'no', provider, message, param, cause });
  const most = job.row.edits?.maxImages ?? 0;
  if (job.images.length >= most) {
    throw refuse(
      'image',
      `With a mask ${job.row.id} takes at most ${most - 1} pictures: the mask goes along as one more.`,
    );
  }
  const pictures = await readPictures([original, job.mask], provider);
  try {
    const size = job.size === 'auto' ? undefined : job.size;
    const mask = await emulateMask(pictures[0], pictures[1], size);
    const aspectRatio = job.aspectRatio ?? nearestRatio(job, mask.canvas);
    return { job: { ...job, ...(aspectRatio === undefined ? {} : { aspectRatio }) }, mask };
  } catch (cause) {
    throw refuse(
      'mask',
      'The first picture or its mask cannot be decoded here, so the one cannot be laid over the other. Send them as PNG.',
      cause,
    );
  }
}

async function readPictures(
  [original, mask]: readonly [ImageInput, ImageInput],
  provider: string,
): Promise<readonly [Buffer, Buffer]> {
  try {
    return [await readAll(original.open()), await readAll(mask.open())];
  } catch (cause) {
    const message = 'A picture of the request could not be read.';
    throw new ProviderError({ kind: 'unavailable', charged: 'no', provider, message, cause });
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
