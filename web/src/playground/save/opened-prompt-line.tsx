import { CloseButton } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ChangeDraft, OpenedPrompt } from '../draft.ts';
import { useChangeSearch } from '../setup/use-setup.ts';
import classes from './opened-prompt-line.module.css';

type OpenedPromptLineProps = {
  readonly opened: OpenedPrompt;
  readonly changeDraft: ChangeDraft;
};

/** Which version of which saved prompt the draft began from. */
export function OpenedPromptLine({ opened, changeDraft }: OpenedPromptLineProps) {
  const changeSearch = useChangeSearch();
  return (
    <div className={classes.line}>
      <IconFileText size={15} stroke={1.6} aria-hidden />
      <Link to="/prompts/$promptId" params={{ promptId: opened.promptId }} className={classes.name}>
        {opened.name}
      </Link>
      <span className={classes.version}>version {opened.version}</span>
      <CloseButton
        size="xs"
        aria-label="Go on without the saved prompt"
        onClick={() => {
          changeDraft({ opened: null });
          changeSearch(() => ({ prompt_id: undefined, version: undefined }));
        }}
      />
    </div>
  );
}
