import { z } from 'zod';
import { evaluationColumn, scorecard } from './evaluation-columns.ts';

const definition = {
  name: z.string().trim().min(1).max(200),
  description: z.string().max(2_000).optional(),
  /** Id of the dataset. */
  dataset: z.string().min(1),
  /** Default: the newest one when a run begins. */
  dataset_version: z.int().min(1).optional(),
  columns: z.array(evaluationColumn).max(50),
  scorecard: scorecard.optional(),
  /** Rows at a time. Default: 4. */
  concurrency: z.int().min(1).max(32).optional(),
  /** What a run may cost, in USD. Absent: no cap. */
  cost_cap: z.number().min(0).max(1_000_000).optional(),
};

/** Body of POST /api/evaluations. */
export const newEvaluation = z.strictObject({ ...definition, columns: definition.columns.default([]) });

/** Body of PATCH /api/evaluations/{id}. Columns and scorecard are replaced as a whole; runs keep theirs. */
export const evaluationChange = z
  .strictObject({
    ...definition,
    /** `latest`: the newest one when a run begins. */
    dataset_version: z.union([z.int().min(1), z.literal('latest')]).optional(),
    /** `none`: no cap. */
    cost_cap: z.union([definition.cost_cap.unwrap(), z.literal('none')]).optional(),
  })
  .partial();

/** Verdict of a row or a run. `error`: something that counts could not be found out. */
export const verdict = z.enum(['pass', 'warn', 'fail', 'error', 'skipped']);
export type Verdict = z.infer<typeof verdict>;

export const evaluation = z.looseObject({
  id: z.string(),
  object: z.literal('evaluation'),
  /** Within the project. */
  number: z.int(),
  name: z.string(),
  description: z.string().nullable(),
  dataset: z.string(),
  /** Null: the newest. */
  dataset_version: z.int().nullable(),
  columns: z.array(evaluationColumn),
  /** Null: the last column that gives a yes, a no or a number counts. */
  scorecard: scorecard.nullable(),
  concurrency: z.int(),
  /** USD; null: none. */
  cost_cap: z.number().nullable(),
  /** The newest run, in short; null: none yet. */
  last_run: z
    .looseObject({
      id: z.string(),
      status: z.string(),
      score: z.number().nullable(),
      verdict: verdict.nullable(),
      created_at: z.int(),
    })
    .nullable(),
  created_at: z.int(),
  updated_at: z.int(),
});

export const evaluationList = z.looseObject({ object: z.literal('list'), data: z.array(evaluation) });

/** Body of POST /api/evaluations/{id}/estimate and, with more, of …/runs. */
export const evaluationEstimateBody = z.strictObject({
  /** Default: that of the evaluation, else the newest. */
  dataset_version: z.int().min(1).optional(),
  /** Another version of a prompt that columns run: name, number or id → version or label. */
  prompts: z.record(z.string(), z.union([z.int().min(1), z.string().min(1)])).optional(),
  /** Only so many rows, from the first on. */
  rows: z.int().min(1).max(100_000).optional(),
});

const bound = z.number().nullable();

/** What a run would cost, in USD; null: nobody can tell. Calls nothing. */
export const evaluationEstimate = z.looseObject({
  object: z.literal('evaluation.estimate'),
  rows: z.int(),
  cells: z.int(),
  low: bound,
  high: bound,
  low_nano_usd: z.int().nullable(),
  high_nano_usd: z.int().nullable(),
  /** Cells that may cost something, and nobody knows how much. */
  unknown_cells: z.int(),
  columns: z.array(
    z.looseObject({
      column: z.string(),
      name: z.string(),
      /** How many of its cells may cost something. */
      paid_cells: z.int(),
      /** Of all its cells together. */
      low: bound,
      high: bound,
      /** Why nothing is known. */
      note: z.string().nullable(),
    }),
  ),
});

/** Body of POST /api/evaluations/{id}/gates. */
export const newGate = z.strictObject({
  /** Id, number or name. Columns that run it run the version in question. */
  prompt: z.string().min(1),
  /** Labels that move only to versions that passed. */
  labels: z.array(z.string().min(1).max(255)).max(20).default([]),
  /** Default: true. */
  run_on_new_version: z.boolean().default(true),
  /** The worst verdict that lets a version through. Default: pass. */
  minimum: z.enum(['pass', 'warn']).default('pass'),
  /** Names of judge columns that may decide although they were not compared with people, or do not agree with them. */
  accept_judges: z.array(z.string()).max(50).default([]),
});

/** How far a judge and people agree: 1 always, 0 as often as by chance. */
export const judgeAgreement = z.looseObject({
  judge: z.string(),
  human: z.string(),
  /** Rows that both answered. */
  rows: z.int(),
  /** Share of rows where they say the same; null: no rows. */
  agreement: z.number().nullable(),
  kappa: z.number().nullable(),
  /** Where kappa lies with 95 % confidence. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
});
export type JudgeAgreement = z.infer<typeof judgeAgreement>;

export const evaluationGate = z.looseObject({
  id: z.string(),
  object: z.literal('evaluation.gate'),
  evaluation: z.string(),
  prompt: z.string(),
  labels: z.array(z.string()),
  run_on_new_version: z.boolean(),
  minimum: z.enum(['pass', 'warn']),
  /** The judges that decide, as they stood when the gate was made. */
  judges: z.array(judgeAgreement),
  created_at: z.int(),
});
export const evaluationGateList = z.looseObject({
  object: z.literal('list'),
  data: z.array(evaluationGate),
});

export type NewEvaluation = z.input<typeof newEvaluation>;
export type EvaluationChange = z.input<typeof evaluationChange>;
export type Evaluation = z.infer<typeof evaluation>;
export type EvaluationList = z.infer<typeof evaluationList>;
export type EvaluationEstimateBody = z.input<typeof evaluationEstimateBody>;
export type EvaluationEstimate = z.infer<typeof evaluationEstimate>;
export type NewGate = z.input<typeof newGate>;
export type EvaluationGate = z.infer<typeof evaluationGate>;
export type EvaluationGateList = z.infer<typeof evaluationGateList>;
