import { Button } from '@mantine/core';
import type { PromptVersionView, PromptView } from '@pictor/sdk';
import { Link } from '@tanstack/react-router';
import { RelativeTime } from '../../common/relative-time.tsx';
import { RecentRuns } from '../editor/run-result.tsx';
import { LabelChip } from '../label-chip.tsx';
import { usePromptRequests } from '../use-prompts.ts';
import { useOnceVisible } from './use-once-visible.ts';
import classes from './version-row.module.css';

type VersionRowProps = {
  readonly prompt: PromptView;
  readonly version: PromptVersionView;
  /** Shows what it changed; absent: it is the first. */
  readonly onCompare: (() => void) | undefined;
  /** Absent: it is the newest. */
  readonly onRestore: (() => void) | undefined;
};

/** One version: who saved it, why, what it made. */
export function VersionRow({ prompt, version, onCompare, onRestore }: VersionRowProps) {
  const { ref, isSeen } = useOnceVisible();
  const labels = prompt.labels.filter((label) => label.version === version.version && label.split === null);
  const splits = prompt.labels.filter(({ split }) =>
    split?.shares.some((share) => share.version === version.version && share.percent > 0),
  );
  const message = version.commit_message ?? '';
  const short = { variant: 'default', size: 'compact-sm' } as const;
  return (
    <article ref={ref} className={classes.row} aria-label={`Version ${version.version}`}>
      <div className={classes.number}>v{version.version}</div>
      <div className={classes.main}>
        <p className={classes.message} data-empty={message === ''}>
          {message === '' ? 'No message' : message}
        </p>
        <p className={classes.facts}>
          {version.created_by_name ?? 'a key that is gone'} · <RelativeTime at={version.created_at} />
          {version.model !== null && ` · ${version.model.name}`}
        </p>
        <div className={classes.labels}>
          {[...labels, ...splits].map((label) => (
            <LabelChip key={label.name} label={label} withVersion={false} />
          ))}
        </div>
      </div>
      <div className={classes.pictures}>
        {isSeen && <VersionPictures promptId={prompt.id} version={version.version} />}
      </div>
      <div className={classes.acts}>
        <Link
          to="/prompts/$promptId"
          params={{ promptId: prompt.id }}
          search={{ version: version.version }}
          className={classes.open}
        >
          Open
        </Link>
        {onCompare !== undefined && (
          <Button {...short} onClick={onCompare} aria-label={`What changed in version ${version.version}`}>
            What changed
          </Button>
        )}
        {onRestore !== undefined && (
          <Button {...short} onClick={onRestore} aria-label={`Restore version ${version.version}`}>
            Restore
          </Button>
        )}
      </div>
    </article>
  );
}

type VersionPicturesProps = { readonly promptId: string; readonly version: number };

const shown = 5;

function VersionPictures({ promptId, version }: VersionPicturesProps) {
  const requests = usePromptRequests(promptId, version, shown);
  const made = requests.data?.filter(({ images }) => images.length > 0) ?? [];
  return made.length === 0 ? null : (
    <RecentRuns requests={made.map((request) => ({ ...request, images: request.images.slice(0, 1) }))} />
  );
}
