import { Button, Loader, NativeSelect } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useRef } from 'react';
import { EmptyState } from '../common/empty-state.tsx';
import { ErrorNotice } from '../common/error-notice.tsx';
import { NewRowsButton } from '../common/new-rows-button.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { SearchBox } from '../common/search-box.tsx';
import { useGoTo } from '../common/use-go-to.ts';
import { scrollToTop, useKeptScroll, useTopOfAnother } from '../common/use-kept-scroll.ts';
import { FilterBar } from '../filters/filter-bar.tsx';
import { toGroup } from '../filters/to-group.ts';
import { useFilterFields } from '../filters/use-filter-fields.ts';
import { ExportMenu } from './export-menu.tsx';
import { RequestLines } from './request-lines.tsx';
import classes from './requests-page.module.css';
import { type RequestsSearch, toRequestQuery } from './requests-search.ts';
import { SavedSearchMenu } from './saved-search-menu.tsx';
import { useRequestSearch } from './use-request-search.ts';

const RequestNumbers = lazy(async () => ({
  default: (await import('./request-numbers.tsx')).RequestNumbers,
}));

const usualDays = 30;

/** Every request of the project, live. */
export function RequestsPage() {
  const pageRef = useRef<HTMLDivElement>(null);
  const search = useSearch({ from: '/requests' });
  const change = useChangeSearch();
  const fields = useFilterFields();
  // Another part of the address must not ask for the list again.
  const written = JSON.stringify(toRequestQuery(search));
  const query = useMemo(() => JSON.parse(written) as ReturnType<typeof toRequestQuery>, [written]);
  const requests = useRequestSearch(query);
  const { rows, newer, showNewer, hasNextPage, isFetchingNextPage, fetchNextPage } = requests;
  useKeptScroll(pageRef, requests.isSuccess);
  useTopOfAnother(pageRef, written);
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const nodes = search.filter?.filters ?? [];
  const logic = search.filter?.logic ?? 'AND';
  const isOpen = search.numbers !== undefined;
  return (
    <div ref={pageRef} className={classes.page}>
      <PageHeader
        title="Requests"
        description="Every call, live: what was asked, what came, how long it took and what it cost."
        actions={
          <>
            <Button
              variant={isOpen ? 'light' : 'default'}
              size="xs"
              aria-expanded={isOpen}
              leftSection={<IconChartBar size={15} stroke={1.7} />}
              onClick={() => change({ numbers: isOpen ? undefined : usualDays })}
            >
              Numbers
            </Button>
            <SavedSearchMenu query={query} onOpen={(opened) => change(opened, true)} />
            <ExportMenu query={query} />
          </>
        }
      />
      <div className={classes.tools}>
        <div className={classes.words}>
          <SearchBox
            label="Search requests by the words of prompts and answers"
            placeholder="Search: otter -river “red cap”"
            value={search.q}
            onChange={(q) => change({ q })}
          />
        </div>
        <SortSelect search={search} onChange={change} />
        <FilterBar
          fields={fields}
          nodes={nodes}
          onNodes={(changed) => change({ filter: toGroup(changed, logic) })}
          logic={{ value: logic, onChange: (joined) => change({ filter: toGroup(nodes, joined) }) }}
        />
      </div>
      {search.numbers !== undefined && (
        <Suspense fallback={<Loader size="sm" color="gray" role="status" aria-label="Loading numbers" />}>
          <RequestNumbers
            query={query}
            days={search.numbers}
            onDays={(numbers) => change({ numbers })}
            onNarrow={(condition) => change({ filter: toGroup([...nodes, condition], logic) })}
          />
        </Suspense>
      )}
      <NewRowsButton
        count={newer.length}
        noun="request"
        onShow={() => {
          showNewer();
          scrollToTop(pageRef.current);
        }}
      />
      {requests.isPending && <Loader size="sm" color="gray" role="status" aria-label="Loading requests" />}
      {requests.error !== null && (
        <ErrorNotice
          title="Requests could not be loaded"
          error={requests.error}
          onRetry={() => void requests.refetch()}
        />
      )}
      {requests.isSuccess && rows.length === 0 && (
        <NoRequests
          isNarrowed={search.q !== undefined || nodes.length > 0}
          onClear={() => change({ q: undefined, filter: undefined })}
        />
      )}
      <RequestLines rows={rows} hasMore={hasNextPage} onEnd={loadMore} />
    </div>
  );
}

type SortSelectProps = {
  readonly search: RequestsSearch;
  readonly onChange: (change: Partial<RequestsSearch>) => void;
};

const orders = [
  { value: 'created_at desc', label: 'Newest first' },
  { value: 'created_at asc', label: 'Oldest first' },
  { value: 'cost desc', label: 'Dearest first' },
  { value: 'cost asc', label: 'Cheapest first' },
  { value: 'latency_ms desc', label: 'Slowest first' },
  { value: 'latency_ms asc', label: 'Fastest first' },
];

function SortSelect({ search, onChange }: SortSelectProps) {
  return (
    <NativeSelect
      aria-label="Order"
      value={`${search.sort ?? 'created_at'} ${search.order ?? 'desc'}`}
      onChange={(event) => {
        const [sort, order] = event.currentTarget.value.split(' ');
        onChange({
          sort: sort === 'cost' || sort === 'latency_ms' ? sort : undefined,
          order: order === 'asc' ? 'asc' : undefined,
        });
      }}
      data={orders}
    />
  );
}

function NoRequests({ isNarrowed, onClear }: { readonly isNarrowed: boolean; readonly onClear: () => void }) {
  const goTo = useGoTo();
  if (isNarrowed) {
    return (
      <EmptyState
        title="No request fits"
        actions={
          <Button variant="default" size="xs" onClick={onClear}>
            Show all requests
          </Button>
        }
      >
        Look for fewer words, or take filters away.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No requests yet"
      actions={
        <>
          <Button component="a" size="xs" {...goTo('/')}>
            Make a picture
          </Button>
          <Button component="a" size="xs" variant="default" {...goTo('/start')}>
            Connect your code
          </Button>
        </>
      }
    >
      Every call appears here while it runs, whether it comes from the playground or from your code.
    </EmptyState>
  );
}

/** Changes members of the address. `isStep`: one goes back from it. */
function useChangeSearch() {
  const navigate = useNavigate({ from: '/requests' });
  return useCallback(
    (change: Partial<RequestsSearch>, isStep = false) =>
      void navigate({ search: (now) => ({ ...now, ...change }), replace: !isStep, resetScroll: false }),
    [navigate],
  );
}
