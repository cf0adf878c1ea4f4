import { IconPencil } from '@tabler/icons-react';
import classes from './engine-notice.module.css';

/** The line that says who really draws. */
export function EngineNotice({ text }: { readonly text: string }) {
  return (
    <aside className={classes.notice} aria-label="Engine">
      <IconPencil size={15} stroke={1.7} className={classes.icon} aria-hidden />
      <p>{text}</p>
    </aside>
  );
}
