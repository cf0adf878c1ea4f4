import { findVisionModel, type VisionParts } from './find-vision-model.ts';
import type { Judged, JudgeOptions } from './judge.ts';
import type { Verdicts } from './verdicts/open-verdicts.ts';

export type JudgeParts = VisionParts & { readonly verdicts: Verdicts; readonly timeoutMs: number };

/** How this judgement looks, and who makes it. Throws a JudgeFailure `judge_unavailable`. */
export function readHow(parts: JudgeParts, options: JudgeOptions) {
  const { name, row } = findVisionModel(parts, options.model);
  return { model: name, modelId: row.id, how: { ...options, timeoutMs: parts.timeoutMs } };
}

/** One judgement from the calls and remembered verdicts that it rests on. */
export function toJudged(
  model: string,
  calls: readonly { readonly responseId: string; readonly costNanoUsd: number | null }[],
  remembered: readonly { readonly responseId: string }[],
): Judged {
  const costs = calls.map(({ costNanoUsd }) => costNanoUsd);
  return {
    model,
    costNanoUsd: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
    responseIds: [...new Set([...remembered, ...calls].map(({ responseId }) => responseId))],
    isCached: calls.length === 0,
  };
}
