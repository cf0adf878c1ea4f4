import { Button, Loader } from '@mantine/core';
import { ErrorNotice } from '../common/error-notice.tsx';
import classes from './request-list.module.css';
import { RequestRow } from './request-row.tsx';
import type { useRequests } from './use-requests.ts';

type RequestListProps = {
  readonly requests: ReturnType<typeof useRequests>;
  /** The request that is shown beside the list. */
  readonly shownId: string | undefined;
};

/** Recent requests, newest first. */
export function RequestList({ requests, shownId }: RequestListProps) {
  const rows = requests.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <section aria-labelledby="recent-requests">
      <h2 id="recent-requests" className={classes.title}>
        Recent requests
      </h2>
      {requests.isPending && <Loader size="sm" color="gray" role="status" aria-label="Loading requests" />}
      {requests.error !== null && (
        <ErrorNotice
          title="Requests could not be loaded"
          error={requests.error}
          onRetry={() => void requests.refetch()}
        />
      )}
      {requests.isSuccess && rows.length === 0 && (
        <p className={classes.empty}>
          Every request appears here with its pictures and its cost, whether it came from this page or from
          your code.
        </p>
      )}
      <ol className={classes.list}>
        {rows.map((request) => (
          <li key={request.id}>
            <RequestRow request={request} isShown={request.id === shownId} />
          </li>
        ))}
      </ol>
      {requests.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          mt="sm"
          loading={requests.isFetchingNextPage}
          onClick={() => void requests.fetchNextPage()}
        >
          Load more
        </Button>
      )}
    </section>
  );
}
