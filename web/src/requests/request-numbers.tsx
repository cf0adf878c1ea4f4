import { Loader, SegmentedControl } from '@mantine/core';
import type { RequestAnalytics, RequestQuery } from '@pictor/sdk';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../common/error-notice.tsx';
import { formatDuration, formatUsd } from '../common/format-values.ts';
import { usePictor } from '../common/pictor-context.ts';
import type { Condition } from '../filters/filter-field.ts';
import { DayBars } from './day-bars.tsx';
import { GroupBars } from './group-bars.tsx';
import classes from './request-numbers.module.css';
import { periods } from './requests-search.ts';
import { requestsKey } from './use-requests.ts';

type RequestNumbersProps = {
  readonly query: RequestQuery;
  /** How far back. */
  readonly days: number;
  readonly onDays: (days: number) => void;
  /** Narrows the list to one group. */
  readonly onNarrow: (condition: Condition) => void;
};

const dayMs = 24 * 60 * 60_000;
const staleMs = 60_000;

/** What the requests that are found come to, in all and by day, model, prompt and tag. */
export function RequestNumbers({ query, days, onDays, onNarrow }: RequestNumbersProps) {
  const pictor = usePictor();
  const { q, filter_group: filterGroup } = query;
  const numbers = useQuery({
    queryKey: [...requestsKey, 'numbers', q, filterGroup, days],
    queryFn: ({ signal }) =>
      pictor.requests.analyse(
        {
          ...(q === undefined ? {} : { q }),
          ...(filterGroup === undefined ? {} : { filter_group: filterGroup }),
          from: new Date(Date.now() - (days - 1) * dayMs).toISOString().slice(0, 10),
          group_by: ['day', 'model', 'prompt', 'tag'],
        },
        { signal },
      ),
    staleTime: staleMs,
    placeholderData: keepPreviousData,
  });
  const { data } = numbers;
  return (
    <section className={classes.panel} aria-label="Numbers" aria-busy={numbers.isFetching}>
      <div className={classes.head}>
        <h2>Numbers of what is found</h2>
        {numbers.isFetching && <Loader size="xs" color="gray" role="status" aria-label="Counting" />}
        <SegmentedControl
          size="xs"
          aria-label="Period"
          value={String(days)}
          onChange={(value) => onDays(Number(value))}
          data={periods.map((each) => ({
            value: String(each),
            label: each === 365 ? '1 year' : `${each} days`,
          }))}
        />
      </div>
      {numbers.error !== null && (
        <ErrorNotice
          title="They could not be counted"
          error={numbers.error}
          onRetry={() => void numbers.refetch()}
        />
      )}
      {data === undefined ? (
        <div className={classes.wait} />
      ) : (
        <>
          <Totals total={data.total} />
          <DayBars from={data.from} to={data.to} rows={data.groups.day ?? []} />
          <div className={classes.groups}>
            <GroupBars
              title="Models"
              rows={data.groups.model ?? []}
              onNarrow={(value) => onNarrow({ field: 'model_id', operator: 'in', value: [value] })}
            />
            <GroupBars
              title="Saved prompts"
              none="without one"
              rows={data.groups.prompt ?? []}
              onNarrow={(value) => onNarrow({ field: 'prompt_name', operator: 'is', value })}
            />
            <GroupBars
              title="Tags"
              none="without one"
              rows={data.groups.tag ?? []}
              onNarrow={(value) => onNarrow({ field: 'tags', operator: 'contains', value })}
            />
          </div>
        </>
      )}
    </section>
  );
}

function Totals({ total }: { readonly total: RequestAnalytics['total'] }) {
  const { requests, errors, images, cost, unknown_count: unknown, latency_ms: latency } = total;
  const share = requests === 0 ? 0 : (errors / requests) * 100;
  const time = (ms: number | null) => (ms === null ? '–' : formatDuration(ms));
  return (
    <dl className={classes.totals}>
      <Total name="Requests" value={requests.toLocaleString('en')} />
      <Total
        name="Failed"
        value={`${share.toFixed(share > 0 && share < 10 ? 1 : 0)} %`}
        note={errors.toLocaleString('en')}
      />
      <Total name="Pictures" value={images.toLocaleString('en')} />
      <Total
        name="Cost"
        value={`${unknown > 0 ? '≥ ' : ''}${formatUsd(cost)}`}
        note={unknown > 0 ? `${unknown.toLocaleString('en')} unknown` : undefined}
      />
      <Total name="Latency p50" value={time(latency.p50)} />
      <Total name="p90" value={time(latency.p90)} />
      <Total name="p95" value={time(latency.p95)} />
    </dl>
  );
}

type TotalProps = { readonly name: string; readonly value: string; readonly note?: string | undefined };

function Total({ name, value, note }: TotalProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {note !== undefined && <span> {note}</span>}
      </dd>
    </div>
  );
}
