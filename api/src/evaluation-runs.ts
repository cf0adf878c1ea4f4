import { z } from 'zod';
import { pictureReference } from './datasets.ts';
import { evaluationColumn, scorecard } from './evaluation-columns.ts';
import { evaluationEstimateBody, judgeAgreement, verdict } from './evaluations.ts';

/** `waiting`: all is done but what people are to answer, and what depends on it. */
export const runStatus = z.enum(['queued', 'running', 'waiting', 'completed', 'cancelled', 'failed']);
export const cellStatus = z.enum(['queued', 'running', 'done', 'failed', 'skipped', 'waiting']);
export type EvaluationRunStatus = z.infer<typeof runStatus>;
export type CellStatus = z.infer<typeof cellStatus>;

/** Body of POST /api/evaluations/{id}/runs. */
export const newEvaluationRun = evaluationEstimateBody.extend({
  name: z.string().max(200).optional(),
  /** USD. Default: the evaluation's. A cell that could exceed it is skipped, and all behind it. */
  cost_cap: z.number().min(0).max(1_000_000).optional(),
  /** Rows at a time. Default: the evaluation's. */
  concurrency: z.int().min(1).max(32).optional(),
});

/** Body of POST /api/evaluation-runs/{run}/rerun. Cells that read what changes run again as well. */
export const rerunBody = z.strictObject({
  /**
   * `failed`: those that failed or were skipped. `stale`: those whose column, row or input changed since; the run takes
   * over the evaluation's present columns and dataset. `cells`: those that are named.
   */
  only: z.enum(['failed', 'stale', 'cells']),
  cells: z
    .array(z.strictObject({ row: z.string(), column: z.string() }))
    .min(1)
    .max(1_000)
    .optional(),
  /** USD, for all that the run costs together. Default: as before. */
  cost_cap: z.number().min(0).max(1_000_000).optional(),
});

const cost = {
  /** USD; null: unknown. */
  cost: z.number().nullable(),
  cost_nano_usd: z.int().nullable(),
};

/** One step of a scorecard, over a row or over all rows. */
export const stepResult = z.looseObject({
  title: z.string(),
  /** Id of the column. */
  column: z.string(),
  weight: z.number(),
  required: z.boolean(),
  /** 0 to 1; null: none could be found out. */
  score: z.number().nullable(),
  verdict,
  /** Of a row: the cell's value and why it is so. */
  evidence: z.unknown(),
});

export const evaluationRun = z.looseObject({
  id: z.string(),
  object: z.literal('evaluation.run'),
  /** Within the project. */
  number: z.int(),
  evaluation: z.string(),
  name: z.string().nullable(),
  status: runStatus,
  /** Why it failed or ended early; null: it did not. */
  reason: z.string().nullable(),
  /** `gate`: a new version of a prompt began it. */
  trigger: z.enum(['manual', 'gate']),
  dataset: z.string(),
  dataset_version: z.int(),
  /** As they were when it began, versions of prompts filled in. */
  columns: z.array(evaluationColumn),
  scorecard: scorecard.nullable(),
  concurrency: z.int(),
  /** USD; null: none. */
  cost_cap: z.number().nullable(),
  progress: z.looseObject({
    rows: z.int(),
    cells: z.int(),
    queued: z.int(),
    running: z.int(),
    done: z.int(),
    failed: z.int(),
    skipped: z.int(),
    waiting: z.int(),
    /** How long the rest will take at the pace so far; null: unknown, or nothing is left. */
    seconds_left: z.number().nullable(),
  }),
  /** So far, in USD; cells of unknown cost are in no sum. */
  cost: z.number(),
  cost_nano_usd: z.int(),
  unknown_cost_cells: z.int(),
  /** 0 to 1; null: nothing could be scored yet. */
  score: z.number().nullable(),
  verdict: verdict.nullable(),
  steps: z.array(stepResult),
  /** Rows by their verdict. */
  verdicts: z.record(verdict, z.int()),
  /** What changed since: names of columns, and whether the dataset has a newer version. */
  stale: z.looseObject({ columns: z.array(z.string()), dataset: z.boolean() }),
  created_at: z.int(),
  started_at: z.int().nullable(),
  finished_at: z.int().nullable(),
});

export const evaluationRunList = z.looseObject({
  object: z.literal('list'),
  data: z.array(evaluationRun),
  has_more: z.boolean(),
  /** Null: this is the last page. */
  next_cursor: z.string().nullable(),
});

