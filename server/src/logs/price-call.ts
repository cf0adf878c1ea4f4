import type { Catalogue } from '../catalogue/index.ts';
import { costNanoUsd, toMainlineUsage } from '../ledger/index.ts';
import type { Usage } from '../models/index.ts';
import type { Outputs } from './blueprint/outputs.ts';
import { isWire, type Wire } from './wire.ts';

/** What a call made elsewhere cost, by its raw answer and the prices of its day. Unknown is null, never 0. */
export type PricedCall = {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costNanoUsd: number | null;
  readonly priceRow: string | null;
};

export type UnpricedCall = {
  /** As its client names it: `openai`, `openai.azure`, `google`. */
  readonly provider: string | null;
  readonly model: string | null;
  readonly settings: Wire;
  readonly outputs: Outputs;
  readonly startedAt: Date;
};

/** Providers of this house under the names that clients give them. */
const providers: Readonly<Record<string, string>> = {
  'openai.azure': 'azure',
  google: 'gemini',
  vertexai: 'vertex',
};

/** What services assume where a call does not say. */
const usualSize = '1024x1024';
const usualQuality = 'standard';

export function priceCall(catalogue: Catalogue, call: UnpricedCall): PricedCall {
  const { outputs } = call;
  const tokens = { inputTokens: countIn(outputs.usage), outputTokens: countOut(outputs.usage) };
  const price = (model: string | null, usage: Usage | null, images: ReturnType<typeof imagesOf>) => {
    const row = model === null ? undefined : catalogue.find(model)?.row;
    const provider = providers[call.provider ?? ''] ?? call.provider ?? '*';
    const found = row === undefined ? null : catalogue.priceOf(row, provider, call.startedAt);
    return found === null ? null : { id: found.id, nanoUsd: costNanoUsd({ usage, images }, found) };
  };
  if (outputs.shape === 'responses') {
    const painted = outputs.parts.some((part) => part.type === 'picture');
    const words = price(call.model, readMainline(outputs.usage), []);
    const pictures = painted
      ? price(painterOf(call.settings), readUsage(outputs.imageUsage), imagesOf(call))
      : { nanoUsd: 0 };
    const known = words?.nanoUsd ?? null;
    const cost = known === null || pictures?.nanoUsd == null ? null : known + pictures.nanoUsd;
    return { ...tokens, costNanoUsd: cost, priceRow: words?.id ?? null };
  }
  const usage = outputs.shape === 'gemini' ? readGemini(outputs.usage) : readUsage(outputs.usage);
  const whole = price(call.model, usage, imagesOf(call));
  return { ...tokens, costNanoUsd: whole?.nanoUsd ?? null, priceRow: whole?.id ?? null };
}

/** The image model of the image tool, where the call names it. */
function painterOf({ tools }: Wire): string | null {
  const tool = Array.isArray(tools)
    ? tools.filter(isWire).find(({ type }) => type === 'image_generation')
    : undefined;
  return typeof tool?.model === 'string' ? tool.model : null;
}

function imagesOf({ outputs, settings }: UnpricedCall) {
  return outputs.parts.flatMap((part) =>
    part.type === 'picture'
      ? [
          {
            size: text(part.metadata.size) ?? text(settings.size) ?? usualSize,
            quality: text(part.metadata.quality) ?? text(settings.quality) ?? usualQuality,
          },
        ]
      : [],
  );
}

function readMainline(usage: Wire | null): Usage | null {
  const [inputTokens, outputTokens] = [countIn(usage), countOut(usage)];
  if (inputTokens === null || outputTokens === null) return null;
  const details = isWire(usage?.input_tokens_details) ? usage.input_tokens_details : {};
  return toMainlineUsage({ inputTokens, outputTokens, cachedTokens: count(details.cached_tokens) });
}

function readUsage(usage: Wire | null): Usage | null {
  const [input, output] = [countIn(usage), countOut(usage)];
  if (usage === null || (input === null && output === null)) return null;
  const into = isWire(usage.input_tokens_details) ? usage.input_tokens_details : {};
  const out = isWire(usage.output_tokens_details) ? usage.output_tokens_details : {};
  const imageIn = count(into.image_tokens) ?? 0;
  const textOut = count(out.text_tokens) ?? 0;
  return {
    textIn: count(into.text_tokens) ?? (input === null ? null : input - imageIn),
    textInCached: null,
    imageIn,
    imageInCached: null,
    textOut,
    imageOut: count(out.image_tokens) ?? (output === null ? null : output - textOut),
    source: 'provider',
  };
}

function readGemini(usage: Wire | null): Usage | null {
  const [input, output] = [countIn(usage), countOut(usage)];
  if (usage === null || input === null || output === null) return null;
  const imageOut = ofImages(usage.candidatesTokensDetails) ?? output;
  const imageIn = ofImages(usage.promptTokensDetails) ?? 0;
  return {
    textIn: input - imageIn,
    textInCached: null,
    imageIn,
    imageInCached: null,
    textOut: output - imageOut + (count(usage.thoughtsTokenCount) ?? 0),
    imageOut,
    source: 'provider',
  };
}

function ofImages(details: unknown): number | null {
  const found = Array.isArray(details)
    ? details.filter(isWire).find(({ modality }) => modality === 'IMAGE')
    : undefined;
  return count(found?.tokenCount);
}

function countIn(usage: Wire | null): number | null {
  return count(usage?.input_tokens) ?? count(usage?.prompt_tokens) ?? count(usage?.promptTokenCount);
}

function countOut(usage: Wire | null): number | null {
  return count(usage?.output_tokens) ?? count(usage?.completion_tokens) ?? count(usage?.candidatesTokenCount);
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== 'auto' ? value : undefined;
}
