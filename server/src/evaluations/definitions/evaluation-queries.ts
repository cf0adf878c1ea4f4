import type { Scorecard } from '@pictor/api';
import { cleanJson, cleanText, type Row, takeNumber } from '../../database/index.ts';
import type { RunColumn } from '../runs/run.ts';
import type { EvaluationsSql } from '../tables.ts';
import type { Evaluation } from './evaluation.ts';

/** In the order of their names. */
export async function listEvaluations(
  sql: EvaluationsSql,
  projectId: string,
): Promise<readonly Evaluation[]> {
  const rows = await sql
    .selectFrom('evaluations')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('name')
    .execute();
  return rows.map(toEvaluation);
}

/** By id, name or number. Null: the project has none. */
export async function findEvaluation(
  sql: EvaluationsSql,
  projectId: string,
  name: string | number,
): Promise<Evaluation | null> {
  const own = sql.selectFrom('evaluations').selectAll().where('project_id', '=', projectId);
  const row = await (typeof name === 'number'
    ? own.where('number', '=', name)
    : own
        .where((is) => is.or([is('id', '=', name), is('name', '=', cleanText(name))]))
        .orderBy((is) => is.case().when('id', '=', name).then(0).else(1).end())
  ).executeTakeFirst();
  return row === undefined ? null : toEvaluation(row);
}

export type EvaluationFacts = Omit<Evaluation, 'id' | 'number' | 'projectId' | 'createdAt' | 'updatedAt'>;

/** Null: the name is taken. */
export async function insertEvaluation(
  sql: EvaluationsSql,
  evaluation: EvaluationFacts & { readonly id: string; readonly projectId: string },
): Promise<Evaluation | null> {
  const now = new Date();
  const row = await sql
    .insertInto('evaluations')
    .values({
      id: evaluation.id,
      number: await takeNumber(sql, evaluation.projectId, 'evaluation'),
      project_id: evaluation.projectId,
      ...toRow(evaluation),
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toEvaluation(row);
}

export async function updateEvaluation(
  sql: EvaluationsSql,
  id: string,
  facts: EvaluationFacts,
): Promise<Evaluation> {
  const row = await sql
    .updateTable('evaluations')
    .set({ ...toRow(facts), updated_at: new Date() })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toEvaluation(row);
}

export async function deleteEvaluation(sql: EvaluationsSql, id: string): Promise<void> {
  await sql.deleteFrom('evaluations').where('id', '=', id).execute();
}

function toRow(facts: EvaluationFacts) {
  return {
    name: cleanText(facts.name),
    description: facts.description,
    dataset_id: facts.datasetId,
    dataset_version: facts.datasetVersion,
    columns: JSON.stringify(cleanJson(facts.columns)),
    scorecard: facts.scorecard === null ? null : JSON.stringify(cleanJson(facts.scorecard)),
    concurrency: facts.concurrency,
    cost_cap_nano_usd: facts.costCapNanoUsd,
  };
}

function toEvaluation(row: Row<'evaluations'>): Evaluation {
  return {
    id: row.id,
    number: row.number,
    projectId: row.project_id,
    name: row.name,
    description: row.description,
    datasetId: row.dataset_id,
    datasetVersion: row.dataset_version,
    // Written by this room alone, from what its schemas read.
    columns: row.columns as unknown as readonly RunColumn[],
    scorecard: row.scorecard as unknown as Scorecard | null,
    concurrency: row.concurrency,
    costCapNanoUsd: row.cost_cap_nano_usd,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
