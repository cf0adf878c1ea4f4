import { useEffect, useState } from 'react';
import { usePictor } from '../common/pictor-context.ts';
import { advance, type LiveTurn, letGo, noLiveTurn } from './live-turn.ts';
import { useRefreshConversation } from './use-conversations.ts';

type Followed = { readonly turn: LiveTurn; readonly failure: Error | null };

/** A response that is being answered, from its first event on; when it is over, the conversation is read again. */
export function useLiveTurn(conversationId: string, responseId: string): Followed {
  const pictor = usePictor();
  const refresh = useRefreshConversation();
  const [followed, setFollowed] = useState<Followed>({ turn: noLiveTurn, failure: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: refresh is made anew with each look and does the same
  useEffect(() => {
    const leaving = new AbortController();
    let turn = noLiveTurn;
    const follow = async (): Promise<void> => {
      const { signal } = leaving;
      for await (const event of pictor.responses.follow(responseId, undefined, { signal })) {
        if (event.type === 'waiting') continue;
        turn = advance(turn, event);
        setFollowed({ turn, failure: null });
      }
      await refresh(conversationId);
    };
    follow().catch((error: unknown) => {
      if (leaving.signal.aborted) return;
      setFollowed({ turn, failure: error instanceof Error ? error : new Error(String(error)) });
    });
    return () => {
      leaving.abort();
      letGo(turn);
    };
  }, [pictor, conversationId, responseId]);
  return followed;
}
