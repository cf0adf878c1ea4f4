import { Loader, SegmentedControl } from '@mantine/core';
import type { PromptView, RequestAnalytics } from '@pictor/sdk';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { EmptyState } from '../../common/empty-state.tsx';
import { ErrorNotice } from '../../common/error-notice.tsx';
import { formatDuration, formatUsd } from '../../common/format-values.ts';
import { usePictor } from '../../common/pictor-context.ts';
import { RecentRuns } from '../editor/run-result.tsx';
import { Section } from '../editor/section.tsx';
import { usePromptRequests } from '../use-prompts.ts';
import { SnippetUses } from './snippet-uses.tsx';
import classes from './usage-tab.module.css';

const periods = [7, 30, 90] as const;
const dayMs = 86_400_000;

/** How often each version was run, what it cost, how long it took; and what came of it. */
export function UsageTab({ prompt }: { readonly prompt: PromptView }) {
  const { days } = useSearch({ from: '/prompts/$promptId' });
  const navigate = useNavigate({ from: '/prompts/$promptId' });
  const period = periods.find((each) => each === days) ?? 30;
  const usage = useUsage(prompt.id, period);
  const recent = usePromptRequests(prompt.id, null, 48);
  return (
    <div className={classes.tab}>
      <Section
        title="Runs"
        aside={
          <SegmentedControl
            size="xs"
            aria-label="Period"
            data={periods.map((each) => ({ value: String(each), label: `${each} days` }))}
            value={String(period)}
            onChange={(value) =>
              void navigate({ search: (now) => ({ ...now, days: Number(value) }), replace: true })
            }
          />
        }
      >
        {usage.error !== null && (
          <ErrorNotice
            title="The numbers could not be read"
            error={usage.error}
            onRetry={() => void usage.refetch()}
          />
        )}
        {usage.isPending && <Loader size="sm" color="gray" aria-label="Counting" />}
        {usage.data !== undefined && <Numbers usage={usage.data} prompt={prompt} period={period} />}
      </Section>
      {recent.data?.some(({ images }) => images.length > 0) === true && (
        <Section title="Recent pictures">
          <RecentRuns requests={recent.data} />
        </Section>
      )}
      {prompt.type === 'completion' && <SnippetUses prompt={prompt} />}
    </div>
  );
}

function useUsage(promptId: string, days: number) {
  const pictor = usePictor();
  return useQuery({
    queryKey: ['requests', 'of-prompt-by-version', promptId, days],
    queryFn: ({ signal }) =>
      pictor.requests.analyse(
        {
          from: new Date(Date.now() - (days - 1) * dayMs).toISOString().slice(0, 10),
          group_by: ['prompt_version', 'day'],
          filter_group: {
            logic: 'AND',
            filters: [{ field: 'prompt_id', operator: 'is', value: promptId }],
          },
        },
        { signal },
      ),
  });
}

type NumbersProps = {
  readonly usage: RequestAnalytics;
  readonly prompt: PromptView;
  readonly period: number;
};

function Numbers({ usage, prompt, period }: NumbersProps) {
  if (usage.total.requests === 0) {
    return (
      <EmptyState title={`No runs in ${period} days`}>
        Run it in the{' '}
        <Link to="/prompts/$promptId" params={{ promptId: prompt.id }}>
          editor
        </Link>
        , or from a program: the tab Code says how.
      </EmptyState>
    );
  }
  const rows = (usage.groups.prompt_version ?? []).toSorted((a, b) => Number(b.group) - Number(a.group));
  const most = Math.max(...rows.map(({ requests }) => requests));
  return (
    <>
      <Days rows={usage.groups.day ?? []} period={period} />
      <div className={classes.scroll} data-scrolls-sideways>
        <table className={classes.table}>
          <caption className={classes.caption}>By version</caption>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">Runs</th>
              <th scope="col">Failed</th>
              <th scope="col">Pictures</th>
              <th scope="col">Cost</th>
              <th scope="col">Cost of a run</th>
              <th scope="col">Median time</th>
              <th scope="col">95 %</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.group}>
                <th scope="row">{row.group === null ? '—' : `v${row.group}`}</th>
                <td>
                  <span
                    className={classes.bar}
                    style={{ inlineSize: `${(row.requests / most) * 4}rem` }}
                    aria-hidden
                  />
                  {row.requests.toLocaleString('en')}
                </td>
                <td data-bad={row.errors > 0}>{row.errors}</td>
                <td>{row.images.toLocaleString('en')}</td>
                <td>{formatUsd(row.cost)}</td>
                <td>{row.requests === 0 ? '—' : formatUsd(row.cost / row.requests)}</td>
                <td>{formatLatency(row.latency_ms.p50)}</td>
                <td>{formatLatency(row.latency_ms.p95)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function formatLatency(ms: number | null): string {
  return ms === null ? '—' : formatDuration(ms);
}

type DaysProps = {
  readonly rows: readonly { readonly group: string | null; readonly requests: number }[];
  readonly period: number;
};

/** Runs of each day as columns; days without any stand empty. */
function Days({ rows, period }: DaysProps) {
  const counts = new Map(rows.map(({ group, requests }) => [group, requests]));
  const days = Array.from({ length: period }, (_, index) =>
    new Date(Date.now() - (period - 1 - index) * dayMs).toISOString().slice(0, 10),
  );
  const most = Math.max(1, ...rows.map(({ requests }) => requests));
  const total = rows.reduce((sum, { requests }) => sum + requests, 0);
  return (
    <div
      className={classes.days}
      role="img"
      aria-label={`${total} runs in ${period} days, ${most} on the busiest day`}
    >
      {days.map((day) => (
        <span
          key={day}
          title={`${day}: ${counts.get(day) ?? 0}`}
          style={{ blockSize: `${Math.max(2, ((counts.get(day) ?? 0) / most) * 100)}%` }}
          data-empty={counts.get(day) === undefined}
        />
      ))}
    </div>
  );
}
