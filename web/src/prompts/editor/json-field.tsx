import { Textarea } from '@mantine/core';
import { useState } from 'react';

type JsonFieldProps = {
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  /** Undefined: nothing stands there. */
  readonly value: unknown;
  readonly onValue: (value: unknown) => void;
  readonly error?: string | undefined;
};

/** A value as JSON. What cannot be read yet stays in the field, and changes nothing. */
export function JsonField({ label, description, placeholder, value, onValue, error }: JsonFieldProps) {
  const [text, setText] = useState(() => write(value));
  const [seen, setSeen] = useState(() => JSON.stringify(value));
  const [fault, setFault] = useState<string>();
  // Changed elsewhere: what was typed here is old.
  const now = JSON.stringify(value);
  if (now !== seen) {
    setSeen(now);
    setText(write(value));
    setFault(undefined);
  }
  const change = (typed: string): void => {
    setText(typed);
    try {
      const read: unknown = typed.trim() === '' ? undefined : JSON.parse(typed);
      setFault(undefined);
      setSeen(JSON.stringify(read));
      onValue(read);
    } catch (cause) {
      setFault(cause instanceof Error ? cause.message : String(cause));
    }
  };
  return (
    <Textarea
      label={label}
      description={description}
      placeholder={placeholder}
      autosize
      minRows={2}
      maxRows={16}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      error={fault ?? error}
    />
  );
}

function write(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}
