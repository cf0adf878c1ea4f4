import { z } from 'zod';
import { askModel } from '../ask-model.ts';
import type { Assertion, JudgeContext, Judges } from '../judge.ts';
import { JudgeFailure } from '../judge-failure.ts';
import { type JudgeParts, readHow, toJudged } from '../judge-parts.ts';
import { nameVerdict } from '../verdicts/name-verdict.ts';

const verdict = z.object({ holds: z.boolean(), reason: z.string() });
type Verdict = z.infer<typeof verdict>;

const schema = {
  type: 'object',
  properties: {
    answers: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          number: { type: 'integer', description: 'Number of the statement' },
          reason: { type: 'string' },
          holds: { type: 'boolean', description: 'Whether the statement is true of the pictures' },
        },
        required: ['number', 'reason', 'holds'],
        additionalProperties: false,
      },
    },
  },
  required: ['answers'],
  additionalProperties: false,
} as const;

/** Every statement has an answer, and no other one has. */
function answersTo(count: number) {
  return z
    .object({ answers: z.array(verdict.extend({ number: z.int() })) })
    .transform(({ answers }) => answers.toSorted((one, other) => one.number - other.number))
    .refine((answers) => answers.length === count && answers.every(({ number }, at) => number === at + 1));
}

export async function assertStatements(
  parts: JudgeParts,
  task: Parameters<Judges['assert']>[0],
  context: JudgeContext,
): Promise<Assertion> {
  if (task.statements.length === 0 || task.pictures.length === 0) {
    throw new JudgeFailure('invalid_input', 'A judgement needs a statement and a picture.');
  }
  const { how, model, modelId } = readHow(parts, task);
  const keys = task.statements.map((statement) =>
    nameVerdict(modelId, task, [task.pictures], ['assertion', statement]),
  );
  return await parts.verdicts.inTurn(`${context.projectId} ${keys.join()}`, async () => {
    const known = new Map(await parts.verdicts.find(context.projectId, keys));
    const remembered = [...known.values()];
    const open = [...new Set(task.statements.filter((_, at) => !known.has(keys[at] ?? '')))];
    if (open.length === 0)
      return { ...toJudged(modelId, [], remembered), verdicts: toVerdicts(task, keys, known) };
    const text = `Is each of these statements true of ${task.pictures.length === 1 ? 'the picture' : 'the pictures, taken together'}?\n\n${open.map((statement, at) => `${at + 1}. ${statement}`).join('\n')}`;
    const question = {
      name: 'assertion',
      text,
      pictures: task.pictures,
      schema,
      answer: answersTo(open.length),
    };
    const answered = await askModel(question, model, how, context);
    const { responseId } = answered;
    const fresh = open.map((statement, at) => {
      const { holds = false, reason = '' } = answered.answer[at] ?? {};
      return { key: keys[task.statements.indexOf(statement)] ?? '', responseId, value: { holds, reason } };
    });
    await parts.verdicts.keep(context.projectId, modelId, fresh);
    for (const { key, ...stored } of fresh) known.set(key, stored);
    return { ...toJudged(modelId, [answered], remembered), verdicts: toVerdicts(task, keys, known) };
  });
}

function toVerdicts(
  { statements }: { readonly statements: readonly string[] },
  keys: readonly string[],
  known: ReadonlyMap<string, { readonly value: unknown }>,
): Assertion['verdicts'] {
  return statements.map((statement, at): { statement: string } & Verdict => ({
    statement,
    ...verdict.parse(known.get(keys[at] ?? '')?.value),
  }));
}
