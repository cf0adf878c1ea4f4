import type { Usage } from '../../../models/index.ts';
import { isRecord } from '../read-error-body.ts';

/**
 * The `usageMetadata` of an answer. A count that is not there is zero, as in all of Google's JSON. Null: nothing was
 * told, or pictures and words were not told apart; the documented formula is nearer than a guess then.
 */
export function readUsage(usage: unknown): Usage | null {
  if (!isRecord(usage)) return null;
  const input = readCount(usage.promptTokenCount);
  const output = readCount(usage.candidatesTokenCount);
  const imageIn = ofImages(usage.promptTokensDetails, input);
  const imageOut = ofImages(usage.candidatesTokensDetails, output);
  if (imageIn === null || imageOut === null || input + output === 0) return null;
  const cached = readCount(usage.cachedContentTokenCount);
  const imageInCached = ofImages(usage.cacheTokensDetails, cached);
  return {
    textIn: input - imageIn + readCount(usage.toolUsePromptTokenCount),
    textInCached: imageInCached === null ? null : cached - imageInCached,
    imageIn,
    imageInCached,
    // Hidden thinking is billed as text that goes out.
    textOut: output - imageOut + readCount(usage.thoughtsTokenCount),
    imageOut,
    source: 'provider',
  };
}

/** The part of a count that are pictures. Null: it is not told. */
function ofImages(details: unknown, whole: number): number | null {
  if (whole === 0) return 0;
  if (!Array.isArray(details)) return null;
  const images = details
    .filter(isRecord)
    .filter((detail) => detail.modality === 'IMAGE')
    .reduce((sum, detail) => sum + readCount(detail.tokenCount), 0);
  return images > whole ? null : images;
}

/** The tokens of several calls. Unknown and something is unknown. */
export function addUsage(one: Usage | null, other: Usage | null): Usage | null {
  if (one === null || other === null) return null;
  const add = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
  return {
    textIn: add(one.textIn, other.textIn),
    textInCached: add(one.textInCached, other.textInCached),
    imageIn: add(one.imageIn, other.imageIn),
    imageInCached: add(one.imageInCached, other.imageInCached),
    textOut: add(one.textOut, other.textOut),
    imageOut: add(one.imageOut, other.imageOut),
    source: 'provider',
  };
}

function readCount(value: unknown): number {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : 0;
}
