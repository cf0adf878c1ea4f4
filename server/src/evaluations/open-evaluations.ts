import type { JudgeAgreement } from '@pictor/api';
import type { Access, Caller } from '../access/index.ts';
import type { CheckDescription, Checks } from '../checks/index.ts';
import { askDatabase, type Database, openBatch, openGroupWriter } from '../database/index.ts';
import type { Datasets } from '../datasets/index.ts';
import type { GuardedFetch } from '../fetching/index.ts';
import type { Log } from '../foundation/index.ts';
import type { Dispatch } from '../http/index.ts';
import type { Jobs } from '../jobs/index.ts';
import type { Judges } from '../judges/index.ts';
import type { Prompts } from '../prompts/index.ts';
import type { ImageStore } from '../storage/index.ts';
import type { Evaluation } from './definitions/evaluation.ts';
import { type Definitions, openDefinitions } from './definitions/open-definitions.ts';
import { type ColumnEstimate, estimateRun } from './estimates/estimate-run.ts';
import { type Gates, openGates } from './gates/open-gates.ts';
import type { EvaluationGate } from './gates/open-version-gate.ts';
import { openCalls } from './open-calls.ts';
import { openPictures } from './open-pictures.ts';
import { openRatings, type Ratings } from './ratings/open-ratings.ts';
import { cellStatements, listColumnCells } from './runs/cell-queries.ts';
import { type Grid, openGrid } from './runs/open-grid.ts';
import { openRunner, type Runner } from './runs/open-runner.ts';
import { openRuns, type Runs, type RunWish } from './runs/open-runs.ts';
import { type RerunWish, rerun } from './runs/rerun.ts';
import { listRowScores, scoreStatements } from './runs/row-queries.ts';
import type { Run } from './runs/run.ts';
import { listLastRuns, listRuns } from './runs/run-queries.ts';
import { openSandbox } from './sandbox/open-sandbox.ts';
import { measureAgreement } from './scores/agreement.ts';
import { type Comparison, compareRuns } from './scores/compare-runs.ts';
import { toRunView } from './to-views.ts';

/** Datasets run through columns, in the background. */
export type Evaluations = {
  readonly definitions: Definitions;
  readonly runs: Runs;
  readonly grid: Grid;
  readonly ratings: Ratings;
  readonly gates: Gates;
  /** How far the judges of a run agree with people. */
  readonly agreement: (run: Run) => Promise<readonly JudgeAgreement[]>;
  /** What changed from one run to another. */
  readonly compare: (before: Run, after: Run) => Promise<Comparison>;
  /** Every check that a column may name. */
  readonly checks: readonly CheckDescription[];
  /** The newest run of each. */
  readonly lastRuns: (evaluations: readonly Evaluation[]) => Promise<ReadonlyMap<string, Run>>;
  /** Newest first. */
  readonly listRuns: (
    evaluation: Evaluation,
    page: { readonly limit: number; readonly after: string | undefined },
  ) => Promise<readonly Run[]>;
  /** A run as `/api` shows it. */
  readonly view: (run: Run) => Promise<ReturnType<typeof toRunView>>;
  readonly rerun: (run: Run, wish: RerunWish) => Promise<Run>;
  readonly estimate: (
    caller: Caller,
    evaluation: Evaluation,
    wish: Pick<RunWish, 'datasetVersion' | 'overrides' | 'rowLimit'>,
  ) => Promise<{ readonly columns: readonly ColumnEstimate[]; readonly rows: number }>;
  /** Takes up what an earlier process left. Returns at once. */
  readonly start: () => void;
  /** Begins nothing more; resolves when what was begun is written, or left to the next start. */
  readonly close: () => Promise<void>;
};

export type EvaluationsParts = {
  readonly database: Pick<Database, 'sql' | 'engine'>;
  readonly access: Pick<Access, 'delegate'>;
  readonly datasets: Datasets;
  readonly prompts: Prompts;
  readonly store: Pick<ImageStore, 'pathOf' | 'has' | 'readBase64'>;
  readonly fetching: Pick<GuardedFetch, 'ask'>;
  readonly checks: Checks;
  readonly judges: Judges;
  readonly jobs: Jobs;
  readonly dispatch: Dispatch;
  readonly gate: EvaluationGate;
  readonly log: Log;
};

/** Rows that are looked at to tell what all of them would cost. */
const samples = 3;

/** So many of the newest runs are looked at for what people said of judges. */
const agreementRuns = 5;

export function openEvaluations(parts: EvaluationsParts): Evaluations {
  const { sql } = parts.database;
  const sandbox = openSandbox();
  const pictures = openPictures(parts);
  const calls = openCalls(parts);
  const columns = { ...parts, calls, pictures, sandbox };
  const definitions = openDefinitions(parts);
  const writer = openGroupWriter(parts.database);
  const writers = {
    cells: openBatch(writer, cellStatements),
    rowScores: openBatch(writer, scoreStatements),
  };
  const runner: Runner = openRunner({
    ...parts,
    ...writers,
    columns,
    prepare: (run) => runs.prepare(run),
  });
  parts.gate.follow(runner.start);
  const runs: Runs = openRuns({ ...parts, runner });
  const grid = openGrid({ ...parts, runner });
  const agreement: Evaluations['agreement'] = async (run) =>
    measureAgreement(
      run.columns,
      await askDatabase(
        listColumnCells(
          sql,
          run.id,
          run.columns.map(({ id }) => id),
        ),
      ),
    );
  return {
    definitions,
    runs,
    grid,
    ratings: openRatings({ ...parts, ...writers, runner }),
    agreement,
    compare: async (before, after) =>
      compareRuns(
        await askDatabase(listRowScores(sql, before.id)),
        await askDatabase(listRowScores(sql, after.id)),
      ),
    gates: openGates({
      ...parts,
      agreementOf: async (evaluation) => {
        const found = await askDatabase(listRuns(sql, evaluation.id, { limit: agreementRuns }));
        const measured = [];
        for (const run of found) measured.push(...(await agreement(run)));
        return measured;
      },
    }),
    checks: parts.checks.list,
    lastRuns: (evaluations) =>
      askDatabase(
        listLastRuns(
          sql,
          evaluations.map(({ id }) => id),
        ),
      ),
    listRuns: (evaluation, page) => askDatabase(listRuns(sql, evaluation.id, page)),
    view: async (run) => {
      const evaluation = await definitions.find(run.projectId, run.evaluationId);
      return toRunView(run, await grid.state(run, evaluation));
    },
    rerun: async (run, wish) => {
      const evaluation = await definitions.find(run.projectId, run.evaluationId);
      return await rerun({ ...parts, runs, runner }, run, evaluation, wish);
    },
    estimate: async (caller, evaluation, wish) => {
      const plan = await runs.plan(evaluation, wish);
      const dataset = await parts.datasets.find(evaluation.projectId, evaluation.datasetId);
      const page = { limit: samples, offset: 0 };
      const found = await parts.datasets.rows(dataset, plan.datasetVersion, page);
      const count = Math.min(found.total, wish.rowLimit ?? found.total);
      const rows = { samples: found.rows, count };
      return { columns: await estimateRun(columns, caller, plan, rows), rows: count };
    },
    start: runner.start,
    close: async () => {
      await runner.close();
      await sandbox.close();
    },
  };
}
