import type { Budget } from '@pictor/sdk';
import { formatUsd } from '../common/format-values.ts';
import classes from './budget-bar.module.css';

/** How much of a budget is gone: spent, and held for requests that run. */
export function BudgetBar({ budget }: { readonly budget: Budget }) {
  const { limit, spent, held } = budget;
  const whole = Math.max(limit, spent + held, Number.EPSILON);
  const share = (usd: number): string => `${(100 * usd) / whole}%`;
  const heldWords = held > 0 ? `, ${formatUsd(held)} held for requests that run` : '';
  const words = `${formatUsd(spent)} of ${formatUsd(limit)} spent${heldWords}`;
  return (
    <div className={classes.budget}>
      <div className={classes.bar} aria-hidden>
        <span className={spent >= limit ? classes.over : classes.spent} style={{ width: share(spent) }} />
        <span className={classes.held} style={{ width: share(held) }} />
      </div>
      <span>{words}</span>
    </div>
  );
}
