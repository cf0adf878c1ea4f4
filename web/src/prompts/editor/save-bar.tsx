import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../common/confirm-dialog.tsx';
import { ErrorNotice } from '../../common/error-notice.tsx';
import type { PromptDraft } from './draft-store.ts';
import classes from './save-bar.module.css';

type SaveBarProps = {
  readonly draft: PromptDraft;
  readonly isChanged: boolean;
  /** False: the browser keeps no drafts. */
  readonly isKept: boolean;
  /** Number of the version that saving would make. */
  readonly next: number;
  readonly base: number;
  readonly save: {
    readonly mutate: (input: undefined) => void;
    readonly isPending: boolean;
    readonly error: Error | null;
  };
  readonly onMessage: (message: string) => void;
  readonly onDiscard: () => void;
};

/** Says what changed, and saves it. There only while something is to be saved. */
export function SaveBar({ draft, isChanged, isKept, next, base, save, onMessage, onDiscard }: SaveBarProps) {
  const [asks, setAsks] = useState(false);
  if (!isChanged) return null;
  return (
    <form
      aria-label="Save"
      className={classes.bar}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      {save.error !== null && <ErrorNotice title="Nothing was saved" error={save.error} />}
      <div className={classes.line}>
        <TextInput
          aria-label="What changed"
          placeholder="What changed, in a few words"
          maxLength={1000}
          value={draft.message}
          onChange={(event) => onMessage(event.currentTarget.value)}
          className={classes.message ?? ''}
        />
        <Button variant="subtle" color="gray" onClick={() => setAsks(true)}>
          Discard
        </Button>
        <Button type="submit" loading={save.isPending}>
          Save as version {next}
        </Button>
      </div>
      <p className={classes.note} role="status">
        {isKept
          ? `Unsaved changes to version ${base}. They stay in this browser if you leave.`
          : `Unsaved changes to version ${base}. This browser has no room to keep them: leaving loses them.`}
      </p>
      {asks && (
        <ConfirmDialog
          title="Discard your changes?"
          act="Discard changes"
          onConfirm={async () => onDiscard()}
          onClose={() => setAsks(false)}
        >
          Your unsaved changes to version {base} are gone then. The saved version stays as it is.
        </ConfirmDialog>
      )}
    </form>
  );
}
