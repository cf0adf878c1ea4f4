import { Button } from '@mantine/core';
import type { ConversationTurn } from '@pictor/sdk';
import { IconPlayerStop } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { ElapsedTime } from '../common/elapsed-time.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { usePictor } from '../common/pictor-context.ts';
import type { LiveItem } from './live-turn.ts';
import { LongText } from './long-text.tsx';
import classes from './running-turn.module.css';
import { useRefreshConversation } from './use-conversations.ts';
import { useLiveTurn } from './use-live-turn.ts';

type RunningTurnProps = {
  readonly conversationId: string;
  readonly turn: ConversationTurn;
};

/** A turn that is being answered: words as they are written, previews as they come, and a way to stop it. */
export function RunningTurn({ conversationId, turn }: RunningTurnProps) {
  const pictor = usePictor();
  const refresh = useRefreshConversation();
  const { turn: live, failure } = useLiveTurn(conversationId, turn.id);
  const stop = useMutation({
    mutationFn: () => pictor.responses.cancel(turn.id),
    onSettled: () => refresh(conversationId),
  });
  const isPainting = live.items.some(({ type, isDone }) => type === 'image_generation_call' && !isDone);
  const doing = live.isOver
    ? 'Finishing'
    : isPainting
      ? 'Drawing'
      : live.items.length > 0
        ? 'Writing'
        : 'Thinking';
  return (
    <div className={classes.running}>
      {failure !== null && (
        <ErrorNotice
          title="This turn could not be followed"
          error={failure}
          onRetry={() => void refresh(conversationId)}
        />
      )}
      {stop.error !== null && <ErrorNotice title="It could not be stopped" error={stop.error} />}
      <p className={classes.state}>
        <span role="status">{doing}…</span> <ElapsedTime sinceMs={turn.created_at * 1000} />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerStop size={14} stroke={1.8} aria-hidden />}
          loading={stop.isPending}
          onClick={() => stop.mutate()}
        >
          Stop
        </Button>
      </p>
      {live.items.map((item) => (
        <Item key={item.index} item={item} />
      ))}
    </div>
  );
}

function Item({ item }: { readonly item: LiveItem }) {
  if (item.type === 'message') return item.text === '' ? null : <LongText text={item.text} />;
  if (item.type !== 'image_generation_call') return null;
  return (
    <div className={classes.canvas} data-empty={item.preview === null}>
      {item.preview !== null && <img src={item.preview} alt="Preview" />}
    </div>
  );
}
