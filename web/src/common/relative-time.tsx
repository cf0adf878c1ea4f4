import { useEffect, useState } from 'react';
import { formatRelativeTime } from './format-values.ts';

const tickMs = 30_000;

type RelativeTimeProps = {
  /** Unix seconds. */
  readonly at: number;
};

/** How long ago, kept up to date; the exact time on hover. */
export function RelativeTime({ at }: RelativeTimeProps) {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  const date = new Date(at * 1000);
  return (
    <time dateTime={date.toISOString()} title={date.toLocaleString()}>
      {formatRelativeTime(at, nowMs / 1000)}
    </time>
  );
}
