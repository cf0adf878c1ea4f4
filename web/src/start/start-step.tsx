import type { ReactNode } from 'react';
import classes from './start-page.module.css';

type StartStepProps = { readonly title: string; readonly children: ReactNode };

/** One step of the way. */
export function StartStep({ title, children }: StartStepProps) {
  return (
    <li className={classes.step}>
      <h2 className={classes.title}>{title}</h2>
      {children}
    </li>
  );
}
