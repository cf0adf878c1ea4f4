import type { JudgeAgreement, newGate } from '@pictor/api';
import type { z } from 'zod';
import type { Caller } from '../../access/index.ts';
import { askDatabase, type Database } from '../../database/index.ts';
import { newId, PictorError } from '../../foundation/index.ts';
import { type Prompts, readName } from '../../prompts/index.ts';
import { isJudge } from '../columns/list-runners.ts';
import type { Evaluation } from '../definitions/evaluation.ts';
import { planScore } from '../scores/score-row.ts';
import type { Gate } from './gate.ts';
import { deleteGate, insertGate, listGates } from './gate-queries.ts';

export type GateWish = z.infer<typeof newGate>;

export type Gates = {
  readonly list: (evaluation: Evaluation) => Promise<readonly Gate[]>;
  /** Throws `judge_unproven`, `not_found`, and `invalid_value` where no column runs the prompt. */
  readonly create: (caller: Caller, evaluation: Evaluation, wish: GateWish) => Promise<Gate>;
  /** Throws `not_found`. */
  readonly remove: (evaluation: Evaluation, id: string) => Promise<void>;
};

/** Below this, a judge agrees with people hardly better than chance would. */
const leastKappa = 0.4;

export function openGates(parts: {
  readonly database: Pick<Database, 'sql'>;
  readonly prompts: Pick<Prompts, 'find'>;
  /** How far the judges of an evaluation agreed with people in its newest runs. */
  readonly agreementOf: (evaluation: Evaluation) => Promise<readonly JudgeAgreement[]>;
}): Gates {
  const { sql } = parts.database;
  return {
    list: (evaluation) => askDatabase(listGates(sql, { evaluationId: evaluation.id })),
    create: async (caller, evaluation, wish) => {
      const prompt = await parts.prompts.find(caller.projectId, readName(wish.prompt));
      await requireColumn(parts.prompts, evaluation, prompt);
      const judges = await judgesOf(parts, evaluation);
      const unproven = judges.filter(
        ({ judge, kappa }) => (kappa === null || kappa < leastKappa) && !wish.accept_judges.includes(judge),
      );
      if (unproven.length > 0) throw notProven(unproven);
      const gate: Gate = {
        id: newId('gate'),
        projectId: caller.projectId,
        evaluationId: evaluation.id,
        promptId: prompt.id,
        labels: wish.labels,
        runsOnNewVersion: wish.run_on_new_version,
        minimum: wish.minimum,
        judges,
        keyId: caller.keyId,
        createdAt: new Date(),
      };
      await askDatabase(insertGate(sql, gate));
      return gate;
    },
    remove: async (evaluation, id) => {
      if (await askDatabase(deleteGate(sql, evaluation.id, id))) return;
      throw new PictorError({
        code: 'not_found',
        message: 'The evaluation has no gate with this id.',
        param: 'gate',
      });
    },
  };
}

async function requireColumn(
  prompts: Pick<Prompts, 'find'>,
  evaluation: Evaluation,
  prompt: { readonly id: string; readonly name: string },
): Promise<void> {
  for (const column of evaluation.columns) {
    if (column.type !== 'prompt_template') continue;
    const found = await prompts.find(evaluation.projectId, readName(column.config.prompt));
    if (found.id === prompt.id && column.config.model === undefined) return;
  }
  throw new PictorError({
    code: 'invalid_value',
    message: `No column of the evaluation runs the prompt '${prompt.name}' on its own model.`,
    param: 'prompt',
  });
}

/** The judges that count, each with its best measured agreement. */
async function judgesOf(
  { agreementOf }: Parameters<typeof openGates>[0],
  evaluation: Evaluation,
): Promise<readonly JudgeAgreement[]> {
  const { steps } = planScore(evaluation.columns, evaluation.scorecard);
  const judges = steps.map(({ column }) => column).filter(({ type }) => isJudge(type));
  const measured = judges.length === 0 ? [] : await agreementOf(evaluation);
  return judges.map(({ name }) => {
    const own = measured.filter(({ judge }) => judge === name);
    const best = own.toSorted((left, right) => (right.kappa ?? -2) - (left.kappa ?? -2))[0];
    return best ?? { judge: name, human: '', rows: 0, agreement: null, kappa: null, interval: null };
  });
}

function notProven(judges: readonly JudgeAgreement[]): PictorError {
  const described = judges.map(({ judge, kappa, rows }) =>
    kappa === null
      ? `'${judge}' was not compared with people (${rows} rows)`
      : `'${judge}' agrees with people by kappa ${kappa.toFixed(2)} on ${rows} rows`,
  );
  return new PictorError({
    code: 'judge_unproven',
    message: `Judges would decide that are not known to be right: ${described.join('; ')}. Have people rate rows in a human column, or name the judges in accept_judges.`,
    param: 'accept_judges',
    details: { judges },
  });
}
