import { useCallback, useState } from 'react';
import type { Parameters } from './parameters/parameters.ts';

const storageKey = 'pictor-playground-draft';

/** A picture that goes in. */
export type Reference = {
  /** Of a file, or of a stored image. */
  readonly id: string;
  /** Where its whole bytes are. */
  readonly url: string;
  readonly thumbnailUrl: string;
  readonly name: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
};

export const roles = ['system', 'developer', 'user', 'assistant'] as const;
export type Role = (typeof roles)[number];

export type DraftMessage = {
  /** Of the message within the draft. */
  readonly id: string;
  readonly role: Role;
  readonly text: string;
};

/** The image generation tool of the Responses API with its own settings. */
export type ImageTool = {
  /** Undefined: the server's default. */
  readonly model: string | undefined;
  readonly parameters: Parameters;
};

/** What is being written. */
export type Draft = {
  /** The prompt; in a chat, the last message, which is the user's. */
  readonly prompt: string;
  /** Of a chat: what was said before. */
  readonly messages: readonly DraftMessage[];
  readonly variables: Readonly<Record<string, string>>;
  readonly references: readonly Reference[];
  /** Where the first reference may change; null: everywhere. */
  readonly mask: { readonly id: string; readonly url: string } | null;
  /** Null: the model has no tool to draw with. */
  readonly tool: ImageTool | null;
  readonly toolChoice: 'auto' | 'required' | 'none';
  /** The version of a saved prompt as it was opened or saved; null: none. */
  readonly opened: OpenedPrompt | null;
};

export type OpenedPrompt = {
  readonly promptId: string;
  readonly name: string;
  readonly version: number;
  /** Its words, where it is nothing else; null: it is a chat, or has pictures. */
  readonly text: string | null;
  /** Names of the parameters that it sets: what a form leaves out would come from there. */
  readonly parameters: readonly string[];
};

export const emptyDraft: Draft = {
  prompt: '',
  messages: [],
  variables: {},
  references: [],
  mask: null,
  tool: { model: undefined, parameters: {} },
  toolChoice: 'auto',
  opened: null,
};

export type ChangeDraft = (change: Partial<Draft> | ((now: Draft) => Partial<Draft>)) => void;

/** What is being written in this tab; a reload and other pages keep it, closing the tab forgets it. */
export function useDraft(): readonly [Draft, ChangeDraft] {
  const [draft, setDraft] = useState(readDraft);
  const changeDraft = useCallback<ChangeDraft>((change) => {
    setDraft((now) => {
      const next = { ...now, ...(typeof change === 'function' ? change(now) : change) };
      keepDraft(next);
      return next;
    });
  }, []);
  return [draft, changeDraft];
}

/** Forgets what was written. */
export function forgetDraft(): void {
  sessionStorage.removeItem(storageKey);
}

/** Drafts are only ever written by this version of the page, or by none: a version that wrote others forgets them. */
function readDraft(): Draft {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
    return typeof kept === 'object' && kept !== null ? { ...emptyDraft, ...kept } : emptyDraft;
  } catch {
    return emptyDraft;
  }
}

function keepDraft(draft: Draft): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(draft));
  } catch {
    // A draft of megabytes is not kept over a reload; it can be written and run all the same.
  }
}
