import type { DatasetField } from '@pictor/api';
import { toPictureFields, toPictureView } from '../datasets/index.ts';
import { toUsd } from '../foundation/index.ts';
import type { Evaluation } from './definitions/evaluation.ts';
import { hideHeaders } from './definitions/hide-headers.ts';
import type { ColumnEstimate } from './estimates/estimate-run.ts';
import { listPictureIds, shorten } from './light-value.ts';
import type { Cell } from './runs/cell.ts';
import type { CellCounts } from './runs/cell-queries.ts';
import type { Activity } from './runs/open-activity.ts';
import type { RunRow } from './runs/row-queries.ts';
import type { Run } from './runs/run.ts';
import type { RunSummary, StepScore } from './scores/score.ts';

export function toEvaluationView(evaluation: Evaluation, lastRun: Run | null) {
  return {
    id: evaluation.id,
    object: 'evaluation',
    number: evaluation.number,
    name: evaluation.name,
    description: evaluation.description,
    dataset: evaluation.datasetId,
    dataset_version: evaluation.datasetVersion,
    columns: hideHeaders(evaluation.columns),
    scorecard: evaluation.scorecard,
    concurrency: evaluation.concurrency,
    cost_cap: toUsd(evaluation.costCapNanoUsd),
    last_run:
      lastRun === null
        ? null
        : {
            id: lastRun.id,
            status: lastRun.status,
            score: lastRun.summary?.score ?? null,
            verdict: lastRun.summary?.verdict ?? null,
            created_at: toSeconds(lastRun.createdAt),
          },
    created_at: toSeconds(evaluation.createdAt),
    updated_at: toSeconds(evaluation.updatedAt),
  };
}

export type RunState = {
  readonly counts: CellCounts;
  readonly summary: RunSummary;
  readonly activity: Activity | null;
  readonly stale: { readonly columns: readonly string[]; readonly dataset: boolean };
};

export function toRunView(run: Run, { activity, counts, stale, summary }: RunState) {
  return {
    id: run.id,
    object: 'evaluation.run',
    number: run.number,
    evaluation: run.evaluationId,
    name: run.name,
    status: run.status,
    reason: run.reason,
    trigger: run.trigger,
    dataset: run.datasetId,
    dataset_version: run.datasetVersion,
    prompt: run.promptId === null ? null : { id: run.promptId, version: run.promptVersion },
    columns: hideHeaders(run.columns),
    scorecard: run.scorecard,
    concurrency: run.concurrency,
    cost_cap: toUsd(run.costCapNanoUsd),
    progress: toProgress(run, counts, activity),
    cost: counts.costNanoUsd / 1e9,
    cost_nano_usd: counts.costNanoUsd,
    unknown_cost_cells: counts.unknownCosts,
    score: summary.score,
    verdict: summary.verdict,
    steps: summary.steps.map(toStepView),
    verdicts: summary.verdicts,
    stale,
    created_at: toSeconds(run.createdAt),
    started_at: run.startedAt === null ? null : toSeconds(run.startedAt),
    finished_at: run.finishedAt === null ? null : toSeconds(run.finishedAt),
  };
}

/** What a cancelled run did not begin is skipped, without a word for each cell. */
function toProgress(run: Run, { byStatus }: CellCounts, activity: Activity | null) {
  const cells = run.rowCount * run.columns.length;
  const { done, failed, skipped, waiting } = byStatus;
  const open = Math.max(0, cells - done - failed - skipped - waiting);
  const isOver = run.status === 'cancelled' || run.status === 'failed';
  const running = Math.min(open, activity?.count() ?? 0);
  return {
    rows: run.rowCount,
    cells,
    queued: isOver ? 0 : open - running,
    running,
    done,
    failed,
    skipped: isOver ? skipped + open - running : skipped,
    waiting,
    seconds_left: run.status === 'running' && open > 0 ? (activity?.secondsFor(open) ?? null) : null,
  };
}

export type RowFacts = {
  readonly fields: readonly DatasetField[];
  readonly cells: ReadonlyMap<string, Cell>;
  readonly stale: readonly string[];
  readonly activity: Activity | null;
  /** True: long texts are cut. */
  readonly isLight: boolean;
};

export function toRowView(run: Run, row: RunRow, facts: RowFacts) {
  const names = new Set(facts.fields.map(({ name }) => name));
  const values = Object.fromEntries(Object.entries(row.values).filter(([name]) => names.has(name)));
  return {
    id: row.id,
    object: 'evaluation.row',
    position: row.position,
    values: facts.isLight ? shorten(values).value : values,
    images: toPictureFields(facts.fields, values),
    score: row.score.score,
    verdict: row.score.verdict,
    steps: row.score.steps.map((step) => toStepView(facts.isLight ? { ...step, evidence: null } : step)),
    cells: run.columns.map((column) => toCellView(run, row.id, column.id, facts)),
  };
}

function toCellView(run: Run, rowId: string, columnId: string, facts: RowFacts) {
  const cell = facts.cells.get(columnId);
  const isRunning = facts.activity?.isRunning(rowId, columnId) ?? false;
  const isOver = run.status === 'cancelled' || run.status === 'failed';
  const stored = cell?.status ?? 'queued';
  const light = facts.isLight ? shorten(cell?.value ?? null) : { value: cell?.value ?? null, isCut: false };
  return {
    column: columnId,
    status: isRunning ? 'running' : stored === 'queued' && isOver ? 'skipped' : stored,
    value: light.value,
    ...(light.isCut ? { truncated: true } : {}),
    passed: cell?.passed ?? null,
    score: cell?.score ?? null,
    evidence: facts.isLight ? shorten(cell?.evidence ?? null).value : (cell?.evidence ?? null),
    images: (cell === undefined ? [] : listPictureIds(cell)).map(toPictureView),
    error: cell?.error ?? null,
    cost: toUsd(cell === undefined ? 0 : cell.costNanoUsd),
    cost_nano_usd: cell === undefined ? 0 : cell.costNanoUsd,
    request: cell?.requestId ?? null,
    duration_ms: cell?.durationMs ?? null,
    attempt: cell?.attempt ?? 1,
    stale: facts.stale.includes(columnId),
  };
}

function toStepView(step: StepScore) {
  return {
    title: step.title,
    column: step.columnId,
    weight: step.weight,
    required: step.isRequired,
    score: step.score,
    verdict: step.verdict,
    evidence: step.evidence,
  };
}

export function toEstimateView(rows: number, columns: readonly ColumnEstimate[]) {
  const unknown = columns.filter(({ bounds }) => bounds === null);
  const sum = (bound: 'low' | 'high'): number =>
    columns.reduce((total, { bounds }) => total + (bounds?.[bound] ?? 0), 0);
  const high = unknown.length === 0 ? sum('high') : null;
  return {
    object: 'evaluation.estimate',
    rows,
    cells: rows * columns.length,
    low: toUsd(sum('low')),
    high: toUsd(high),
    low_nano_usd: sum('low'),
    high_nano_usd: high,
    unknown_cells: unknown.reduce((total, { paidCells }) => total + paidCells, 0),
    columns: columns.map(({ bounds, column, note, paidCells }) => ({
      column: column.id,
      name: column.name,
      paid_cells: paidCells,
      low: toUsd(bounds?.low ?? null),
      high: toUsd(bounds?.high ?? null),
      note,
    })),
  };
}

function toSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