export const evaluationCell = z.looseObject({
  /** Id of the column. */
  column: z.string(),
  status: cellStatus,
  value: z.unknown(),
  /** True: long texts of the value are cut here; the row by itself has them whole. */
  truncated: z.boolean().optional(),
  /** Null: nothing was asked of it. */
  passed: z.boolean().nullable(),
  /** 0 to 1, as the scorecard takes it; null: none. */
  score: z.number().nullable(),
  /** Reasons and facts behind the value. */
  evidence: z.unknown(),
  images: z.array(pictureReference),
  error: z.looseObject({ code: z.string(), message: z.string() }).nullable(),
  ...cost,
  /** Id of the request that made it; null: none did. */
  request: z.string().nullable(),
  duration_ms: z.number().nullable(),
  /** From 1; counts on when it runs again. */
  attempt: z.int(),
  /** True: its column, its row or what it reads changed since. */
  stale: z.boolean(),
});

export const evaluationRow = z.looseObject({
  /** Id of the dataset's row. */
  id: z.string(),
  object: z.literal('evaluation.row'),
  position: z.int(),
  values: z.record(z.string(), z.unknown()),
  images: z.record(z.string(), z.array(pictureReference)),
  score: z.number().nullable(),
  /** Null: it still runs. */
  verdict: verdict.nullable(),
  steps: z.array(stepResult),
  cells: z.array(evaluationCell),
});

export const evaluationRowPage = z.looseObject({
  object: z.literal('list'),
  data: z.array(evaluationRow),
  total: z.int(),
  offset: z.int(),
});

/** An interval is where the truth lies with 95 % confidence. */
const difference = z.looseObject({
  title: z.string(),
  before: z.number().nullable(),
  after: z.number().nullable(),
  difference: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Rows that both runs scored. */
  rows: z.int(),
});

/** The run against another one of the same dataset, row by row. */
export const runComparison = z.looseObject({
  object: z.literal('evaluation.comparison'),
  before: z.string(),
  after: z.string(),
  overall: difference,
  steps: z.array(difference),
  better: z.int(),
  worse: z.int(),
  unchanged: z.int(),
  /** Those that changed most first. */
  rows: z.array(
    z.looseObject({
      id: z.string(),
      position: z.int(),
      before: z.looseObject({ score: z.number().nullable(), verdict: verdict.nullable() }),
      after: z.looseObject({ score: z.number().nullable(), verdict: verdict.nullable() }),
      /** After minus before; null: one of them has no score. */
      difference: z.number().nullable(),
    }),
  ),
  total: z.int(),
});

export const judgeAgreementList = z.looseObject({
  object: z.literal('list'),
  data: z.array(judgeAgreement),
});

/** One thing to rate. What made the pictures is not told. */
export const ratingTask = z.looseObject({
  object: z.literal('evaluation.rating_task'),
  row: z.string(),
  column: z.string(),
  rating: z.enum(['thumbs', 'score', 'preference']),
  instructions: z.string().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** One, or for a preference several in an order of their own for every row and rater. */
  options: z.array(z.looseObject({ id: z.string(), images: z.array(pictureReference) })),
});

export const ratingTaskList = z.looseObject({
  object: z.literal('list'),
  data: z.array(ratingTask),
  /** Tasks that this rater has left, these among them. */
  left: z.int(),
  /** Tasks of this rater in all. */
  total: z.int(),
});

/** Body of POST /api/evaluation-runs/{run}/ratings. A second rating of the same rater replaces the first. */
export const newRating = z.strictObject({
  row: z.string(),
  column: z.string(),
  /** thumbs: true or false; score: a number; preference: id of an option, or `tie`. */
  value: z.union([z.boolean(), z.number(), z.string()]),
  /** Who rates. Default: the key. */
  rater: z.string().min(1).max(200).optional(),
  note: z.string().max(2_000).optional(),
});

export const rating = z.looseObject({
  object: z.literal('evaluation.rating'),
  row: z.string(),
  column: z.string(),
  rater: z.string(),
  value: z.unknown(),
  note: z.string().nullable(),
  created_at: z.int(),
});
export const ratingList = z.looseObject({ object: z.literal('list'), data: z.array(rating) });

export type NewEvaluationRun = z.input<typeof newEvaluationRun>;
export type RerunBody = z.input<typeof rerunBody>;
export type StepResult = z.infer<typeof stepResult>;
export type EvaluationRun = z.infer<typeof evaluationRun>;
export type EvaluationRunList = z.infer<typeof evaluationRunList>;
export type EvaluationCell = z.infer<typeof evaluationCell>;
export type EvaluationRow = z.infer<typeof evaluationRow>;
export type EvaluationRowPage = z.infer<typeof evaluationRowPage>;
export type RunComparison = z.infer<typeof runComparison>;
export type JudgeAgreementList = z.infer<typeof judgeAgreementList>;
export type RatingTask = z.infer<typeof ratingTask>;
export type RatingTaskList = z.infer<typeof ratingTaskList>;
export type NewRating = z.input<typeof newRating>;
export type Rating = z.infer<typeof rating>;
export type RatingList = z.infer<typeof ratingList>;
