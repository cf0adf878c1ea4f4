import { Button } from '@mantine/core';
import { useState } from 'react';
import { ElapsedTime } from '../../common/elapsed-time.tsx';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { usePictor } from '../../common/pictor-context.ts';
import type { Run } from '../run/runs.ts';
import { cancelRun } from '../run/start-run.ts';
import classes from './live-run.module.css';

/** A run while it goes on: what it does now, for how long, and what can be seen of it. How long it takes nobody knows. */
export function LiveRun({ run }: { readonly run: Run }) {
  const pictor = usePictor();
  const [failure, setFailure] = useState<Error | null>(null);
  const previews = run.previews.filter((url) => url !== undefined);
  const cancel = (): void => {
    setFailure(null);
    cancelRun(pictor, run.key).catch((error: unknown) =>
      setFailure(error instanceof Error ? error : new Error(String(error))),
    );
  };
  return (
    <div className={classes.live}>
      <div className={classes.canvas} data-count={Math.max(previews.length, 1)}>
        {previews.map((url, index) => (
          <img key={url} src={url} alt={`Preview ${index + 1}`} />
        ))}
        {previews.length === 0 && <div className={classes.empty} aria-hidden />}
      </div>
      {run.text !== '' && <p className={classes.text}>{run.text}</p>}
      <div className={classes.line}>
        <div>
          <p role="status" className={classes.words}>
            {tellStage(run)}
          </p>
          <p className={classes.clock}>
            <ElapsedTime sinceMs={run.startedAt} />
            {run.previewCount > 0 &&
              ` · ${run.previewCount} ${run.previewCount === 1 ? 'preview' : 'previews'}`}
          </p>
        </div>
        <Button variant="default" loading={run.isCancelling} onClick={cancel}>
          Cancel
        </Button>
      </div>
      {failure !== null && <ErrorNotice title="It could not be cancelled" error={failure} />}
    </div>
  );
}

function tellStage({ api, arrived, isCancelling, model, stage, text, wanted }: Run): string {
  if (isCancelling) return 'Cancelling';
  if (stage === 'sending') return 'Sending to Pictor';
  if (api === 'responses') {
    if (arrived > 0)
      return `${model} has made ${arrived} ${arrived === 1 ? 'picture' : 'pictures'} and goes on`;
    return text === '' ? `${model} is at work` : `${model} is writing`;
  }
  return arrived === 0 || wanted === 1
    ? `Drawing with ${model}`
    : `${arrived} of ${wanted} pictures are there`;
}
