import { Button } from '@mantine/core';
import type { Budget } from '@pictor/sdk';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatUsd } from '../common/format-values.ts';
import { Loaded } from '../common/loaded.tsx';
import { usePictor } from '../common/pictor-context.ts';
import { ToneBadge } from '../common/tone-badge.tsx';
import { useKeyNames } from '../session/use-key-names.ts';
import { BudgetBar } from './budget-bar.tsx';
import classes from './budget-list.module.css';
import { toBudgetTitle } from './budget-words.ts';
import { type Forecast, forecastBudget, paceDays } from './forecast.ts';
import { toDay } from './spend-period.ts';
import { useBudgets } from './use-budgets.ts';

const dayMs = 86_400_000;

/** The budgets of the project: what is gone of each, and where it leads at the present pace. */
export function BudgetList() {
  const pictor = usePictor();
  const budgets = useBudgets();
  const names = useKeyNames();
  const lastDays = useQuery({
    queryKey: ['spend', 'pace'],
    queryFn: ({ signal }) => {
      const from = toDay(Date.now() - (paceDays - 1) * dayMs);
      return pictor.spend.get({ groupBy: 'key', from }, { signal });
    },
  });
  return (
    <section aria-label="Budgets" className={classes.section}>
      <div className={classes.head}>
        <h2 className={classes.title}>Budgets</h2>
        <Button
          size="xs"
          variant="default"
          renderRoot={(props) => <Link {...props} to="/settings/$section" params={{ section: 'budgets' }} />}
        >
          Set budgets
        </Button>
      </div>
      <Loaded query={budgets} what="The budgets">
        {({ data }) =>
          data.length === 0 ? (
            <p className={classes.none}>
              Nothing stops spending now. A hard budget refuses requests beyond it, a soft one warns.
            </p>
          ) : (
            <>
              <ul className={classes.list}>
                {data.map((budget) => (
                  <li key={budget.id} className={classes.item}>
                    <p className={classes.name}>
                      {toBudgetTitle(budget, names)}{' '}
                      <ToneBadge tone={budget.mode === 'hard' ? 'accent' : 'warn'}>{budget.mode}</ToneBadge>
                    </p>
                    <BudgetBar budget={budget} />
                    {lastDays.data !== undefined && (
                      <p className={classes.forecast}>
                        {toWords(budget, forecastBudget(budget, lastDays.data, new Date()))}
                      </p>
                    )}
                  </li>
                ))}
              </ul>
              <p className={classes.none}>
                Forecasts carry on what the last {paceDays} days cost on average, today included. Unknown
                costs are not in them.
              </p>
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function toWords(budget: Budget, { pace, atEnd, reachedAt }: Forecast): string {
  if (budget.remaining <= 0) {
    const after =
      budget.mode === 'hard' ? 'Requests that cost are refused' : 'Requests are answered with a warning';
    return `Used up. ${after}${budget.resets_at === null ? '' : ` until ${toDate(budget.resets_at * 1000)}`}.`;
  }
  if (pace === 0) return 'Nothing was spent in the last days, so there is nothing to forecast.';
  const sum =
    atEnd === null ? '' : ` it comes to ${formatUsd(atEnd)} by ${toDate((budget.resets_at ?? 0) * 1000)}`;
  const day =
    reachedAt === null
      ? ''
      : `${sum === '' ? '' : ','} and the limit is reached around ${toDate(reachedAt.getTime())}`;
  return `At ${formatUsd(pace)} a day${sum}${sum === '' ? day.replace(' and', '') : day}.`;
}

function toDate(ms: number): string {
  return new Date(ms).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
