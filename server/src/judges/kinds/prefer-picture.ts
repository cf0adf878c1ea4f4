import { z } from 'zod';
import { askOnce } from '../ask-once.ts';
import type { JudgeContext, JudgePicture, Judges, Preference } from '../judge.ts';
import { JudgeFailure } from '../judge-failure.ts';
import { type JudgeParts, readHow } from '../judge-parts.ts';
import { nameVerdict } from '../verdicts/name-verdict.ts';

const schema = {
  type: 'object',
  properties: {
    reason: { type: 'string' },
    winner: { type: 'string', enum: ['first', 'second', 'tie'] },
  },
  required: ['reason', 'winner'],
  additionalProperties: false,
} as const;

const answer = z.object({ reason: z.string(), winner: z.enum(['first', 'second', 'tie']) });

/** Judges like what stands first, or last; so each order is asked, and only what holds in both is a preference. */
export async function preferPicture(
  parts: JudgeParts,
  task: Parameters<Judges['prefer']>[0],
  context: JudgeContext,
): Promise<Preference> {
  const { a, b, criterion } = task;
  if (a.length === 0 || b.length === 0)
    throw new JudgeFailure('invalid_input', 'A preference needs two pictures.');
  const how = readHow(parts, task);
  const ask = (name: string, first: readonly JudgePicture[], second: readonly JudgePicture[]) => {
    const key = nameVerdict(how.modelId, task, [first, second], ['preference', criterion]);
    const text = toText(criterion, first.length, second.length);
    return askOnce(parts, { name, text, pictures: [...first, ...second], schema, answer, key }, how, context);
  };
  const straight = await ask('preference-ab', a, b);
  const swapped = await askSecond(straight, () => ask('preference-ba', b, a));
  const one = ({ first: 'a', second: 'b', tie: 'tie' } as const)[straight.answer.winner];
  const other = ({ first: 'b', second: 'a', tie: 'tie' } as const)[swapped.answer.winner];
  const costs = [straight.costNanoUsd, swapped.costNanoUsd] as const;
  return {
    model: how.modelId,
    costNanoUsd: costs[0] === null || costs[1] === null ? null : costs[0] + costs[1],
    responseIds: [...straight.responseIds, ...swapped.responseIds],
    isCached: straight.isCached && swapped.isCached,
    winner: one === other ? one : 'tie',
    agrees: one === other,
    reasons: [straight.answer.reason, swapped.answer.reason],
  };
}

/** Where the second order fails, the first one was paid all the same. */
async function askSecond<T>(
  { costNanoUsd }: { readonly costNanoUsd: number | null },
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof JudgeFailure)) throw error;
    const both = costNanoUsd === null || error.costNanoUsd === null ? null : costNanoUsd + error.costNanoUsd;
    throw new JudgeFailure(error.reason, error.message, { costNanoUsd: both, responseId: error.responseId });
  }
}

function toText(criterion: string, first: number, second: number): string {
  const name = (from: number, count: number) =>
    count === 1 ? `picture ${from}` : `pictures ${from} to ${from + count - 1}, taken together`;
  return `Which is better by the criterion below: the first (${name(1, first)}) or the second (${name(first + 1, second)})? The order means nothing. Say tie where neither is clearly better.\n\n${criterion}`;
}
