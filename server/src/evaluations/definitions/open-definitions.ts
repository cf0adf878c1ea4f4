import type { EvaluationColumn, Scorecard } from '@pictor/api';
import type { Checks } from '../../checks/index.ts';
import { askDatabase, type Database } from '../../database/index.ts';
import type { Datasets } from '../../datasets/index.ts';
import { newId, PictorError } from '../../foundation/index.ts';
import { checkColumns, checkScorecard } from './check-columns.ts';
import type { Evaluation } from './evaluation.ts';
import {
  deleteEvaluation,
  type EvaluationFacts,
  findEvaluation,
  insertEvaluation,
  listEvaluations,
  updateEvaluation,
} from './evaluation-queries.ts';
import { keepHeaders } from './hide-headers.ts';

export type EvaluationChange = {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly dataset?: string | undefined;
  /** Null: the newest. */
  readonly datasetVersion?: number | null | undefined;
  readonly columns?: readonly EvaluationColumn[] | undefined;
  readonly scorecard?: Scorecard | undefined;
  readonly concurrency?: number | undefined;
  /** Null: none. */
  readonly costCapNanoUsd?: number | null | undefined;
};

/** Evaluations of a project. What names one throws `not_found`; what cannot be run `invalid_value`. */
export type Definitions = {
  readonly list: (projectId: string) => Promise<readonly Evaluation[]>;
  /** By id, name or number. */
  readonly find: (projectId: string, name: string | number) => Promise<Evaluation>;
  /** Throws `already_exists`. */
  readonly create: (
    projectId: string,
    wanted: EvaluationChange & { readonly name: string; readonly dataset: string },
  ) => Promise<Evaluation>;
  /** Throws `already_exists`. */
  readonly update: (projectId: string, name: string, change: EvaluationChange) => Promise<Evaluation>;
  readonly remove: (projectId: string, name: string) => Promise<void>;
};

const defaultConcurrency = 4;

export function openDefinitions(parts: {
  readonly database: Pick<Database, 'sql'>;
  readonly datasets: Pick<Datasets, 'find' | 'version'>;
  readonly checks: Pick<Checks, 'find'>;
}): Definitions {
  const { sql } = parts.database;
  const find: Definitions['find'] = async (projectId, name) => {
    const found = await askDatabase(findEvaluation(sql, projectId, name));
    if (found !== null) return found;
    throw new PictorError({
      code: 'not_found',
      message: `There is no evaluation '${String(name).slice(0, 100)}' in your project.`,
      param: 'evaluation',
    });
  };
  /** Everything that belongs together is checked together, whichever part of it changes. */
  const check = async (projectId: string, wanted: EvaluationFacts): Promise<EvaluationFacts> => {
    const dataset = await parts.datasets.find(projectId, wanted.datasetId);
    const { fields } =
      wanted.datasetVersion === null ? dataset : await parts.datasets.version(dataset, wanted.datasetVersion);
    const columns = checkColumns(wanted.columns, fields, parts.checks);
    checkScorecard(columns, wanted.scorecard);
    return { ...wanted, datasetId: dataset.id, columns };
  };
  return {
    list: (projectId) => askDatabase(listEvaluations(sql, projectId)),
    find,
    create: async (projectId, wanted) => {
      const facts = await check(projectId, {
        name: wanted.name,
        description: wanted.description ?? null,
        datasetId: wanted.dataset,
        datasetVersion: wanted.datasetVersion ?? null,
        columns: withIds(wanted.columns ?? []),
        scorecard: wanted.scorecard ?? null,
        concurrency: wanted.concurrency ?? defaultConcurrency,
        costCapNanoUsd: wanted.costCapNanoUsd ?? null,
      });
      const made = await askDatabase(insertEvaluation(sql, { ...facts, id: newId('eval'), projectId }));
      if (made === null) throw taken(wanted.name);
      return made;
    },
    update: async (projectId, name, change) => {
      const before = await find(projectId, name);
      const columns =
        change.columns === undefined ? before.columns : keepHeaders(change.columns, before.columns);
      const facts = await check(projectId, {
        name: change.name ?? before.name,
        description: change.description ?? before.description,
        datasetId: change.dataset ?? before.datasetId,
        datasetVersion: change.datasetVersion === undefined ? before.datasetVersion : change.datasetVersion,
        columns: withIds(columns),
        scorecard: change.scorecard ?? before.scorecard,
        concurrency: change.concurrency ?? before.concurrency,
        costCapNanoUsd: change.costCapNanoUsd === undefined ? before.costCapNanoUsd : change.costCapNanoUsd,
      });
      const other = await askDatabase(findEvaluation(sql, projectId, facts.name));
      if (other !== null && other.id !== before.id) throw taken(facts.name);
      return await askDatabase(updateEvaluation(sql, before.id, facts));
    },
    remove: async (projectId, name) => {
      const { id } = await find(projectId, name);
      await askDatabase(deleteEvaluation(sql, id));
    },
  };
}

/** An empty id is replaced when the columns are checked. */
function withIds(columns: readonly EvaluationColumn[]): EvaluationFacts['columns'] {
  return columns as EvaluationFacts['columns'];
}

function taken(name: string): PictorError {
  return new PictorError({
    code: 'already_exists',
    message: `There is an evaluation '${name}' already: choose another name.`,
    param: 'name',
  });
}
