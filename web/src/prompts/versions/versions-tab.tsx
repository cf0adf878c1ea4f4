import { Button, Loader } from '@mantine/core';
import type { PromptVersionView, PromptView } from '@pictor/sdk';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../../common/confirm-dialog.tsx';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { usePictor } from '../../common/pictor-context.ts';
import { useChange, useVersions } from '../use-prompts.ts';
import { type Pair, VersionDiff } from './version-diff.tsx';
import { VersionRow } from './version-row.tsx';
import classes from './versions-tab.module.css';

const shownAtFirst = 30;

/** Every version with what it made; any two side by side; an old one as a new one. */
export function VersionsTab({ prompt }: { readonly prompt: PromptView }) {
  const search = useSearch({ from: '/prompts/$promptId' });
  const navigate = useNavigate({ from: '/prompts/$promptId' });
  const versions = useVersions(prompt.id);
  const [restoring, setRestoring] = useState<PromptVersionView | null>(null);
  const [isWhole, setWhole] = useState(false);
  if (versions.error !== null) {
    return (
      <ErrorNotice
        title="The versions could not be loaded"
        error={versions.error}
        onRetry={() => void versions.refetch()}
      />
    );
  }
  if (versions.data === undefined) return <Loader size="sm" color="gray" aria-label="Loading versions" />;
  const { older: from, newer: to } = search;
  const compare = (pair: Pair | null): void => {
    const chosen = { older: pair?.from, newer: pair?.to };
    void navigate({ search: (now) => ({ ...now, ...chosen }), resetScroll: false });
  };
  const shown = isWhole ? versions.data : versions.data.slice(0, shownAtFirst);
  return (
    <div className={classes.tab}>
      {from !== undefined && to !== undefined && (
        <VersionDiff
          prompt={prompt}
          versions={versions.data}
          from={from}
          to={to}
          onChange={compare}
          onClose={() => compare(null)}
        />
      )}
      <ol className={classes.versions} aria-label="Versions">
        {shown.map((version) => (
          <li key={version.id}>
            <VersionRow
              prompt={prompt}
              version={version}
              onCompare={
                version.version === 1
                  ? undefined
                  : () => compare({ from: version.version - 1, to: version.version })
              }
              onRestore={version.version === prompt.latest_version ? undefined : () => setRestoring(version)}
            />
          </li>
        ))}
      </ol>
      {shown.length < versions.data.length && (
        <Button variant="default" size="xs" onClick={() => setWhole(true)}>
          Show all {versions.data.length} versions
        </Button>
      )}
      {restoring !== null && (
        <RestoreDialog prompt={prompt} version={restoring} onClose={() => setRestoring(null)} />
      )}
    </div>
  );
}

type RestoreDialogProps = {
  readonly prompt: PromptView;
  readonly version: PromptVersionView;
  readonly onClose: () => void;
};

function RestoreDialog({ prompt, version, onClose }: RestoreDialogProps) {
  const pictor = usePictor();
  const next = prompt.latest_version + 1;
  const restore = useChange(() =>
    pictor.prompts.addVersion(prompt.id, {
      template: version.template,
      ...(version.model === null ? {} : { model: version.model }),
      metadata: version.metadata,
      commit_message: `Version ${version.version} again`,
    }),
  );
  return (
    <ConfirmDialog
      title={`Restore version ${version.version}?`}
      act={`Save it as version ${next}`}
      onConfirm={() => restore.mutateAsync(undefined)}
      onClose={onClose}
    >
      Its words, model and parameters are saved again as version {next}. All versions stay, and no label
      moves.
    </ConfirmDialog>
  );
}
