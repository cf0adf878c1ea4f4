import type { Scorecard, ScorecardStep, Verdict } from '@pictor/api';
import { runnerOf } from '../columns/list-runners.ts';
import { toNumber } from '../references/read-values.ts';
import type { Cell } from '../runs/cell.ts';
import type { RunColumn } from '../runs/run.ts';
import type { RowScore, StepScore } from './score.ts';

export type Thresholds = { readonly pass: number; readonly warn: number };

const defaults: Thresholds = { pass: 0.8, warn: 0.6 };

/** A step with its column and everything that it may leave out. */
export type PlannedStep = {
  readonly column: RunColumn;
  readonly title: string;
  readonly weight: number;
  readonly isRequired: boolean;
  readonly thresholds: Thresholds;
  readonly range: ScorecardStep['range'];
};

export type ScorePlan = { readonly steps: readonly PlannedStep[]; readonly thresholds: Thresholds };

/** What counts: the scorecard's steps, else the last column whose value says how good something is. */
export function planScore(columns: readonly RunColumn[], scorecard: Scorecard | null): ScorePlan {
  const thresholds = fill(scorecard?.thresholds, defaults);
  const last = columns.findLast((column) => runnerOf(column.type).isScore);
  const own = scorecard?.steps ?? [];
  const steps = own.length > 0 ? own : last === undefined ? [] : [{ column: last.name }];
  return {
    thresholds,
    steps: steps.flatMap((step: ScorecardStep) => {
      const column = columns.find(({ name }) => name === step.column);
      if (column === undefined) return [];
      return {
        column,
        title: step.title ?? step.column,
        weight: step.weight ?? 1,
        isRequired: step.required ?? false,
        thresholds: fill(step.thresholds, thresholds),
        range: step.range,
      };
    }),
  };
}

function fill(own: Scorecard['thresholds'], others: Thresholds): Thresholds {
  return { pass: own?.pass ?? others.pass, warn: own?.warn ?? others.warn };
}

/** The verdict of a row with the evidence for it. */
export function scoreRow(plan: ScorePlan, cells: ReadonlyMap<string, Cell>): RowScore {
  const steps = plan.steps.map((step) => scoreStep(step, cells.get(step.column.id)));
  const isOpen = plan.steps.some(({ column }) => isUndone(cells.get(column.id)));
  const score = weightedMean(steps);
  if (isOpen) return { score, verdict: null, steps };
  return { score, verdict: judge(steps, score, plan.thresholds), steps };
}

function isUndone(cell: Cell | undefined): boolean {
  return cell === undefined || cell.status === 'queued' || cell.status === 'waiting';
}

function scoreStep(step: PlannedStep, cell: Cell | undefined): StepScore {
  const facts = {
    title: step.title,
    columnId: step.column.id,
    weight: step.weight,
    isRequired: step.isRequired,
  };
  if (cell === undefined || cell.status !== 'done') {
    const verdict = cell?.status === 'failed' ? 'error' : 'skipped';
    return { ...facts, score: null, verdict, evidence: cell?.error ?? null };
  }
  const score = step.range === undefined ? cell.score : toShare(toNumber(cell.value), step.range);
  const verdict = score === null ? 'error' : toVerdict(score, step.thresholds);
  return { ...facts, score, verdict, evidence: { value: cell.value, because: cell.evidence } };
}

function toShare(value: number | null, { best, worst }: NonNullable<PlannedStep['range']>): number | null {
  if (value === null) return null;
  if (best === worst) return value === best ? 1 : 0;
  return Math.min(1, Math.max(0, (value - worst) / (best - worst)));
}

export function toVerdict(score: number, { pass, warn }: Thresholds): Verdict {
  // A mean of tenths may miss its threshold by a hair of floating point.
  if (score >= pass - 1e-9) return 'pass';
  return score >= warn - 1e-9 ? 'warn' : 'fail';
}

export function weightedMean(
  steps: readonly { readonly score: number | null; readonly weight: number }[],
): number | null {
  const known = steps.flatMap(({ score, weight }) => (score === null ? [] : [{ score, weight }]));
  const weights = known.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0) return null;
  return known.reduce((sum, { score, weight }) => sum + score * weight, 0) / weights;
}

/** Nothing passes while a part of it is unknown. */
export function judge(
  steps: readonly Pick<StepScore, 'verdict' | 'isRequired'>[],
  score: number | null,
  thresholds: Thresholds,
): Verdict {
  if (steps.some(({ isRequired, verdict }) => isRequired && verdict === 'fail')) return 'fail';
  if (steps.some(({ verdict }) => verdict === 'error')) return 'error';
  if (score === null || steps.some(({ verdict }) => verdict === 'skipped')) return 'skipped';
  return toVerdict(score, thresholds);
}
