import { useCallback, useState } from 'react';

const storageKey = 'pictor-prompt';

/** The prompt being written; a reload of the tab keeps it, closing the tab forgets it. */
export function useDraft(): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => sessionStorage.getItem(storageKey) ?? '');
  const write = useCallback((next: string) => {
    setText(next);
    sessionStorage.setItem(storageKey, next);
  }, []);
  return [text, write];
}

/** Forgets the prompt being written. */
export function forgetDraft(): void {
  sessionStorage.removeItem(storageKey);
}
