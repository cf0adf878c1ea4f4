import type { RequestAnalytics } from '@pictor/sdk';
import { useState } from 'react';
import { formatDuration, formatUsd } from '../common/format-values.ts';
import classes from './day-bars.module.css';

type Sums = NonNullable<RequestAnalytics['groups']['day']>[number];

type DayBarsProps = {
  /** ISO times of the period. */
  readonly from: string;
  readonly to: string;
  /** Days that had requests. */
  readonly rows: readonly Sums[];
};

const dayMs = 24 * 60 * 60_000;

/** Requests by day, with those that failed at the foot of each bar. The day under the pointer, or the last one, is told. */
export function DayBars({ from, to, rows }: DayBarsProps) {
  const days = listDays(from, to);
  const byDay = new Map(rows.map((row) => [row.group, row]));
  const most = Math.max(1, ...rows.map((row) => row.requests));
  const [pointed, setPointed] = useState<string>();
  const told = pointed ?? days.at(-1) ?? '';
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <span>Requests by day</span>
        <span>{tellDay(told, byDay.get(told))}</span>
      </figcaption>
      <svg
        className={classes.chart}
        viewBox={`0 0 ${days.length} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Requests by day: ${rows.length} days with requests, ${most} at most`}
        onPointerLeave={() => setPointed(undefined)}
      >
        {days.map((day, index) => {
          const { requests = 0, errors = 0 } = byDay.get(day) ?? {};
          const height = (requests / most) * 100;
          const failed = (errors / most) * 100;
          return (
            <g key={day} data-told={day === pointed} onPointerEnter={() => setPointed(day)}>
              <rect className={classes.ground} x={index} y={0} width={1} height={100} />
              <rect className={classes.bar} x={index + 0.1} y={100 - height} width={0.8} height={height} />
              <rect className={classes.failed} x={index + 0.1} y={100 - failed} width={0.8} height={failed} />
            </g>
          );
        })}
      </svg>
      <div className={classes.ends} aria-hidden>
        <span>{days[0]}</span>
        <span>{days.at(-1)}</span>
      </div>
    </figure>
  );
}

function tellDay(day: string, sums: Sums | undefined): string {
  if (sums === undefined) return `${day}: none`;
  const p50 = sums.latency_ms.p50;
  return [
    `${day}: ${sums.requests.toLocaleString('en')} requests`,
    ...(sums.errors > 0 ? [`${sums.errors.toLocaleString('en')} failed`] : []),
    formatUsd(sums.cost),
    ...(p50 === null ? [] : [`p50 ${formatDuration(p50)}`]),
  ].join(' · ');
}

function listDays(from: string, to: string): string[] {
  const days: string[] = [];
  const last = new Date(to).getTime();
  for (let at = new Date(from.slice(0, 10)).getTime(); at < last; at += dayMs) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}
