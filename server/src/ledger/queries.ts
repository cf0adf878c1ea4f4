import { sql } from 'kysely';
import type { Row, Statement, Transaction } from '../database/index.ts';
import { type BookedAttempt, type BookedOutcome, heldOf } from './ledger-entry.ts';

/** A request that has ended, as the ledger books it. */
export type BookedRequest = {
  readonly id: string;
  readonly status: BookedOutcome;
  readonly attempts: readonly BookedAttempt[];
};

/**
 * Books the attempts of requests, in the transaction that closes them. Booking the same twice changes nothing. Whose
 * they are is read from the request's own row.
 */
export function bookingStatements(requests: readonly BookedRequest[]): Statement[] {
  const entries = requests.flatMap((request) =>
    request.attempts.map((attempt, index) => toEntry(request, attempt, index)),
  );
  const [first] = entries;
  if (first === undefined) return [];
  const columns = Object.keys(first);
  const values = [
    ...columns.map((column) => `entry.${column}`),
    ...ownerColumns.map((column) => `requests.${column}`),
  ];
  // Written as text: so it need not be put together from its parts with every call.
  const insert = `insert into ledger_entries (${[...columns, ...ownerColumns].join(', ')}, held_nano_usd)
      select ${values.join(', ')},`;
  return [
    sql`
      ${sql.raw(insert)}
        case when entry.cost_nano_usd is null and entry.kind = 'image' then requests.held_nano_usd end
      from json_populate_recordset(null::ledger_entries, ${sql.val(entries)}::json) as entry
      join requests on requests.id = entry.request_id
      on conflict (id) do nothing`,
  ];
}

/** What an entry has from the row of its request. */
const ownerColumns = ['project_id', 'api_key_id', 'prompt_name', 'tags'] as const;

/** The turn of a text model, which belongs to a response and to no request of its own. */
export type BookedTurn = {
  /** Of the response: `resp_…`. A response has one turn. */
  readonly responseId: string;
  readonly projectId: string;
  readonly keyId: string;
  /** Of the saved prompt that it came from; null: none. */
  readonly promptName: string | null;
  readonly tags: readonly string[];
  /** Of kind `mainline`, with `toMainlineUsage` and `costOfAttempt`; its pictures are requests, and book themselves. */
  readonly attempt: BookedAttempt;
};

/** Books what a text model cost, in the transaction that closes its response. Booking the same twice changes nothing. */
export async function bookTurn(transaction: Transaction, turn: BookedTurn): Promise<void> {
  const owner = {
    id: turn.responseId,
    project_id: turn.projectId,
    api_key_id: turn.keyId,
    held_nano_usd: null,
    prompt_name: turn.promptName,
    tags: [...turn.tags],
  };
  const status = turn.attempt.error === null ? 'succeeded' : 'failed';
  const row = toRow(owner, { id: turn.responseId, status, attempts: [] }, turn.attempt, 0);
  await transaction
    .insertInto('ledger_entries')
    .values({ ...row, request_id: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

type Owner = Pick<
  Row<'requests'>,
  'id' | 'project_id' | 'api_key_id' | 'held_nano_usd' | 'prompt_name' | 'tags'
>;

function toRow(owner: Owner, request: BookedRequest, attempt: BookedAttempt, index: number) {
  const entry = toEntry(request, attempt, index);
  return {
    ...entry,
    images: JSON.stringify(entry.images),
    project_id: owner.project_id,
    api_key_id: owner.api_key_id,
    held_nano_usd: heldOf(attempt, owner.held_nano_usd),
    prompt_name: owner.prompt_name,
    tags: JSON.stringify(owner.tags),
  };
}

/** An entry without what it has from the row of its request. */
function toEntry(request: BookedRequest, attempt: BookedAttempt, index: number) {
  const { usage } = attempt;
  return {
    id: entryId(request.id, index),
    request_id: request.id,
    attempt: attempt.number,
    kind: attempt.kind,
    provider: attempt.provider,
    engine: attempt.engine,
    model_id: attempt.modelId,
    outcome: outcomeOf(request, attempt),
    error_kind: attempt.error?.kind ?? null,
    charged: attempt.charged,
    upstream_request_id: attempt.upstreamRequestId,
    text_in: usage?.textIn ?? null,
    text_in_cached: usage?.textInCached ?? null,
    image_in: usage?.imageIn ?? null,
    image_in_cached: usage?.imageInCached ?? null,
    text_out: usage?.textOut ?? null,
    image_out: usage?.imageOut ?? null,
    partial_images: attempt.partialImages,
    images: attempt.billedImages,
    usage_source: usage?.source ?? null,
    stand_in: attempt.standIn,
    price_row: attempt.priceRow,
    cost_nano_usd: attempt.costNanoUsd,
    list_cost_nano_usd: attempt.listCostNanoUsd,
    created_at: attempt.startedAt,
    booked_at: new Date(),
  };
}

/** An attempt without an error of its own ended as its request did. */
function outcomeOf(request: BookedRequest, attempt: BookedAttempt): Row<'ledger_entries'>['outcome'] {
  if (attempt.error !== null) return 'failed';
  if (attempt.charged === 'yes' || request.status === 'succeeded') return 'succeeded';
  return request.status === 'failed' ? 'failed' : 'interrupted';
}

/** Ids sort by time as those of requests do, and are the same whenever the same attempt is booked. */
function entryId(ownerId: string, index: number): string {
  return `ent_${ownerId.slice(ownerId.indexOf('_') + 1)}_${index}`;
}

/**
 * Books what a process that is gone left running: nobody knows whether it was charged, so its cost is unknown, unless
 * it could not cost anything.
 */
export async function bookInterrupted(
  transaction: Transaction,
  requestIds: readonly string[],
): Promise<void> {
  if (requestIds.length === 0) return;
  const rows = await transaction
    .selectFrom('requests')
    .where('id', 'in', requestIds)
    .select(['id', 'project_id', 'api_key_id', 'held_nano_usd', 'prompt_name', 'tags'])
    .select(['provider', 'engine', 'model_id as modelId', 'created_at as startedAt'])
    .execute();
  for (const row of rows) {
    const attempt: BookedAttempt = {
      number: 1,
      kind: 'image',
      provider: row.provider ?? 'unknown',
      engine: row.engine ?? 'unknown',
      modelId: row.modelId,
      startedAt: row.startedAt,
      error: null,
      charged: 'maybe',
      upstreamRequestId: null,
      usage: null,
      partialImages: 0,
      billedImages: [],
      standIn: false,
      costNanoUsd: row.held_nano_usd === 0 ? 0 : null,
      listCostNanoUsd: null,
      priceRow: null,
    };
    await transaction
      .insertInto('ledger_entries')
      .values(toRow(row, { id: row.id, status: 'interrupted', attempts: [] }, attempt, 0))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}
