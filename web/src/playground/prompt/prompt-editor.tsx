import { Textarea } from '@mantine/core';
import { type KeyboardEvent, lazy, type Ref, Suspense } from 'react';
import type { ChangeDraft, Draft } from '../draft.ts';
import classes from './prompt-editor.module.css';
import { VariableFields } from './variable-fields.tsx';

const MessageList = lazy(async () => ({ default: (await import('./message-list.tsx')).MessageList }));

type PromptEditorProps = {
  readonly draft: Draft;
  readonly onChange: ChangeDraft;
  /** True: there are messages before the prompt. */
  readonly isChat: boolean;
  readonly promptRef: Ref<HTMLTextAreaElement>;
  /** Ctrl or ⌘ with Enter. */
  readonly onRun: () => void;
  readonly hintId: string;
  readonly maxChars: number | undefined;
};

/** What the model is told: one text, or a chat that ends with it, and the values of its variables. */
export function PromptEditor(props: PromptEditorProps) {
  const { draft, onChange, isChat, onRun, maxChars } = props;
  const runByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onRun();
  };
  const length = [...draft.prompt].length;
  const isLong = maxChars !== undefined && length > maxChars;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the fields within.
    <div className={classes.editor} onKeyDown={runByKey}>
      <Suspense>
        {isChat && <MessageList messages={draft.messages} onChange={(messages) => onChange({ messages })} />}
      </Suspense>
      <Textarea
        ref={props.promptRef}
        label={isChat ? 'User message' : 'Prompt'}
        placeholder="A lighthouse at dusk, a storm coming in from the sea…"
        autosize
        minRows={4}
        maxRows={16}
        autoFocus
        value={draft.prompt}
        onChange={(event) => onChange({ prompt: event.currentTarget.value })}
        error={
          isLong &&
          `${length.toLocaleString('en')} characters; the model takes ${maxChars.toLocaleString('en')} at most.`
        }
        aria-describedby={props.hintId}
        classNames={{ input: classes.prompt ?? '' }}
      />
      <VariableFields
        texts={[draft.prompt, ...(isChat ? draft.messages.map(({ text }) => text) : [])]}
        values={draft.variables}
        onChange={(variables) => onChange({ variables })}
      />
    </div>
  );
}
