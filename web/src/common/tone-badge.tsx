import type { ReactNode } from 'react';
import classes from './tone-badge.module.css';

type ToneBadgeProps = {
  readonly tone: 'plain' | 'accent' | 'good' | 'warn' | 'bad';
  readonly children: ReactNode;
};

/** A word or two that say how a thing is. The colour repeats what the words say. */
export function ToneBadge({ tone, children }: ToneBadgeProps) {
  return <span className={`${classes.badge} ${classes[tone]}`}>{children}</span>;
}
