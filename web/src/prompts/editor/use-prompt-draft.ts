import type { PromptVersionView } from '@pictor/sdk';
import { useState } from 'react';
import { draftOf, isChanged, loadDraft, type PromptDraft, storeDraft } from './draft-store.ts';

/** What the editor shows of a version: the draft that started from it, or itself. */
export function usePromptDraft(version: PromptVersionView) {
  const { prompt, version: base } = version;
  const [draft, setDraft] = useState(() => loadDraft(prompt, base) ?? draftOf(version));
  const [isKept, setKept] = useState(true);
  const change = (changed: Partial<PromptDraft>): void => {
    const next = { ...draft, ...changed };
    setDraft(next);
    const isWorthKeeping = isChanged(next, version) || next.message !== '';
    setKept(storeDraft(prompt, base, isWorthKeeping ? next : null));
  };
  return {
    draft,
    isChanged: isChanged(draft, version),
    /** False: the browser keeps no drafts, and leaving loses it. */
    isKept,
    change,
    discard: () => {
      setDraft(draftOf(version));
      storeDraft(prompt, base, null);
    },
  };
}
