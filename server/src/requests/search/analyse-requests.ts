import type { AnalyticsGroup, RequestAnalyticsBody } from '@pictor/api';
import { askDatabase, type Database } from '../../database/index.ts';
import { PictorError, toUsd } from '../../foundation/index.ts';
import { readPeriod } from '../../ledger/index.ts';
import { type AnalyticsQuery, type AnalyticsSums, analyseAll, analyseBy } from './analytics-queries.ts';

const usualGroups: readonly AnalyticsGroup[] = ['day', 'model', 'prompt', 'tag', 'error'];

/**
 * Counts, cost, tokens and latency of a period, in all and by groups. Each list is a question of its own to the
 * database, so that the rows of running requests are written in between. Throws the caller's errors.
 */
export async function analyseRequests(
  reader: Pick<Database, 'sql'>,
  projectId: string,
  body: RequestAnalyticsBody,
) {
  const { from: since, to: until, group_by: groupBy, metadata_key: metadataKey, ...wanted } = body;
  const names = [
    ...new Set(groupBy ?? [...usualGroups, ...(metadataKey === undefined ? [] : ['metadata' as const])]),
  ];
  if (names.includes('metadata') && metadataKey === undefined) {
    throw new PictorError({
      code: 'missing_required_parameter',
      message: 'Groups by metadata need the metadata_key whose values they are.',
      param: 'metadata_key',
    });
  }
  const { from, to } = readPeriod({ from: since, to: until }, new Date());
  const query: AnalyticsQuery = { projectId, from, to, ...wanted };
  const total = await askDatabase(analyseAll(reader, query));
  const groups: Partial<Record<AnalyticsGroup, unknown>> = {};
  for (const name of names) {
    const rows = await askDatabase(analyseBy(reader, query, name, metadataKey ?? ''));
    groups[name] = rows.map(({ group, ...sums }) => ({ group, ...toSumsView(sums) }));
  }
  return {
    object: 'request.analytics',
    from: from.toISOString(),
    to: to.toISOString(),
    total: toSumsView(total),
    groups,
  };
}

function toSumsView({ average, p50, p90, p95, ...sums }: AnalyticsSums) {
  return { ...sums, cost: toUsd(sums.cost_nano_usd), latency_ms: { average, p50, p90, p95 } };
}
