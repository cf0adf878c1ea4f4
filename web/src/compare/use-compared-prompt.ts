import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { type CompareSearch, longestPromptOfAddress } from './compare-search.ts';

const storageKey = 'pictor-compare-prompt';
const pauseMs = 300;

/** The prompt being written: in the address while it fits there, else in this browser. */
export function useComparedPrompt(
  ofAddress: string | undefined,
  change: (search: Partial<CompareSearch>) => void,
): readonly [string, (prompt: string) => void] {
  const [prompt, setPrompt] = useState(() => ofAddress ?? localStorage.getItem(storageKey) ?? '');
  const tell = useDebouncedCallback((text: string) => {
    change({ prompt: text !== '' && text.length <= longestPromptOfAddress ? text : undefined });
  }, pauseMs);
  useEffect(() => {
    localStorage.setItem(storageKey, prompt);
  }, [prompt]);
  const write = (text: string): void => {
    setPrompt(text);
    tell(text);
  };
  return [prompt, write];
}
