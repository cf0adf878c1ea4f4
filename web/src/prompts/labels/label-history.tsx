import { Button } from '@mantine/core';
import type { PromptLabelMove, PromptView } from '@pictor/sdk';
import { useState } from 'react';
import { RelativeTime } from '../../common/relative-time.tsx';
import { Section } from '../editor/section.tsx';
import { useLabelHistory } from '../use-prompts.ts';
import classes from './labels-tab.module.css';

const shownAtFirst = 20;

/** Every move of every label, newest first, with who did it. */
export function LabelHistory({ prompt }: { readonly prompt: PromptView }) {
  const history = useLabelHistory(prompt.id);
  const [isWhole, setWhole] = useState(false);
  const moves = history.data ?? [];
  if (moves.length === 0) return null;
  const shown = isWhole ? moves : moves.slice(0, shownAtFirst);
  return (
    <Section title="History">
      <ol className={classes.history} aria-label="Moves of labels">
        {shown.map((move, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a move has no identity but its place
            key={index}
          >
            <span className={classes.move}>{describe(move)}</span>
            <span className={classes.by}>
              {move.moved_by_name ?? 'a key that is gone'} · <RelativeTime at={move.created_at} />
            </span>
          </li>
        ))}
      </ol>
      {shown.length < moves.length && (
        <Button variant="default" size="xs" onClick={() => setWhole(true)}>
          Show all {moves.length}
        </Button>
      )}
    </Section>
  );
}

function describe({ label, from_version: from, to_version: to }: PromptLabelMove): string {
  if (from === null) return `${label} was set on version ${to}`;
  if (to === null) return `${label} was removed from version ${from}`;
  return `${label} moved from version ${from} to version ${to}`;
}
