import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleMinus,
  IconCircleX,
  IconExclamationCircle,
} from '@tabler/icons-react';
import classes from './verdict-mark.module.css';

const marks = {
  pass: { name: 'Pass', icon: IconCircleCheck },
  warn: { name: 'Warning', icon: IconAlertTriangle },
  fail: { name: 'Fail', icon: IconCircleX },
  error: { name: 'Error', icon: IconExclamationCircle },
  skipped: { name: 'Skipped', icon: IconCircleMinus },
} as const;

type VerdictMarkProps = {
  /** Null: not known yet. */
  readonly verdict: keyof typeof marks | null;
  /** 0 to 1. */
  readonly score?: number | null;
};

/** A verdict in its colour, with its word and its score. */
export function VerdictMark({ verdict, score }: VerdictMarkProps) {
  if (verdict === null) return <span className={classes.none}>–</span>;
  const { name, icon: Icon } = marks[verdict];
  return (
    <span className={classes.mark} data-verdict={verdict}>
      <Icon size={16} stroke={1.8} aria-hidden />
      {name}
      {score !== undefined && score !== null && <span className={classes.score}>{formatScore(score)}</span>}
    </span>
  );
}

/** `0.8333` → `83 %`. */
export function formatScore(score: number): string {
  return `${(score * 100).toFixed(score === 0 || score === 1 ? 0 : 1)} %`;
}
