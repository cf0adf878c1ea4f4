import { useCallback, useState } from 'react';

/** A picture beside the words: an uploaded file, or a stored image. */
export type DraftPicture = {
  /** `file-…` or `img_…`. */
  readonly id: string;
  readonly name: string;
};

export type EditedPicture = {
  /** The call that made it, `ig_…`. */
  readonly itemId: string;
  readonly imageId: string;
  readonly width: number;
  readonly height: number;
  /** The uploaded file that says where it may change; null: everywhere. */
  readonly maskId: string | null;
};

/** The next turn as it is being written. */
export type TurnDraft = {
  readonly text: string;
  readonly pictures: readonly DraftPicture[];
  /** The picture of the conversation that the turn changes; null: none in particular. */
  readonly edits: EditedPicture | null;
};

/** Beside the words of one turn. */
export const mostPictures = 16;

/** The draft with more pictures, each once. */
export function withPictures(draft: TurnDraft, added: readonly DraftPicture[]): TurnDraft {
  const fresh = added.filter(({ id }) => !draft.pictures.some((known) => known.id === id));
  const pictures = [...draft.pictures, ...fresh.map(({ id, name }) => ({ id, name }))];
  return { ...draft, pictures: pictures.slice(0, mostPictures) };
}

const emptyDraft: TurnDraft = { text: '', pictures: [], edits: null };

const storageKey = (id: string): string => `pictor-turn-${id}`;

/** The draft of one conversation. It stays in this browser until it is sent. */
export function useTurnDraft(id: string) {
  const [held, setHeld] = useState(() => ({ id, draft: readDraft(id) }));
  const draft = held.id === id ? held.draft : readDraft(id);
  const change = useCallback(
    (edit: (now: TurnDraft) => TurnDraft) =>
      setHeld((now) => {
        const next = edit(now.id === id ? now.draft : readDraft(id));
        writeDraft(id, next);
        return { id, draft: next };
      }),
    [id],
  );
  const clear = useCallback(() => change(() => emptyDraft), [change]);
  return { draft, change, clear };
}

function writeDraft(id: string, draft: TurnDraft): void {
  try {
    if (draft === emptyDraft) localStorage.removeItem(storageKey(id));
    else localStorage.setItem(storageKey(id), JSON.stringify(draft));
  } catch {
    // A full or forbidden store: the draft lives as long as the page.
  }
}

function readDraft(id: string): TurnDraft {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey(id)) ?? 'null');
    return isDraft(kept) ? kept : emptyDraft;
  } catch {
    return emptyDraft;
  }
}

function isDraft(value: unknown): value is TurnDraft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'text' in value &&
    typeof value.text === 'string' &&
    'pictures' in value &&
    Array.isArray(value.pictures) &&
    'edits' in value
  );
}
