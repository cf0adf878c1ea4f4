import { Button } from '@mantine/core';
import type { PromptLabelView, PromptView } from '@pictor/sdk';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../common/confirm-dialog.tsx';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { usePictor } from '../../common/pictor-context.ts';
import { Section } from '../editor/section.tsx';
import { useChange } from '../use-prompts.ts';
import { LabelBoard } from './label-board.tsx';
import { LabelHistory } from './label-history.tsx';
import classes from './labels-tab.module.css';
import { NewLabelDialog } from './new-label-dialog.tsx';
import { SplitDialog } from './split-dialog.tsx';

/** What is open over the board. */
type Open =
  | { readonly kind: 'new' }
  | { readonly kind: 'split' | 'remove'; readonly label: PromptLabelView }
  | { readonly kind: 'move'; readonly label: PromptLabelView; readonly version: number };

/** Labels over the versions that they mean: moved by hand, by menu, and split. */
export function LabelsTab({ prompt }: { readonly prompt: PromptView }) {
  const pictor = usePictor();
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  const change = useChange(({ label, ...body }: LabelWish) =>
    pictor.prompts.setLabel(prompt.id, label.name, {
      version: label.version,
      ...(label.split === null ? {} : { split: label.split }),
      confirm: true,
      ...body,
    }),
  );
  const remove = useChange((label: PromptLabelView) =>
    pictor.prompts.removeLabel(prompt.id, label.name, { confirm: true }),
  );
  const move = (label: PromptLabelView, version: number): void => {
    if (version === label.version && label.split === null) return;
    // What other people rely on, or what a move would undo, is asked for first.
    if (label.protected || label.split !== null) setOpen({ kind: 'move', label, version });
    else change.mutate({ label, version });
  };
  return (
    <div className={classes.tab}>
      <Section
        title="Labels"
        aside={
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} stroke={1.8} aria-hidden />}
            onClick={() => setOpen({ kind: 'new' })}
          >
            New label
          </Button>
        }
      >
        <p className={classes.words}>
          Programs ask for a label and get its version. Drag a label to another version, or open its menu.
        </p>
        {change.error !== null && <ErrorNotice title="The label did not move" error={change.error} />}
        <LabelBoard
          prompt={prompt}
          onMove={move}
          onSplit={(label) => setOpen({ kind: 'split', label })}
          onProtect={(label) => change.mutate({ label, protected: !label.protected })}
          onRemove={(label) => setOpen({ kind: 'remove', label })}
        />
      </Section>
      <LabelHistory prompt={prompt} />
      {open?.kind === 'new' && <NewLabelDialog prompt={prompt} onClose={close} />}
      {open?.kind === 'split' && <SplitDialog prompt={prompt} label={open.label} onClose={close} />}
      {open?.kind === 'move' && (
        <ConfirmDialog
          title={`Move ${open.label.name.slice(0, 60)} to version ${open.version}?`}
          act={`Move to version ${open.version}`}
          onConfirm={() => change.mutateAsync(toMove(open.label, open.version))}
          onClose={close}
        >
          <MoveWords label={open.label} version={open.version} />
        </ConfirmDialog>
      )}
      {open?.kind === 'remove' && (
        <ConfirmDialog
          title={`Remove ${open.label.name.slice(0, 60)}?`}
          act="Remove label"
          onConfirm={() => remove.mutateAsync(open.label)}
          onClose={close}
        >
          Programs that ask for it get an error from then on. Its version stays.
        </ConfirmDialog>
      )}
    </div>
  );
}

type LabelWish = {
  readonly label: PromptLabelView;
  readonly version?: number;
  readonly protected?: boolean;
};

/** A label that moves means one version again. */
function toMove(label: PromptLabelView, version: number): LabelWish {
  return { label: { ...label, split: null }, version };
}

function MoveWords({ label, version }: { readonly label: PromptLabelView; readonly version: number }) {
  return (
    <>
      {label.protected && (
        <p>
          This label is protected, so that nobody moves it by accident. Everybody whose key has the scope{' '}
          <code>manage</code> may, once they confirm it; the history names who did.
        </p>
      )}
      {label.split !== null && <p>Its split ends: all its traffic goes to version {version}.</p>}
      <p>From the next call on, programs that ask for it get version {version}.</p>
    </>
  );
}
