import type { Row } from '../database/index.ts';
import type { Budget, RateLimit } from './limit.ts';
import type { LimitsDatabase } from './tables.ts';

export async function listBudgets(database: LimitsDatabase): Promise<Budget[]> {
  const rows = await database.sql.selectFrom('budgets').selectAll().orderBy('id').execute();
  return rows.map(toBudget);
}

export async function listRates(database: LimitsDatabase): Promise<RateLimit[]> {
  const rows = await database.sql.selectFrom('rate_limits').selectAll().orderBy('id').execute();
  return rows.map(toRate);
}

/** Makes the budget, or changes it. */
export async function saveBudget(database: LimitsDatabase, budget: Budget): Promise<void> {
  const facts = { period: budget.period, limit_nano_usd: budget.limitNanoUsd, mode: budget.mode };
  await database.sql
    .insertInto('budgets')
    .values({
      id: budget.id,
      project_id: budget.projectId,
      api_key_id: budget.keyId,
      created_at: budget.createdAt,
      ...facts,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(facts))
    .execute();
}

/** Makes the rate limit, or changes it. */
export async function saveRate(database: LimitsDatabase, limit: RateLimit): Promise<void> {
  const facts = { metric: limit.metric, per_minute: limit.perMinute };
  await database.sql
    .insertInto('rate_limits')
    .values({
      id: limit.id,
      project_id: limit.projectId,
      api_key_id: limit.keyId,
      created_at: limit.createdAt,
      ...facts,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(facts))
    .execute();
}

export async function deleteBudget(database: LimitsDatabase, id: string): Promise<void> {
  await database.sql.deleteFrom('budgets').where('id', '=', id).execute();
}

export async function deleteRate(database: LimitsDatabase, id: string): Promise<void> {
  await database.sql.deleteFrom('rate_limits').where('id', '=', id).execute();
}

/** Is it a key of this project? */
export async function hasKey(database: LimitsDatabase, projectId: string, keyId: string): Promise<boolean> {
  const key = await database.sql
    .selectFrom('api_keys')
    .where('project_id', '=', projectId)
    .where('id', '=', keyId)
    .select('id')
    .executeTakeFirst();
  return key !== undefined;
}

/** What was spent within a budget's period, but for requests that are counted while they run. */
export type SpentQuery = {
  readonly budget: Budget;
  readonly since: Date;
  readonly before: Date;
  readonly exceptRequests: readonly string[];
};

/** Unknown costs count what was held for them. */
export async function sumSpent(database: LimitsDatabase, query: SpentQuery): Promise<number> {
  const { budget, exceptRequests } = query;
  let entries = database.sql
    .selectFrom('ledger_entries')
    .where('project_id', '=', budget.projectId)
    .where('created_at', '>=', query.since)
    .where('created_at', '<', query.before);
  if (budget.keyId !== null) entries = entries.where('api_key_id', '=', budget.keyId);
  if (exceptRequests.length > 0) {
    entries = entries.where((expression) =>
      expression.or([
        expression('request_id', 'is', null),
        expression('request_id', 'not in', exceptRequests),
      ]),
    );
  }
  const sum = await entries
    .select((expression) =>
      expression.fn
        .sum<number | null>(
          expression
            .case()
            .when('cost_nano_usd', 'is not', null)
            .then(expression.ref('cost_nano_usd'))
            .when('corrected', '=', true)
            .then(0)
            .else(expression.fn.coalesce('held_nano_usd', expression.val(0)))
            .end(),
        )
        .as('spent'),
    )
    .executeTakeFirst();
  return sum?.spent ?? 0;
}

/** A request of the last minute, for rate limits after a restart. */
export type RecentRequest = {
  readonly createdAt: Date;
  readonly keyId: string | null;
  readonly images: number;
  readonly tokens: number;
};

export async function listRecent(
  database: LimitsDatabase,
  projectId: string,
  since: Date,
): Promise<RecentRequest[]> {
  const rows = await database.sql
    .selectFrom('requests')
    .leftJoin('ledger_entries', 'ledger_entries.request_id', 'requests.id')
    .where('requests.project_id', '=', projectId)
    .where('requests.created_at', '>', since)
    .select(['requests.id', 'requests.api_key_id', 'requests.created_at', 'ledger_entries.images'])
    .select(['text_in', 'image_in', 'text_out', 'image_out'])
    .orderBy('requests.created_at')
    .execute();
  const byRequest = new Map<string, RecentRequest>();
  for (const row of rows) {
    const before = byRequest.get(row.id);
    byRequest.set(row.id, {
      createdAt: row.created_at,
      keyId: row.api_key_id,
      images: (before?.images ?? 0) + (row.images?.length ?? 0),
      tokens:
        (before?.tokens ?? 0) +
        (row.text_in ?? 0) +
        (row.image_in ?? 0) +
        (row.text_out ?? 0) +
        (row.image_out ?? 0),
    });
  }
  return [...byRequest.values()];
}

function toBudget(row: Row<'budgets'>): Budget {
  return {
    id: row.id,
    projectId: row.project_id,
    keyId: row.api_key_id,
    period: row.period,
    limitNanoUsd: row.limit_nano_usd,
    mode: row.mode,
    createdAt: row.created_at,
  };
}

function toRate(row: Row<'rate_limits'>): RateLimit {
  return {
    id: row.id,
    projectId: row.project_id,
    keyId: row.api_key_id,
    metric: row.metric,
    perMinute: row.per_minute,
    createdAt: row.created_at,
  };
}
