import type { AdjustmentReport } from '@pictor/sdk';
import { formatParameterValue } from '../common/format-values.ts';
import classes from './adjustment-notes.module.css';

type AdjustmentNotesProps = {
  readonly adjustments: readonly AdjustmentReport[];
  readonly warnings: readonly string[];
};

/** What was done differently from what was asked, and what the caller should know. */
export function AdjustmentNotes({ adjustments, warnings }: AdjustmentNotesProps) {
  if (adjustments.length === 0 && warnings.length === 0) return null;
  return (
    <section className={classes.notes} aria-label="Adjustments and warnings">
      <ul>
        {adjustments.map((adjustment) => (
          <li key={`${adjustment.parameter} ${adjustment.action}`}>
            <strong>{adjustment.parameter}</strong> {describe(adjustment)} <span>{adjustment.reason}</span>
          </li>
        ))}
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </section>
  );
}

function describe({ action, requested, applied }: AdjustmentReport): string {
  switch (action) {
    case 'approximated':
      return `${formatParameterValue(requested)} became ${formatParameterValue(applied)}.`;
    case 'dropped':
      return `${formatParameterValue(requested)} was left out.`;
    case 'passed-through':
      return `${formatParameterValue(requested)} was passed on unchecked.`;
  }
}
