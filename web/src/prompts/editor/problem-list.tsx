import { IconAlertCircle } from '@tabler/icons-react';
import classes from './problem-list.module.css';
import type { Problem } from './use-check.ts';

/** What saving would refuse, in the server's words. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className={classes.problems} aria-label="What cannot be saved">
      {problems.map(({ code, message, param }) => (
        <li key={`${code} ${message}`}>
          <IconAlertCircle size={16} stroke={1.7} aria-hidden />
          <span>
            {message} <code>{param === null ? code : `${code} · ${param}`}</code>
          </span>
        </li>
      ))}
    </ul>
  );
}
