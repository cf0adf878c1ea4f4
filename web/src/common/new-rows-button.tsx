import { IconArrowUp } from '@tabler/icons-react';
import classes from './new-rows-button.module.css';

type NewRowsButtonProps = {
  readonly count: number;
  readonly noun: string;
  readonly onShow: () => void;
};

/** Tells of rows that came, without moving those that one looks at. */
export function NewRowsButton({ count, noun, onShow }: NewRowsButtonProps) {
  return (
    <div className={classes.place} role="status">
      {count > 0 && (
        <button type="button" className={classes.button} onClick={onShow}>
          <IconArrowUp size={14} stroke={2} aria-hidden />
          {count >= 50 ? '50 or more' : count} new {noun}
          {count === 1 ? '' : 's'}
        </button>
      )}
    </div>
  );
}
