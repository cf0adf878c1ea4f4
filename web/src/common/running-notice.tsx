import { ElapsedTime } from './elapsed-time.tsx';
import classes from './running-notice.module.css';

type RunningNoticeProps = {
  readonly model: string;
  /** Unix milliseconds. */
  readonly sinceMs: number;
};

/** A picture in the making: who draws, and for how long so far. How long it will take nobody knows. */
export function RunningNotice({ model, sinceMs }: RunningNoticeProps) {
  return (
    <div className={classes.canvas}>
      <p role="status" className={classes.words}>
        Drawing with {model}
      </p>
      <p className={classes.clock}>
        <ElapsedTime sinceMs={sinceMs} />
      </p>
    </div>
  );
}
