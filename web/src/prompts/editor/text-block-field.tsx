import { Textarea } from '@mantine/core';
import { useRef } from 'react';
import { SnippetMenu } from './snippet-menu.tsx';
import classes from './text-block-field.module.css';

type TextBlockFieldProps = {
  readonly text: string;
  readonly name: string;
  readonly onText: (text: string) => void;
};

/** Words of a template, with a list of snippets to put in where the cursor is. */
export function TextBlockField({ text, name, onText }: TextBlockFieldProps) {
  const ref = useRef<HTMLTextAreaElement>(null);
  const insert = (words: string): void => {
    const field = ref.current;
    const [start, end] = [field?.selectionStart ?? text.length, field?.selectionEnd ?? text.length];
    onText(text.slice(0, start) + words + text.slice(end));
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(start + words.length, start + words.length);
    });
  };
  return (
    <div className={classes.field}>
      <Textarea
        ref={ref}
        aria-label={`${name}, text`}
        autosize
        minRows={3}
        maxRows={28}
        spellCheck
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        classNames={{ input: classes.input ?? '' }}
      />
      <SnippetMenu name={name} onChoose={insert} />
    </div>
  );
}
