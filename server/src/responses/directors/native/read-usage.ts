import type { Usage } from '../../../models/index.ts';
import { isWire, type Wire } from '../../items/item.ts';
import type { MainlineUsage } from '../director.ts';
import { membersOf } from './to-body.ts';

/** Tokens of the mainline model. Null: the service did not say. */
export function readMainlineUsage(value: unknown): MainlineUsage | null {
  if (!isWire(value)) return null;
  const input = count(value.input_tokens) ?? count(value.prompt_tokens);
  const output = count(value.output_tokens) ?? count(value.completion_tokens);
  if (input === null || output === null) return null;
  const inDetails = { ...membersOf(value.prompt_tokens_details), ...membersOf(value.input_tokens_details) };
  const outDetails = {
    ...membersOf(value.completion_tokens_details),
    ...membersOf(value.output_tokens_details),
  };
  return {
    inputTokens: input,
    cachedTokens: count(inDetails.cached_tokens) ?? 0,
    outputTokens: output,
    reasoningTokens: count(outDetails.reasoning_tokens) ?? 0,
  };
}

/** `tool_usage` as the service told it, with what official types require. Undefined: it did not. */
export function readToolUsage(value: unknown): Wire | undefined {
  const { image_gen: images } = membersOf(value);
  if (!isWire(images)) return undefined;
  const { num_requests: searches } = membersOf(membersOf(value).web_search);
  return { image_gen: images, web_search: { num_requests: count(searches) ?? 0 } };
}

/** The same as what the ledger books for one picture. Null: it is not told, or shared by several pictures. */
export function toImageUsage(toolUsage: Wire | undefined, pictureCount: number): Usage | null {
  if (toolUsage === undefined || pictureCount !== 1) return null;
  const images = membersOf(toolUsage.image_gen);
  const into = membersOf(images.input_tokens_details);
  const out = membersOf(images.output_tokens_details);
  const cached = membersOf(images.cached_tokens_details);
  return {
    textIn: count(into.text_tokens),
    textInCached: count(cached.cached_text_tokens),
    imageIn: count(into.image_tokens),
    imageInCached: count(cached.cached_image_tokens),
    textOut: count(out.text_tokens) ?? 0,
    imageOut: count(out.image_tokens) ?? count(images.output_tokens),
    source: 'provider',
  };
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
