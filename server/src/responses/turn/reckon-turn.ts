import { type PictorError, toUsd } from '../../foundation/index.ts';
import type { Answer, Outcome } from '../../images/index.ts';
import type { BookedAttempt } from '../../ledger/index.ts';
import type { MainlineUsage } from '../directors/director.ts';
import type { Wire } from '../items/item.ts';
import type { Yield } from './open-stage.ts';
import type { OpenedTurn } from './opened-turn.ts';

/** Tokens of whoever decided, in the words of the wire. */
export function toUsage(usage: MainlineUsage | null): Wire | null {
  if (usage === null) return null;
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: { cached_tokens: usage.cachedTokens, cache_write_tokens: 0 },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}

/** Tokens of all pictures of the turn. Null: none were made, or what one of them used is not known. */
export function toToolUsage(made: Pick<Yield, 'jobs'>): Wire | null {
  const answers = answersOf(made);
  const usages = answers.flatMap(({ usage }) => (usage === null ? [] : [usage]));
  if (usages.length === 0 || usages.length < answers.length) return null;
  const sum = (read: (usage: (typeof usages)[number]) => number): number =>
    usages.reduce((total, usage) => total + read(usage), 0);
  const hasDetails = usages.every((usage) => usage.output_tokens_details !== undefined);
  return {
    image_gen: {
      input_tokens: sum((usage) => usage.input_tokens),
      input_tokens_details: {
        text_tokens: sum((usage) => usage.input_tokens_details.text_tokens),
        image_tokens: sum((usage) => usage.input_tokens_details.image_tokens),
      },
      output_tokens: sum((usage) => usage.output_tokens),
      ...(hasDetails
        ? {
            output_tokens_details: {
              text_tokens: sum((usage) => usage.output_tokens_details?.text_tokens ?? 0),
              image_tokens: sum((usage) => usage.output_tokens_details?.image_tokens ?? 0),
            },
          }
        : {}),
      total_tokens: sum((usage) => usage.total_tokens),
    },
    web_search: { num_requests: 0 },
  };
}

/** What Pictor tells beside OpenAI's fields: who decided, who drew, what it cost, and what was done otherwise. */
export function toReport(
  opened: OpenedTurn,
  ended: {
    readonly made: Yield;
    readonly failure: PictorError | null;
    readonly attempt: BookedAttempt | null;
  },
): Wire {
  const { made, failure, attempt } = ended;
  const answers = answersOf(made);
  const costs = [
    ...made.jobs.map(({ outcome }) => costOf(outcome)),
    ...(attempt === null ? [] : [attempt.costNanoUsd]),
  ];
  const isKnown = costs.every((cost) => cost !== null);
  return {
    director: opened.director.name,
    ...(attempt === null
      ? {}
      : { mainline: { engine: attempt.engine, model: attempt.modelId, cost: toUsd(attempt.costNanoUsd) } }),
    calls: made.jobs.map(({ itemId, run, outcome }) => ({
      id: itemId,
      request: run.requestId,
      ...(outcome?.status === 'succeeded'
        ? {
            engine: outcome.answer.engine,
            model: outcome.answer.model,
            cost: toUsd(outcome.answer.costNanoUsd),
            images: outcome.answer.images.map((image) => image.id),
          }
        : {}),
    })),
    cost: isKnown ? toUsd(costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0)) : null,
    adjustments: [
      ...opened.adjustments,
      ...opened.turn.toolAdjustments.filter((each) => opened.turn.omitted.includes(each.parameter)),
      ...answers.flatMap((answer) => answer.adjustments),
    ],
    warnings: [...new Set([...opened.warnings, ...answers.flatMap((answer) => answer.warnings)])],
    ...(failure === null ? {} : { error_code: failure.code }),
  };
}

/** Of a picture that was tried; null: unknown. */
function costOf(outcome: Outcome | null): number | null {
  if (outcome === null) return null;
  if (outcome.status === 'succeeded') return outcome.answer.costNanoUsd;
  const usd = outcome.error.facts.pictor?.cost;
  return typeof usd === 'number' ? Math.round(usd * 1e9) : null;
}

function answersOf(made: Pick<Yield, 'jobs'>): readonly Answer[] {
  return made.jobs.flatMap(({ outcome }) => (outcome?.status === 'succeeded' ? [outcome.answer] : []));
}
