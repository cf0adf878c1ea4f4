import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

type EmptyStateProps = {
  readonly title: string;
  /** What would be here, and how it gets here. */
  readonly children: ReactNode;
  /** The next step, as buttons or links. */
  readonly actions?: ReactNode;
};

/** What a page or a list shows while it has nothing: the next step, not an apology. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <h2 className={classes.title}>{title}</h2>
      <div className={classes.text}>{children}</div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
