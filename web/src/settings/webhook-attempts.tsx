import { Button } from '@mantine/core';
import type { WebhookAttempt } from '@pictor/sdk';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatDuration } from '../common/format-values.ts';
import { usePictor } from '../common/pictor-context.ts';
import { RelativeTime } from '../common/relative-time.tsx';
import classes from './webhook-row.module.css';

const pageSize = 25;
/** A delivery that waits is tried again by itself; the list follows. */
const followMs = 3_000;

type WebhookAttemptsProps = { readonly webhookId: string; readonly mayManage: boolean };

/** What was sent to an address, newest first, and how it was taken. */
export function WebhookAttempts({ webhookId, mayManage }: WebhookAttemptsProps) {
  const pictor = usePictor();
  const queryClient = useQueryClient();
  const attempts = useInfiniteQuery({
    queryKey: ['webhooks', webhookId, 'attempts'],
    queryFn: ({ signal, pageParam: after }) =>
      pictor.webhooks.attempts(webhookId, { limit: pageSize, after }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.has_more ? (page.last_id ?? undefined) : undefined),
    refetchInterval: followMs,
  });
  const resend = useMutation({
    mutationFn: (attemptId: string) => pictor.webhooks.resend(attemptId),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['webhooks', webhookId] }),
  });
  const rows = attempts.data?.pages.flatMap(({ data }) => data);
  if (attempts.error !== null)
    return <ErrorNotice title="The attempts could not be loaded" error={attempts.error} />;
  if (rows === undefined) return <p>Loading the attempts…</p>;
  if (rows.length === 0)
    return <p>Nothing was sent yet. A request that ends, or a test, makes the first line.</p>;
  return (
    <section className={classes.attempts} data-scrolls-sideways aria-label="Attempts">
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Message</th>
            <th scope="col">Answer</th>
            <th scope="col">Took</th>
            <th scope="col">Delivery</th>
            {mayManage && <th scope="col">Again</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <AttemptRow key={row.id} row={row} mayManage={mayManage} onResend={() => resend.mutate(row.id)} />
          ))}
        </tbody>
      </table>
      {resend.error !== null && <ErrorNotice title="It could not be sent again" error={resend.error} />}
      {attempts.hasNextPage && (
        <Button
          size="xs"
          variant="default"
          loading={attempts.isFetchingNextPage}
          onClick={() => void attempts.fetchNextPage()}
        >
          Older attempts
        </Button>
      )}
    </section>
  );
}

type AttemptRowProps = {
  readonly row: WebhookAttempt;
  readonly mayManage: boolean;
  readonly onResend: () => void;
};

function AttemptRow({ row, mayManage, onResend }: AttemptRowProps) {
  const { delivery } = row;
  return (
    <tr>
      <td>
        <RelativeTime at={row.created_at} />
      </td>
      <td>
        {delivery.request === null ? (
          delivery.type
        ) : (
          <Link to="/requests/$requestId" params={{ requestId: delivery.request }}>
            {delivery.type}
          </Link>
        )}
        {row.attempt > 1 && ` · try ${row.attempt}`}
      </td>
      <td className={row.delivered ? classes.good : `${classes.bad} ${classes.why}`}>
        {row.status_code ?? ''} {row.error ?? 'taken'}
      </td>
      <td>{formatDuration(row.duration_ms)}</td>
      <td>
        {delivery.status}
        {delivery.next_attempt_at !== null &&
          `, next try ${new Date(delivery.next_attempt_at * 1000).toLocaleTimeString()}`}
      </td>
      {mayManage && (
        <td>
          <Button size="compact-xs" variant="default" onClick={onResend}>
            Resend
          </Button>
        </td>
      )}
    </tr>
  );
}
