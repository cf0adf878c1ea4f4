import { endsProperly } from './check-ending.ts';
import { type ImageFacts, inspectImage, openImage, sniffFile } from './inspect-image.ts';
import { isMissing } from './is-missing.ts';

/** Why an image cannot be used. */
export type ImageProblem =
  /** The store has no such bytes. */
  | 'missing'
  /** Not an image of a kind that we know, or its header cannot be read. */
  | 'not-an-image'
  /** Its header claims more pixels than the limit; nothing was decoded. */
  | 'too-many-pixels'
  /** It breaks off before its end. */
  | 'truncated'
  /** It has its end, and cannot be decoded. */
  | 'damaged';

export type Decodability = 'ok' | { readonly problem: ImageProblem };

export type DecodeLimits = {
  /** Width times height that may be decoded. Default: 100 million. */
  readonly maxPixels?: number;
};

const defaultMaxPixels = 100_000_000;

/** A picture that takes longer than this is made to take long. */
const maxSeconds = 30;

/**
 * Decodes every row of the first frame, keeping almost nothing, to find out whether an image is whole. A drawing (SVG)
 * is only parsed. Never throws because of what the bytes are.
 */
export async function checkDecodable(path: string, limits: DecodeLimits = {}): Promise<Decodability> {
  const maxPixels = limits.maxPixels ?? defaultMaxPixels;
  try {
    const facts = await inspectImage(path);
    if (facts === null) return { problem: await explainFailure(path, 'not-an-image') };
    if (facts.width * facts.height > maxPixels) return { problem: 'too-many-pixels' };
    if (await decodes(path, facts, maxPixels)) return 'ok';
    return { problem: await explainFailure(path, 'damaged') };
  } catch (error) {
    if (isMissing(error)) return { problem: 'missing' };
    throw error;
  }
}

/**
 * Like `inspectImage`, but null as well for an image that breaks off. Only a file that lacks its end is decoded to
 * find out, so that whole images cost no more than reading their header.
 */
export async function inspectWhole(path: string): Promise<ImageFacts | null> {
  const facts = await inspectImage(path);
  if (facts === null || (await endsProperly(path, facts.mediaType))) return facts;
  return (await decodes(path, facts, defaultMaxPixels)) ? facts : null;
}

async function decodes(path: string, facts: ImageFacts, maxPixels: number): Promise<boolean> {
  if (facts.mediaType === 'image/svg+xml') return true;
  const options = { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true } as const;
  const image = await openImage(path, facts.mediaType, options);
  if (image === null) return false;
  try {
    // Shrinking while loading would skip the fine detail, and with it the damage.
    const small = image.resize({ width: 8, height: 8, fit: 'fill', fastShrinkOnLoad: false });
    await small.timeout({ seconds: maxSeconds }).raw().toBuffer();
    return true;
  } catch {
    return false;
  }
}

/** An image without its end is called truncated, whatever the decoder stumbled over. */
async function explainFailure(path: string, otherwise: ImageProblem): Promise<ImageProblem> {
  const mediaType = await sniffFile(path);
  if (mediaType === null) return 'not-an-image';
  return (await endsProperly(path, mediaType)) ? otherwise : 'truncated';
}
