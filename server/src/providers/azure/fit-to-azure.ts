import { type Adjustment, type ImageInput, type ImageJob, ProviderError } from '../../models/index.ts';
import type { Members } from '../kit/openai-images/to-request.ts';
import { toPng } from '../kit/to-png.ts';
import type { Deployment, Resource } from './resource.ts';

/** What Azure makes other than it was asked, told before the call. */
export function adjustmentsOf(job: ImageJob, deployment: Deployment): readonly Adjustment[] {
  const isWebp = job.outputFormat === 'webp';
  return [
    ...(isWebp
      ? [approximated('output_format', 'webp', 'png', 'Azure makes no WebP, so the picture comes as PNG.')]
      : []),
    ...(isWebp && job.outputCompression !== undefined
      ? [
          dropped(
            'output_compression',
            job.outputCompression,
            'A PNG loses nothing, so there is no percentage.',
          ),
        ]
      : []),
    ...(deployment.streaming === false && job.partialImages > 0
      ? [dropped('partial_images', job.partialImages, `The deployment ${deployment.name} sends no previews.`)]
      : []),
    ...(job.images.some(isWebpInput)
      ? [
          approximated(
            'image',
            'image/webp',
            'image/png',
            'Azure takes no WebP, so the picture goes there as PNG, pixel for pixel.',
          ),
        ]
      : []),
  ];
}

/** The job as this deployment can do it, under its own name. Throws a ProviderError when a picture cannot be read. */
export async function fitToAzure(job: ImageJob, deployment: Deployment, provider: string): Promise<ImageJob> {
  const { outputFormat, outputCompression, quality, mask, ...rest } = job;
  const isWebp = outputFormat === 'webp';
  return {
    ...rest,
    upstreamModel: deployment.name,
    images: await Promise.all(job.images.map((image) => withoutWebp(image, provider))),
    partialImages: deployment.streaming === false ? 0 : job.partialImages,
    ...(mask === undefined ? {} : { mask: await withoutWebp(mask, provider) }),
    ...(outputFormat === undefined ? {} : { outputFormat: isWebp ? 'png' : outputFormat }),
    ...(isWebp || outputCompression === undefined ? {} : { outputCompression }),
    // Azure documents no word for it. Left out, the model decides as well.
    ...(quality === undefined || quality === 'auto' ? {} : { quality }),
  };
}

/** Azure's names: no model where the path has the deployment, and only the older name of the end user. */
export function toAzureMembers(members: Members, { family }: Pick<Resource, 'family'>): Members {
  const { model, safety_identifier: user, ...rest } = members;
  return {
    ...(family === 'v1' ? { model } : {}),
    ...rest,
    ...(user === undefined ? {} : { user }),
  };
}

function isWebpInput({ mediaType }: ImageInput): boolean {
  return mediaType === 'image/webp';
}

async function withoutWebp(image: ImageInput, provider: string): Promise<ImageInput> {
  if (!isWebpInput(image)) return image;
  try {
    return await toPng(image);
  } catch (cause) {
    const message = 'A picture of the request could not be read.';
    throw new ProviderError({ kind: 'unavailable', charged: 'no', provider, message, cause });
  }
}

function approximated(parameter: string, requested: unknown, applied: unknown, reason: string): Adjustment {
  return { parameter, action: 'approximated', requested, applied, reason };
}

function dropped(parameter: string, requested: unknown, reason: string): Adjustment {
  return { parameter, action: 'dropped', requested, applied: null, reason };
}
