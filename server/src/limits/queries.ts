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

/** Something of the last minute that counts, for rate limits after a restart. */
export type Recent = {
  readonly createdAt: Date;
  readonly keyId: string | null;
  readonly requests: number;
  readonly images: number;
  readonly tokens: number;
};

/** Oldest first. A turn of a conversation is one request, and its pictures are none of their own. */
export async function listRecent(
  database: LimitsDatabase,
  projectId: string,
  since: Date,
): Promise<readonly Recent[]> {
  const recent = [
    ...(await listRecentRequests(database, projectId, since)),
    ...(await listRecentTurns(database, projectId, since)),
    ...(await listRecentEntries(database, projectId, since)),
  ];
  return recent.toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
}

async function listRecentRequests(
  { sql }: LimitsDatabase,
  projectId: string,
  since: Date,
): Promise<readonly Recent[]> {
  const rows = await sql
    .selectFrom('requests')
    .where('project_id', '=', projectId)
    .where('created_at', '>', since)
    .where('parent_id', 'is', null)
    .select(['created_at', 'api_key_id'])
    .execute();
  return rows.map(toOneRequest);
}

async function listRecentTurns(
  { sql }: LimitsDatabase,
  projectId: string,
  since: Date,
): Promise<readonly Recent[]> {
  const rows = await sql
    .selectFrom('responses')
    .where('project_id', '=', projectId)
    .where('created_at', '>', since)
    .select(['created_at', 'api_key_id'])
    .execute();
  return rows.map(toOneRequest);
}

function toOneRequest(row: { readonly created_at: Date; readonly api_key_id: string | null }): Recent {
  return { createdAt: row.created_at, keyId: row.api_key_id, requests: 1, images: 0, tokens: 0 };
}

async function listRecentEntries(
  { sql }: LimitsDatabase,
  projectId: string,
  since: Date,
): Promise<readonly Recent[]> {
  const rows = await sql
    .selectFrom('ledger_entries')
    .where('project_id', '=', projectId)
    .where('created_at', '>', since)
    .where('corrects', 'is', null)
    .select(['created_at', 'api_key_id', 'images', 'text_in', 'image_in', 'text_out', 'image_out'])
    .execute();
  return rows.map((row) => ({
    createdAt: row.created_at,
    keyId: row.api_key_id,
    requests: 0,
    images: row.images.length,
    tokens: (row.text_in ?? 0) + (row.image_in ?? 0) + (row.text_out ?? 0) + (row.image_out ?? 0),
  }));
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
