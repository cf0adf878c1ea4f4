import { toUsd } from '../../foundation/index.ts';
import type { Sql } from '../rows/log-queries.ts';
import type { LogQuery } from './filter.ts';
import { type CountedLog, listCounted } from './search-queries.ts';

/** No page of numbers is about more calls than these. */
const maxCounted = 50_000;

export type Counted = { readonly name: string; readonly requests: number; readonly cost: number | null };

/** What the logs that fit add up to. Money is USD; null: unknown, because the cost of one of them is. */
export type Analysis = {
  readonly requests: number;
  readonly tokens: number;
  readonly cost: number | null;
  readonly averageLatencyMs: number | null;
  readonly days: readonly DayCount[];
  readonly models: readonly Counted[];
  readonly prompts: readonly Counted[];
  readonly providers: readonly Counted[];
  readonly tags: readonly Counted[];
  readonly errors: readonly Counted[];
};

export type DayCount = {
  /** In UTC: `2026-11-21`. */
  readonly date: string;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cost: number | null;
  readonly latencyMs: {
    readonly average: number;
    readonly p50: number;
    readonly p90: number;
    readonly p95: number;
  } | null;
  readonly statuses: Readonly<Record<string, number>>;
};

export async function analyse(sql: Sql, projectId: string, query: LogQuery): Promise<Analysis> {
  const logs = await listCounted(sql, projectId, query, maxCounted);
  const latencies = latenciesOf(logs);
  return {
    requests: logs.length,
    tokens: sum(logs.map((log) => (log.input_tokens ?? 0) + (log.output_tokens ?? 0))),
    cost: costOf(logs),
    averageLatencyMs: latencies.length === 0 ? null : sum(latencies) / latencies.length,
    days: [...groupBy(logs, (log) => [log.started_at.toISOString().slice(0, 10)])]
      .map(([date, group]) => toDay(date, group))
      .toSorted((a, b) => a.date.localeCompare(b.date)),
    models: countBy(logs, (log) => log.model),
    prompts: countBy(logs, (log) => log.prompt_name),
    providers: countBy(logs, (log) => log.provider),
    tags: toCounts(groupBy(logs, (log) => log.tags)),
    errors: countBy(logs, (log) => (log.status === 'ERROR' ? (log.error_type ?? 'UNKNOWN_ERROR') : null)),
  };
}

function toDay(date: string, logs: readonly CountedLog[]): DayCount {
  const latencies = latenciesOf(logs).toSorted((a, b) => a - b);
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    date,
    requests: logs.length,
    inputTokens: sum(logs.map((log) => log.input_tokens ?? 0)),
    outputTokens: sum(logs.map((log) => log.output_tokens ?? 0)),
    cost: costOf(logs),
    latencyMs:
      latencies.length === 0
        ? null
        : { average: sum(latencies) / latencies.length, p50: at(0.5), p90: at(0.9), p95: at(0.95) },
    statuses: Object.fromEntries(
      [...groupBy(logs, (log) => [log.status])].map(([status, group]) => [status, group.length]),
    ),
  };
}

function countBy(logs: readonly CountedLog[], nameOf: (log: CountedLog) => string | null): Counted[] {
  return toCounts(
    groupBy(logs, (log) => {
      const name = nameOf(log);
      return name === null ? [] : [name];
    }),
  );
}

function toCounts(groups: ReadonlyMap<string, readonly CountedLog[]>): Counted[] {
  return [...groups]
    .map(([name, logs]) => ({ name, requests: logs.length, cost: costOf(logs) }))
    .toSorted((a, b) => b.requests - a.requests || a.name.localeCompare(b.name));
}

function groupBy(
  logs: readonly CountedLog[],
  namesOf: (log: CountedLog) => readonly string[],
): Map<string, CountedLog[]> {
  const groups = new Map<string, CountedLog[]>();
  for (const log of logs) {
    for (const name of namesOf(log)) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [log]);
      else group.push(log);
    }
  }
  return groups;
}

function latenciesOf(logs: readonly CountedLog[]): number[] {
  return logs.flatMap((log) => (log.latency_ms === null ? [] : [log.latency_ms]));
}

/** What failed before it was paid costs 0; one unknown cost makes the sum unknown. */
function costOf(logs: readonly CountedLog[]): number | null {
  const costs = logs.flatMap((log) => (log.status === 'RUNNING' ? [] : [log.cost_nano_usd]));
  const known = costs.filter((cost) => cost !== null);
  return known.length < costs.length ? null : toUsd(sum(known));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
