import { Button } from '@mantine/core';
import type { RequestAnalytics } from '@pictor/sdk';
import { useState } from 'react';
import { formatDuration, formatUsd } from '../common/format-values.ts';
import classes from './group-bars.module.css';

type GroupBarsProps = {
  readonly title: string;
  /** What requests without a value are called. Absent: all have one. */
  readonly none?: string;
  readonly rows: NonNullable<RequestAnalytics['groups']['model']>;
  readonly onNarrow: (value: string) => void;
};

const shownAtFirst = 6;

/** Groups of requests by how many they are; a click narrows the list to one of them. */
export function GroupBars({ title, none, rows, onNarrow }: GroupBarsProps) {
  const [isAll, setAll] = useState(false);
  const named = rows.filter((row) => row.group !== null || none !== undefined);
  const shown = isAll ? named : named.slice(0, shownAtFirst);
  const most = Math.max(1, ...named.map((row) => row.requests));
  return (
    <section className={classes.group}>
      <h3>{title}</h3>
      {named.length === 0 && <p className={classes.none}>None in this period.</p>}
      <ol>
        {shown.map((row) => {
          const { group } = row;
          const p50 = row.latency_ms.p50;
          const facts = [formatUsd(row.cost), ...(p50 === null ? [] : [`p50 ${formatDuration(p50)}`])];
          return (
            <li key={group ?? ''}>
              {group === null ? (
                <span className={classes.name} data-none>
                  {none}
                </span>
              ) : (
                <button
                  type="button"
                  className={classes.name}
                  title={`Only ${group}`}
                  onClick={() => onNarrow(group)}
                >
                  {group}
                </button>
              )}
              <span className={classes.facts}>
                {row.requests.toLocaleString('en')} · {facts.join(' · ')}
              </span>
              <span className={classes.bar} style={{ width: `${(row.requests / most) * 100}%` }} />
            </li>
          );
        })}
      </ol>
      {named.length > shownAtFirst && (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setAll(!isAll)}>
          {isAll ? 'Show fewer' : `Show all ${named.length}`}
        </Button>
      )}
    </section>
  );
}
