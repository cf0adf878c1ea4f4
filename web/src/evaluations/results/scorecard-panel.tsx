import type { EvaluationRun, JudgeAgreementList } from '@pictor/sdk';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { PlainTable } from '../../common/plain-table.tsx';
import { useAgreement } from '../use-evaluations.ts';
import { formatScore, VerdictMark } from '../verdict-mark.tsx';
import classes from './scorecard-panel.module.css';

/** What a run says step by step, and how far its judges agree with people. */
export function ScorecardPanel({ run }: { readonly run: EvaluationRun }) {
  const agreement = useAgreement(run.id);
  return (
    <div className={classes.panel}>
      <p className={classes.overall}>
        <VerdictMark verdict={run.verdict} score={run.score} />
        {Object.entries(run.verdicts).map(([verdict, count]) =>
          count === 0 ? null : (
            <span key={verdict}>
              {count} {verdict}
            </span>
          ),
        )}
      </p>
      <PlainTable label="Steps" heads={['Step', 'Score', 'Weight', 'Required']}>
        {run.steps.map((step) => (
          <tr key={`${step.column} ${step.title}`}>
            <td>{step.title}</td>
            <td>
              <VerdictMark verdict={step.verdict} score={step.score} />
            </td>
            <td>{step.weight}</td>
            <td>{step.required ? 'Yes' : 'No'}</td>
          </tr>
        ))}
      </PlainTable>
      <h2 className={classes.title}>Judges and people</h2>
      {agreement.error !== null && <ErrorNotice title="It could not be compared" error={agreement.error} />}
      {agreement.data !== undefined && <Agreement of={agreement.data} />}
    </div>
  );
}

function Agreement({ of }: { readonly of: JudgeAgreementList }) {
  if (of.data.length === 0)
    return (
      <p className={classes.note}>
        Add a column that a model judges and one that people answer about the same pictures. Their agreement,
        as Cohen’s kappa, stands here then; a gate asks for it before a judge may decide.
      </p>
    );
  return (
    <PlainTable label="Agreement" heads={['Judge', 'People', 'Rows', 'Agree', 'Kappa (95 %)']}>
      {of.data.map((each) => (
        <tr key={`${each.judge} ${each.human}`}>
          <td>{each.judge}</td>
          <td>{each.human}</td>
          <td>{each.rows}</td>
          <td>{each.agreement === null ? '–' : formatScore(each.agreement)}</td>
          <td>{formatKappa(each.kappa, each.interval)}</td>
        </tr>
      ))}
    </PlainTable>
  );
}

function formatKappa(kappa: number | null, interval: readonly [number, number] | null): string {
  if (kappa === null) return '–';
  const text = kappa.toFixed(2);
  return interval === null ? text : `${text} (${interval[0].toFixed(2)} to ${interval[1].toFixed(2)})`;
}
