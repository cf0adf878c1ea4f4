import type { DatasetField } from '@pictor/api';
import type { Caller } from '../../access/index.ts';
import { askDatabase, type Database } from '../../database/index.ts';
import type { Datasets } from '../../datasets/index.ts';
import { newId, PictorError } from '../../foundation/index.ts';
import { type Prompts, readName } from '../../prompts/index.ts';
import type { Evaluation } from '../definitions/evaluation.ts';
import type { Runner } from './open-runner.ts';
import { type PromptOverrides, prepareColumns } from './prepare-columns.ts';
import { deleteOtherRows, insertRunRows } from './row-queries.ts';
import type { Run, RunColumn } from './run.ts';
import { deleteRun, findRun, insertRun, updateRun } from './run-queries.ts';

/** What a run is to be, beside what its evaluation says. */
export type RunWish = {
  readonly name?: string | undefined;
  readonly datasetVersion?: number | undefined;
  readonly overrides?: PromptOverrides | undefined;
  readonly rowLimit?: number | undefined;
  readonly costCapNanoUsd?: number | undefined;
  readonly concurrency?: number | undefined;
};

/** What a run would take along. */
export type RunPlan = {
  readonly datasetVersion: number;
  readonly fields: readonly DatasetField[];
  readonly columns: readonly RunColumn[];
  /** The one version of a prompt that it says something about; null: none, or several. */
  readonly subject: { readonly promptId: string; readonly version: number } | null;
};

export type Runs = {
  /** Throws what speaks against a run: no version of the dataset, prompts that are gone. */
  readonly plan: (
    evaluation: Evaluation,
    wish: Pick<RunWish, 'datasetVersion' | 'overrides'>,
  ) => Promise<RunPlan>;
  readonly start: (caller: Caller, evaluation: Evaluation, wish: RunWish) => Promise<Run>;
  /** By id or number. Throws `not_found`. */
  readonly find: (projectId: string, name: string | number) => Promise<Run>;
  /** Throws `request_finished` where it is over. */
  readonly cancel: (run: Run) => Promise<Run>;
  /** Throws `evaluation_run_active` while it runs. */
  readonly remove: (run: Run) => Promise<void>;
  /** Makes ready a run that a gate began. */
  readonly prepare: (run: Run) => Promise<Run>;
};

type RunsParts = {
  readonly database: Pick<Database, 'sql'>;
  readonly datasets: Pick<Datasets, 'find' | 'version'>;
  readonly prompts: Pick<Prompts, 'find' | 'choose'>;
  readonly runner: Pick<Runner, 'wake' | 'cancel'>;
};

export function openRuns(parts: RunsParts): Runs {
  const { sql } = parts.database;
  const planRun = openPlanner(parts);
  return {
    plan: planRun,
    start: async (caller, evaluation, wish) => {
      if (evaluation.columns.length === 0) throw noColumns();
      const { columns, datasetVersion, subject } = await planRun(evaluation, wish);
      const run = await askDatabase(
        sql.transaction().execute(async (transaction) => {
          const made = await insertRun(transaction, {
            id: newId('erun'),
            evaluationId: evaluation.id,
            projectId: evaluation.projectId,
            keyId: caller.keyId,
            name: wish.name ?? null,
            trigger: 'manual',
            datasetId: evaluation.datasetId,
            datasetVersion,
            rowLimit: wish.rowLimit ?? null,
            columns,
            scorecard: evaluation.scorecard,
            concurrency: wish.concurrency ?? evaluation.concurrency,
            costCapNanoUsd: wish.costCapNanoUsd ?? evaluation.costCapNanoUsd,
            promptId: subject?.promptId ?? null,
            promptVersion: subject?.version ?? null,
            isPrepared: true,
            createdAt: new Date(),
          });
          const rowCount = await insertRunRows(transaction, made);
          return (await updateRun(transaction, made.id, { rowCount })) ?? made;
        }),
      );
      parts.runner.wake(run.id);
      return run;
    },
    find: async (projectId, name) => {
      const run = await askDatabase(findRun(sql, projectId, name));
      if (run !== null) return run;
      throw new PictorError({
        code: 'not_found',
        message: 'There is no run with this id in your project.',
        param: 'run',
      });
    },
    cancel: async (run) => {
      const change = { status: 'cancelled' as const, reason: 'It was cancelled.', finishedAt: new Date() };
      const cancelled = await askDatabase(updateRun(sql, run.id, change, ['queued', 'running', 'waiting']));
      if (cancelled === null) throw over();
      parts.runner.cancel(run.id);
      return cancelled;
    },
    remove: async (run) => {
      if (run.status === 'queued' || run.status === 'running') throw stillRuns();
      await askDatabase(deleteRun(sql, run.id));
    },
    prepare: async (run) => {
      const { columns } = await planRun(run, { overrides: overridesOf(run) });
      return await askDatabase(
        sql.transaction().execute(async (transaction) => {
          await deleteOtherRows(transaction, run);
          const rowCount = await insertRunRows(transaction, run);
          const ready = await updateRun(transaction, run.id, { columns, rowCount, isPrepared: true });
          return ready ?? run;
        }),
      );
    },
  };
}

