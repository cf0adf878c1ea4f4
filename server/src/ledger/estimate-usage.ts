import type { Usage } from '../models/index.ts';
import { countGeminiInput, countGeminiOutput } from './count-gemini-tokens.ts';
import { countInputPatches, countTiles } from './count-input-tokens.ts';
import {
  countFirstGeneration,
  countPatches,
  type PatchFormula,
  tokensOfPreview,
} from './count-output-tokens.ts';
import type { JobFacts } from './job-facts.ts';

/**
 * The tokens of a job by the formula of its model: for estimates, and where a service reports none. Text is computed
 * as a token for every four bytes, hidden reasoning cannot be computed and is left out, and a bucket without a known
 * rule is null. Null altogether: the model is not billed by tokens.
 */
export function estimateUsage(facts: JobFacts): Usage | null {
  switch (facts.row.tokens) {
    case 'none':
      return null;
    case 'gpt-image-1':
      return ofFirstGeneration(facts);
    case 'gpt-image-2':
    case 'gpt-image-2.5':
    case 'gpt-image-2.6':
      return ofPatches(facts, facts.row.tokens);
    case 'gemini':
      return ofGemini(facts);
  }
}

function ofFirstGeneration(facts: JobFacts): Usage {
  const each = facts.size === undefined ? null : countFirstGeneration(facts.size, facts.quality);
  return usage({
    textIn: textTokens(facts.prompt),
    imageIn:
      countTiles(facts.row.id, facts.images, facts.inputFidelity) +
      countTiles(facts.row.id, maskOf(facts), undefined),
    textOut: 0,
    imageOut: withPreviews(facts, each),
  });
}

/** An edit of several images reads its prompt and pictures once for each of them. */
function ofPatches(facts: JobFacts, formula: PatchFormula): Usage {
  const each = facts.size === undefined ? null : countPatches(formula, facts.size, facts.quality);
  const readings = facts.images.length > 0 ? facts.n : 1;
  return usage({
    textIn: textTokens(facts.prompt) * readings,
    imageIn: countInputPatches([...facts.images, ...maskOf(facts)]) * readings,
    textOut: 0,
    imageOut: withPreviews(facts, each),
  });
}

/** Gemini makes one image a call, so a job of n images is n calls with the whole input each. */
function ofGemini(facts: JobFacts): Usage {
  const each = countGeminiOutput(facts);
  const imageIn = countGeminiInput(facts);
  return usage({
    textIn: textTokens(facts.prompt) * facts.n,
    imageIn: imageIn === null ? null : imageIn * facts.n,
    textOut: Math.ceil((facts.textOutChars ?? 0) / 4),
    imageOut: each === null ? null : each * facts.n,
  });
}

function withPreviews(facts: JobFacts, each: number | null): number | null {
  return each === null ? null : each * facts.n + tokensOfPreview * facts.partialImages;
}

function maskOf(facts: JobFacts): readonly NonNullable<JobFacts['mask']>[] {
  return facts.mask === undefined ? [] : [facts.mask];
}

/** A computed number, not a tokeniser's: four bytes of UTF-8 are about one token. */
function textTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text, 'utf8') / 4);
}

function usage(tokens: Pick<Usage, 'textIn' | 'imageIn' | 'textOut' | 'imageOut'>): Usage {
  return { ...tokens, textInCached: 0, imageInCached: 0, source: 'formula' };
}
