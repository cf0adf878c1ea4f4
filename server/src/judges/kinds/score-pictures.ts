import { z } from 'zod';
import { askOnce } from '../ask-once.ts';
import type { JudgeContext, Judges, Scoring } from '../judge.ts';
import { JudgeFailure } from '../judge-failure.ts';
import { type JudgeParts, readHow } from '../judge-parts.ts';
import { nameVerdict } from '../verdicts/name-verdict.ts';

const schema = {
  type: 'object',
  properties: { reason: { type: 'string' }, score: { type: 'number' } },
  required: ['reason', 'score'],
  additionalProperties: false,
} as const;

export async function scorePictures(
  parts: JudgeParts,
  task: Parameters<Judges['score']>[0],
  context: JudgeContext,
): Promise<Scoring> {
  const { criterion, max, min, pictures, references = [] } = task;
  if (pictures.length === 0) throw new JudgeFailure('invalid_input', 'A judgement needs a picture.');
  if (min >= max) throw new JudgeFailure('invalid_input', 'The largest score must lie above the least.');
  const how = readHow(parts, task);
  const question = {
    name: 'score',
    text: toText(criterion, { min, max, pictures: pictures.length, references: references.length }),
    pictures: [...references, ...pictures],
    schema,
    answer: z.object({ reason: z.string(), score: z.number().min(min).max(max) }),
    key: nameVerdict(how.modelId, task, [references, pictures], ['score', criterion, min, max]),
  };
  const { answer, ...judged } = await askOnce(parts, question, how, context);
  return { ...judged, ...answer };
}

function toText(
  criterion: string,
  facts: {
    readonly min: number;
    readonly max: number;
    readonly pictures: number;
    readonly references: number;
  },
): string {
  const { max, min, references } = facts;
  const first = references + 1;
  const judged =
    facts.pictures === 1
      ? `picture ${first}`
      : `pictures ${first} to ${references + facts.pictures}, taken together`;
  const given =
    references === 0
      ? ''
      : ` Pictures 1 to ${references} are references: judge by them, and do not judge them.`;
  return `Judge ${judged}.${given} Give a score from ${min} (worst) to ${max} (best) for this criterion:\n\n${criterion}`;
}
