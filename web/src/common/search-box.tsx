import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';

type SearchBoxProps = {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string | undefined;
  /** Told a moment after the last key. */
  readonly onChange: (words: string | undefined) => void;
};

const pauseMs = 300;

/** Words to search a list for. The key `/` leads here from anywhere on the page. */
export function SearchBox({ label, placeholder, value, onChange }: SearchBoxProps) {
  const ref = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value ?? '');
  const [told, setTold] = useState(value);
  // The address changed by itself: back, a chip, a saved search.
  if (told !== value) {
    setTold(value);
    setText(value ?? '');
  }
  const tell = useDebouncedCallback((words: string) => {
    const wanted = words.trim() === '' ? undefined : words.trim();
    setTold(wanted);
    onChange(wanted);
  }, pauseMs);
  useSlashKey(() => ref.current?.select());
  const write = (words: string): void => {
    setText(words);
    tell(words);
  };
  return (
    <TextInput
      ref={ref}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
      rightSection={
        text === '' ? null : <CloseButton size="sm" aria-label="Clear" onClick={() => write('')} />
      }
      value={text}
      onChange={(event) => write(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') tell.flush();
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}

function useSlashKey(go: () => void): void {
  const latest = useRef(go);
  useEffect(() => {
    latest.current = go;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target instanceof HTMLElement && target.closest('input, textarea, select, [role="dialog"]')) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}
