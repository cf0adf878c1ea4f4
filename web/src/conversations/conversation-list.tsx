import { Badge, Button, Skeleton } from '@mantine/core';
import type { ConversationSummary } from '@pictor/sdk';
import { Link } from '@tanstack/react-router';
import { ErrorNotice } from '../common/error-notice.tsx';
import { RelativeTime } from '../common/relative-time.tsx';
import classes from './conversation-list.module.css';
import type { useConversations } from './use-conversations.ts';

type ConversationListProps = {
  readonly conversations: ReturnType<typeof useConversations>;
  /** Said where nothing was found. */
  readonly nothing: React.ReactNode;
};

/** Conversations, the one that changed last first. */
export function ConversationList({ conversations, nothing }: ConversationListProps) {
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = conversations;
  const rows = data?.pages.flatMap((page) => page.data) ?? [];
  if (error !== null && data === undefined) {
    return (
      <ErrorNotice title="Conversations could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  }
  if (isPending) {
    return (
      <div role="status" aria-label="Loading conversations" className={classes.list}>
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} height={88} radius="md" />
        ))}
      </div>
    );
  }
  if (rows.length === 0) return nothing;
  return (
    <>
      <ol className={classes.list} aria-label="Conversations">
        {rows.map((conversation) => (
          <li key={conversation.id}>
            <Row conversation={conversation} />
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Load more
        </Button>
      )}
    </>
  );
}

function Row({ conversation }: { readonly conversation: ConversationSummary }) {
  const { id, title, model, turn_count: turns, running, images, updated_at: updatedAt } = conversation;
  return (
    <Link to="/conversations/$conversationId" params={{ conversationId: id }} className={classes.row}>
      <span className={classes.pictures} aria-hidden data-empty={images.length === 0}>
        {images.slice(0, 3).map((image) => (
          <img
            key={image.id}
            src={image.thumbnail_url}
            alt=""
            width={64}
            height={64}
            loading="lazy"
            decoding="async"
          />
        ))}
      </span>
      <span className={classes.words}>
        <span className={classes.title}>{title ?? 'Without a title'}</span>
        <span className={classes.facts}>
          {model !== null && <span className={classes.model}>{model}</span>}
          <span>{turns === 1 ? '1 turn' : `${turns} turns`}</span>
          <RelativeTime at={updatedAt} />
          {running && (
            <Badge size="sm" variant="light" radius="sm">
              Running
            </Badge>
          )}
        </span>
      </span>
    </Link>
  );
}
