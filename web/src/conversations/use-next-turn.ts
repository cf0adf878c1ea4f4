import type { ConversationPicture, ConversationTurn, NewItem } from '@pictor/sdk';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef } from 'react';
import { usePictor } from '../common/pictor-context.ts';
import { type BranchPoint, branchConversation } from './branch-conversation.ts';
import { type TurnDraft, useTurnDraft, withPictures } from './turn-draft.ts';
import { useRefreshConversation } from './use-conversations.ts';
import { type TurnSetupState, useTurnSetup } from './use-turn-setup.ts';
import { editsOf, setupOf, type TurnSetup, toItems, toRequest, toSameItems } from './write-turn.ts';

export type NextTurnState = {
  readonly draft: TurnDraft;
  readonly changeDraft: (edit: (now: TurnDraft) => TurnDraft) => void;
  readonly wordsRef: RefObject<HTMLTextAreaElement | null>;
  readonly setupState: TurnSetupState;
  readonly say: (text: string) => void;
  readonly send: () => void;
  readonly isSending: boolean;
  readonly refusal: Error | null;
  readonly edit: (itemId: string, image: ConversationPicture) => void;
  readonly refer: (image: ConversationPicture) => void;
  readonly branch: (point: BranchPoint) => void;
  readonly retry: (turn: ConversationTurn) => void;
};

const to = '/conversations/$conversationId';

type Sent = {
  readonly setup: TurnSetup;
  readonly items: readonly NewItem[];
  readonly edits: TurnDraft['edits'] | { readonly maskId: string | null };
  /** True: it is the draft, which goes once it is sent. */
  readonly isDraft: boolean;
};

/** What comes next in a conversation: writing, sending, sending again, branching. `new`: it begins with the first turn. */
export function useNextTurn(id: string, last: ConversationTurn | undefined, title: string): NextTurnState {
  const pictor = usePictor();
  const navigate = useNavigate();
  const refresh = useRefreshConversation();
  const wordsRef = useRef<HTMLTextAreaElement>(null);
  const { draft, change: changeDraft, clear } = useTurnDraft(id);
  const setupState = useTurnSetup(last);
  useReferences(changeDraft);
  const send = useMutation({
    mutationFn: async ({ setup, items, edits, isDraft }: Sent): Promise<void> => {
      const isNew = id === 'new';
      const conversationId = isNew ? (await pictor.conversations.create()).id : id;
      try {
        await pictor.responses.create(toRequest(conversationId, setup, items, edits));
      } catch (error) {
        // Nothing was said in it, so it would only stand in the list.
        if (isNew) await pictor.conversations.delete(conversationId).catch(() => undefined);
        throw error;
      }
      if (isDraft) clear();
      if (!isNew) return await refresh(id);
      await navigate({ to, params: { conversationId }, replace: true });
    },
  });
  const branch = useMutation({
    mutationFn: (point: BranchPoint) => branchConversation(pictor, id, title, point),
    onSuccess: (branchId) => navigate({ to, params: { conversationId: branchId } }),
  });
  const focus = (): void => wordsRef.current?.focus();
  const { setup } = setupState;
  return {
    draft,
    changeDraft,
    wordsRef,
    setupState,
    say: (text) => {
      changeDraft((now) => ({ ...now, text }));
      focus();
    },
    send: () => {
      if (setup === undefined) return;
      send.mutate({ setup, items: toItems(draft), edits: draft.edits, isDraft: true });
    },
    isSending: send.isPending || branch.isPending,
    refusal: send.error ?? branch.error,
    edit: (itemId, { id: imageId, width, height }) => {
      changeDraft((now) => ({ ...now, edits: { itemId, imageId, width, height, maskId: null } }));
      focus();
    },
    refer: ({ id: imageId }) => {
      changeDraft((now) => withStored(now, [imageId]));
      focus();
    },
    branch: (point) => branch.mutate(point),
    retry: (turn) => {
      if (setup === undefined) return;
      // As it was asked, but led by whoever is chosen now: another model may manage what this one could not.
      const { painter, parameters } = { ...setup, ...setupOf(turn) };
      send.mutate({
        setup: { model: setup.model, painter, parameters },
        items: toSameItems(turn),
        edits: editsOf(turn),
        isDraft: false,
      });
    },
  };
}

function withStored(draft: TurnDraft, ids: readonly string[]): TurnDraft {
  return withPictures(
    draft,
    ids.map((id) => ({ id, name: 'A stored picture' })),
  );
}

/** Images that the address names go into the draft, and out of the address. */
function useReferences(changeDraft: NextTurnState['changeDraft']): void {
  const { references } = useSearch({ from: to });
  const navigate = useNavigate({ from: to });
  useEffect(() => {
    if (references === undefined) return;
    const ids = references.split(',').filter((each) => /^img_[0-9a-f]{32}$/.test(each));
    changeDraft((now) => withStored(now, ids));
    void navigate({ search: (now) => ({ ...now, references: undefined }), replace: true });
  }, [references, changeDraft, navigate]);
}
