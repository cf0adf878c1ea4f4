import { useEffect, useState } from 'react';
import { formatDuration } from './format-values.ts';

const tickMs = 100;

type ElapsedTimeProps = {
  /** Unix milliseconds. */
  readonly sinceMs: number;
};

/** A running clock. Not announced to screen readers, which would never fall silent. */
export function ElapsedTime({ sinceMs }: ElapsedTimeProps) {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <span role="timer" aria-live="off">
      {formatDuration(Math.max(0, nowMs - sinceMs))}
    </span>
  );
}
