import { Button, Loader } from '@mantine/core';
import type { ConversationTurn } from '@pictor/sdk';
import { useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatUsd } from '../common/format-values.ts';
import { ConversationHeader } from './conversation-header.tsx';
import classes from './conversation-page.module.css';
import { NextTurn } from './next-turn.tsx';
import { TurnView } from './turn-view.tsx';
import { inOrder, useConversation, useTurns } from './use-conversations.ts';
import { useNextTurn } from './use-next-turn.ts';

/** One conversation, or a new one before anything is said. */
export function ConversationPage() {
  const { conversationId } = useParams({ from: '/conversations/$conversationId' });
  return conversationId === 'new' ? (
    <NewConversation />
  ) : (
    <KnownConversation key={conversationId} id={conversationId} />
  );
}

const examples = [
  'Draw a small harbour town at dawn, seen from the sea',
  'Three pictures of a fox: asleep, running, looking at the moon',
  'A poster for a bakery that says “Warm bread, cold mornings”',
] as const;

function NewConversation() {
  const next = useNextTurn('new', undefined, 'New conversation');
  return (
    <div className={classes.page}>
      <ConversationHeader title="New conversation" facts={null} />
      <div className={classes.turns}>
        <div className={classes.lead}>
          <p>
            Ask for a picture, then for changes, as often as you like. Each turn may be led by another model,
            and every picture can begin a branch. Or begin with one of these:
          </p>
          <ul>
            {examples.map((example) => (
              <li key={example}>
                <Button variant="default" size="sm" onClick={() => next.say(example)}>
                  {example}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      </div>
      <NextTurn next={next} isRunning={false} />
    </div>
  );
}

function KnownConversation({ id }: { readonly id: string }) {
  const conversation = useConversation(id);
  const turns = useTurns(id);
  const shown = inOrder(turns.data?.pages ?? []);
  const last = shown.at(-1);
  const title = titleOf(conversation.data?.metadata.title, shown);
  const next = useNextTurn(id, last, title);
  const pageRef = useStayAtEnd(last);
  const error = turns.error ?? conversation.error;
  const isRunning = shown.some(({ status }) => status === 'queued' || status === 'in_progress');
  return (
    <div ref={pageRef} className={classes.page}>
      <ConversationHeader
        title={title}
        facts={turns.data === undefined ? null : toFacts(shown, turns.hasNextPage)}
        conversation={conversation.data}
      />
      <div className={classes.turns}>
        {error !== null && (
          <ErrorNotice
            title="This conversation could not be loaded"
            error={error}
            onRetry={() => void Promise.all([turns.refetch(), conversation.refetch()])}
          />
        )}
        {turns.isPending && error === null && (
          <Loader size="sm" color="gray" aria-label="Loading the conversation" />
        )}
        {turns.hasNextPage && (
          <Button
            variant="default"
            size="xs"
            className={classes.earlier ?? ''}
            loading={turns.isFetchingNextPage}
            onClick={() => void turns.fetchNextPage()}
          >
            Load earlier turns
          </Button>
        )}
        {shown.map((turn, index) => (
          <TurnView
            key={turn.id}
            conversationId={id}
            turn={turn}
            number={index + 1}
            isLast={turn === last}
            onEdit={next.edit}
            onReference={next.refer}
            onBranch={next.branch}
            onRetry={next.retry}
          />
        ))}
        {turns.isSuccess && shown.length === 0 && (
          <p className={classes.lead}>Nothing was said yet. Ask for a picture below.</p>
        )}
      </div>
      {error === null && <NextTurn next={next} isRunning={isRunning} />}
    </div>
  );
}

/** A new turn comes into view, and so does its end; whoever reads further up is left alone when it comes. */
function useStayAtEnd(last: ConversationTurn | undefined) {
  const ref = useRef<HTMLDivElement>(null);
  const lastId = useRef<string | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a turn says meanwhile does not move the page
  useEffect(() => {
    const page = scrollerOf(ref.current);
    if (last === undefined || page === null) return;
    const isNew = lastId.current !== last.id;
    lastId.current = last.id;
    const below = page.scrollHeight - page.scrollTop - page.clientHeight;
    if (isNew || below < 2 * page.clientHeight) page.scrollTo({ top: page.scrollHeight });
  }, [last?.id, last?.status]);
  return ref;
}

/** What scrolls the page: its main part where that has a height of its own, else the document. */
function scrollerOf(element: HTMLElement | null): Element | null {
  const main = element?.closest('main') ?? null;
  if (main !== null && getComputedStyle(main).overflowY === 'auto') return main;
  return document.scrollingElement;
}

function titleOf(noted: string | undefined, turns: readonly ConversationTurn[]): string {
  const said = turns.flatMap(({ input }) => input).find(({ text }) => text !== '')?.text ?? '';
  const words = (noted === undefined || noted.trim() === '' ? said : noted).replace(/\s+/gu, ' ').trim();
  return words === '' ? 'Conversation' : words.slice(0, 200);
}

function toFacts(turns: readonly ConversationTurn[], isPart: boolean): string {
  const costs = turns.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  const sum = costs.reduce((total, cost) => total + cost, 0);
  const count = turns.length === 1 ? '1 turn' : `${turns.length} turns`;
  const of = isPart ? `the newest ${count}` : count;
  if (costs.length === 0) return of;
  return `${of}, ${sum === 0 ? 'free' : formatUsd(sum)}`;
}
