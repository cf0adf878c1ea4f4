import type { Verdict } from '@pictor/api';
import type { RowScore, RunSummary, StepScore } from './score.ts';
import { judge, type PlannedStep, type ScorePlan, toVerdict, weightedMean } from './score-row.ts';

/** All rows together, step by step. The verdict is null while a row has none. */
export function scoreRun(plan: ScorePlan, rows: readonly RowScore[]): RunSummary {
  const steps = plan.steps.map((step, index) => scoreStep(step, index, rows));
  const score = weightedMean(steps);
  const verdicts = countVerdicts(rows);
  const isOpen = rows.length === 0 || plan.steps.length === 0 || rows.some(({ verdict }) => verdict === null);
  const isUnknown = verdicts.error + verdicts.skipped > 0;
  const verdict = isUnknown ? 'error' : judge(steps, score, plan.thresholds);
  return { score, verdict: isOpen ? null : verdict, steps, verdicts };
}

function scoreStep(step: PlannedStep, index: number, rows: readonly RowScore[]): StepScore {
  const scores = rows.flatMap((row) => row.steps[index]?.score ?? []);
  const score = scores.length === 0 ? null : scores.reduce((sum, each) => sum + each, 0) / scores.length;
  return {
    title: step.title,
    columnId: step.column.id,
    weight: step.weight,
    isRequired: step.isRequired,
    score,
    verdict: score === null ? 'skipped' : toVerdict(score, step.thresholds),
    evidence: { rows: scores.length, of: rows.length },
  };
}

function countVerdicts(rows: readonly RowScore[]): Record<Verdict, number> {
  const counts = { pass: 0, warn: 0, fail: 0, error: 0, skipped: 0 };
  for (const { verdict } of rows) {
    if (verdict !== null) counts[verdict] += 1;
  }
  return counts;
}
