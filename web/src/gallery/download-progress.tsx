import { Button, Progress } from '@mantine/core';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatBytes } from '../common/format-values.ts';
import classes from './download-progress.module.css';
import type { Download } from './use-download.ts';

/** How far a download is, and how it failed. */
export function DownloadProgress({ download }: { readonly download: Download }) {
  const { state, cancel } = download;
  if (state === null) return null;
  if (state.kind === 'failed') return <ErrorNotice title="The download failed" error={state.error} />;
  const { done, total } = state;
  return (
    <div className={classes.progress}>
      <Progress.Root className={classes.line ?? ''}>
        <Progress.Section
          value={total === 0 ? 0 : Math.min(100, (done / total) * 100)}
          aria-label="Downloaded"
        />
      </Progress.Root>
      <span className={classes.words}>
        {formatBytes(done)} of {formatBytes(Math.max(done, total))}
      </span>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={cancel}>
        Cancel
      </Button>
    </div>
  );
}