/** The planner alone, for who must not begin anything. */
function openPlanner(
  parts: Pick<RunsParts, 'datasets' | 'prompts'>,
): (
  evaluation: Pick<Evaluation, 'projectId' | 'datasetId' | 'datasetVersion' | 'columns'>,
  wish: Pick<RunWish, 'datasetVersion' | 'overrides'>,
) => Promise<RunPlan> {
  return async (evaluation, wish) => {
    const dataset = await parts.datasets.find(evaluation.projectId, evaluation.datasetId);
    const datasetVersion = wish.datasetVersion ?? evaluation.datasetVersion ?? dataset.latestVersion;
    if (datasetVersion === 0) throw unpublished(dataset.name);
    const { fields } = await parts.datasets.version(dataset, datasetVersion);
    const overrides = wish.overrides ?? {};
    const columns = await prepareColumns(parts.prompts, evaluation.projectId, {
      columns: evaluation.columns,
      fields,
      overrides,
    });
    const [only, ...others] = Object.keys(overrides);
    const named =
      only === undefined || others.length > 0
        ? null
        : await parts.prompts.find(evaluation.projectId, readName(only));
    return { datasetVersion, fields, columns, subject: subjectOf(columns, named?.id ?? null) };
  };
}

/** The version that a run is about, also when its columns are read anew. */
export function overridesOf(run: Pick<Run, 'promptId' | 'promptVersion'>): PromptOverrides {
  return run.promptId === null || run.promptVersion === null ? {} : { [run.promptId]: run.promptVersion };
}

/** A run over one version of one prompt says something about that version; a comparison of several does not. */
function subjectOf(columns: readonly RunColumn[], named: string | null): RunPlan['subject'] {
  const versions = columns.flatMap((column) => {
    if (column.type !== 'prompt_template' || column.config.model !== undefined) return [];
    const { prompt, version = 1 } = column.config;
    return named === null || named === prompt ? [{ promptId: prompt, version }] : [];
  });
  const [first] = versions;
  const isOne = versions.every(
    ({ promptId, version }) => promptId === first?.promptId && version === first.version,
  );
  return first === undefined || !isOne ? null : first;
}

function unpublished(name: string): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: `The dataset '${name}' has no version yet: publish its draft first.`,
    param: 'dataset',
  });
}

function noColumns(): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: 'The evaluation has no columns yet.',
    param: 'columns',
  });
}

function over(): PictorError {
  return new PictorError({
    code: 'request_finished',
    message: 'The run is over already.',
    param: 'run',
  });
}

export function stillRuns(): PictorError {
  return new PictorError({
    code: 'evaluation_run_active',
    message: 'The run still runs. Wait for its end, or cancel it.',
    param: 'run',
  });
}
