import type { PromptModel, PromptTemplate, PromptVersionView } from '@pictor/sdk';

/** A version that is being written. */
export type PromptDraft = {
  readonly template: PromptTemplate;
  /** Null: a snippet. */
  readonly model: PromptModel | null;
  readonly message: string;
};

const prefix = 'pictor-prompt-draft:';

/** What a version looks like before anything was changed. */
export function draftOf({ template, model }: PromptVersionView): PromptDraft {
  return { template, model, message: '' };
}

/** Does saving the draft make another version than the one that it started from? */
export function isChanged(draft: PromptDraft, { template, model }: PromptVersionView): boolean {
  return JSON.stringify([draft.template, draft.model]) !== JSON.stringify([template, model]);
}

/**
 * The draft that started from a version; it outlives the tab, so that nobody loses words by leaving. Null: there is
 * none, or it cannot be read.
 */
export function loadDraft(promptId: string, base: number): PromptDraft | null {
  try {
    const text = localStorage.getItem(keyOf(promptId, base));
    return text === null ? null : (JSON.parse(text) as PromptDraft);
  } catch {
    return null;
  }
}

/** Null: forgets the draft. False: the browser has no room for it. */
export function storeDraft(promptId: string, base: number, draft: PromptDraft | null): boolean {
  try {
    if (draft === null) localStorage.removeItem(keyOf(promptId, base));
    else localStorage.setItem(keyOf(promptId, base), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** The versions from which drafts of a prompt started, newest first. */
export function listDrafts(promptId: string): readonly number[] {
  const start = `${prefix}${promptId}:`;
  return Object.keys(localStorage)
    .flatMap((key) => (key.startsWith(start) ? [Number(key.slice(start.length))] : []))
    .toSorted((a, b) => b - a);
}

function keyOf(promptId: string, base: number): string {
  return `${prefix}${promptId}:${base}`;
}
