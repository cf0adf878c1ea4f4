import type { JudgeAgreement } from '@pictor/api';
import type { Row } from '../../database/index.ts';
import { newId } from '../../foundation/index.ts';
import { insertRun } from '../runs/run-queries.ts';
import type { EvaluationsSql } from '../tables.ts';
import type { Gate } from './gate.ts';

export async function insertGate(sql: EvaluationsSql, gate: Gate): Promise<void> {
  await sql
    .insertInto('evaluation_gates')
    .values({
      id: gate.id,
      project_id: gate.projectId,
      evaluation_id: gate.evaluationId,
      prompt_id: gate.promptId,
      labels: JSON.stringify(gate.labels),
      run_on_new_version: gate.runsOnNewVersion,
      minimum: gate.minimum,
      judges: JSON.stringify(gate.judges),
      api_key_id: gate.keyId,
      created_at: gate.createdAt,
    })
    .execute();
}

/** In the order in which they were made. */
export async function listGates(
  sql: EvaluationsSql,
  of: { readonly evaluationId: string } | { readonly promptId: string },
): Promise<readonly Gate[]> {
  const all = sql.selectFrom('evaluation_gates').selectAll().orderBy('created_at').orderBy('id');
  const rows = await ('evaluationId' in of
    ? all.where('evaluation_id', '=', of.evaluationId)
    : all.where('prompt_id', '=', of.promptId)
  ).execute();
  return rows.map(toGate);
}

/** False: the evaluation has none with this id. */
export async function deleteGate(sql: EvaluationsSql, evaluationId: string, id: string): Promise<boolean> {
  const row = await sql
    .deleteFrom('evaluation_gates')
    .where('evaluation_id', '=', evaluationId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export type GateRun = {
  readonly id: string;
  readonly status: string;
  readonly verdict: string | null;
};

/** The newest run of the whole dataset over a version of a prompt. Null: there is none. */
export async function findGateRun(
  sql: EvaluationsSql,
  gate: Pick<Gate, 'evaluationId' | 'promptId'>,
  version: number,
): Promise<GateRun | null> {
  const row = await sql
    .selectFrom('evaluation_runs')
    .select(['id', 'status', 'verdict'])
    .where('evaluation_id', '=', gate.evaluationId)
    .where('prompt_id', '=', gate.promptId)
    .where('prompt_version', '=', version)
    .where('row_limit', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Puts a run over a version into the transaction that saves it. False: the dataset has nothing to run over yet. */
export async function insertGateRun(sql: EvaluationsSql, gate: Gate, version: number): Promise<boolean> {
  const row = await sql
    .selectFrom('evaluations')
    .innerJoin('datasets', 'datasets.id', 'evaluations.dataset_id')
    .select([
      'evaluations.dataset_id',
      'evaluations.dataset_version',
      'datasets.latest_version',
      'evaluations.columns',
      'evaluations.scorecard',
      'evaluations.concurrency',
      'evaluations.cost_cap_nano_usd',
    ])
    .where('evaluations.id', '=', gate.evaluationId)
    .executeTakeFirst();
  if (row === undefined) return false;
  const datasetVersion = row.dataset_version ?? row.latest_version;
  if (datasetVersion === 0) return false;
  await insertRun(sql, {
    id: newId('erun'),
    evaluationId: gate.evaluationId,
    projectId: gate.projectId,
    keyId: gate.keyId,
    name: null,
    trigger: 'gate',
    datasetId: row.dataset_id,
    datasetVersion,
    rowLimit: null,
    // Written by this room alone, from what its schemas read.
    columns: row.columns as unknown as Parameters<typeof insertRun>[1]['columns'],
    scorecard: row.scorecard as unknown as Parameters<typeof insertRun>[1]['scorecard'],
    concurrency: row.concurrency,
    costCapNanoUsd: row.cost_cap_nano_usd,
    promptId: gate.promptId,
    promptVersion: version,
    isPrepared: false,
    createdAt: new Date(),
  });
  return true;
}

function toGate(row: Row<'evaluation_gates'>): Gate {
  return {
    id: row.id,
    projectId: row.project_id,
    evaluationId: row.evaluation_id,
    promptId: row.prompt_id,
    labels: row.labels,
    runsOnNewVersion: row.run_on_new_version,
    minimum: row.minimum,
    judges: row.judges as unknown as readonly JudgeAgreement[],
    keyId: row.api_key_id,
    createdAt: row.created_at,
  };
}
