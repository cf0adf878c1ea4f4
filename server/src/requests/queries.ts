import { sql } from 'kysely';
import type { AttemptFacts, Database, Statement, Tables, Transaction } from '../database/index.ts';
import type { JobKind } from '../models/index.ts';
import { findNotes, findReplays, type Note } from './note-queries.ts';
import type { AttemptRecord, ClosingRecord, ImageRecord, OpeningRecord } from './request-record.ts';
import { selectMade } from './response-picture-queries.ts';
import { answeredFacts, askedFacts } from './search-facts.ts';
import { type RequestRow, requestColumns } from './tables.ts';
import { withoutBytes } from './without-bytes.ts';

type Reader = Pick<Database, 'sql'>;

export type Page = {
  readonly limit: number;
  /** Id of the last row of the page before. */
  readonly after?: string;
  readonly kind?: JobKind;
};

/** Rows of requests that begin, with the pictures that go into them. */
export function openingStatements(openings: readonly OpeningRecord[]): Statement[] {
  const rows = openings.map(toOpeningRow);
  const undelivered = openings.map(({ id, fingerprint }) => ({ request_id: id, fingerprint }));
  return [
    insertRows('requests', rows),
    insertRows('undelivered_requests', undelivered),
    ...imageStatements(openings.flatMap((opening) => opening.inputs)),
  ];
}

export function imageStatements(images: readonly ImageRecord[]): Statement[] {
  if (images.length === 0) return [];
  return [sql`${insertRows('images', images.map(toImageRow))} on conflict (id) do nothing`];
}

/**
 * One statement for any number of rows: they travel as JSON, which the database reads as rows of the table. As single
 * parameters they take several times as long.
 */
function insertRows(table: keyof Tables, rows: readonly Readonly<Record<string, unknown>>[]): Statement {
  const columns = Object.keys(rows[0] ?? {})
    .map((column) => `"${column}"`)
    .join(', ');
  // Written as text: so it need not be put together from its parts with every call.
  const insert = `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, `;
  return sql`${sql.raw(insert)}${sql.val(rows)}::json)`;
}

function toOpeningRow(opening: OpeningRecord) {
  return {
    id: opening.id,
    project_id: opening.projectId,
    api_key_id: opening.keyId,
    kind: opening.kind,
    route: opening.route,
    status: 'running' as const,
    model: opening.model,
    model_id: opening.modelId,
    provider: opening.provider,
    engine: opening.engine,
    prompt: opening.prompt,
    parameters: opening.parameters,
    adjustments: opening.adjustments,
    warnings: opening.warnings,
    end_user: opening.endUser,
    fingerprint: opening.fingerprint,
    held_nano_usd: opening.holdNanoUsd,
    tags: opening.tags,
    ...toPromptColumns(opening.savedPrompt),
    parent_id: opening.parentId,
    replay_of: opening.replayOf ?? null,
    ...askedFacts(opening),
    created_at: opening.createdAt,
  };
}

/** Pictures in variables are named by address, or are left out: rows hold no bytes. */
function toPromptColumns(prompt: OpeningRecord['savedPrompt']) {
  return {
    prompt_id: prompt?.id ?? null,
    prompt_name: prompt?.name ?? null,
    prompt_version: prompt?.version ?? null,
    prompt_label: prompt?.label ?? null,
    prompt_variables: prompt === null ? null : withoutBytes(prompt.variables),
  };
}

/** Takes back requests that were never begun, with their idempotency keys. Those that are not there are no matter. */
export async function removeOpenings(transaction: Transaction, ids: readonly string[]): Promise<void> {
  await transaction.deleteFrom('idempotency_keys').where('request_id', 'in', ids).execute();
  await transaction.deleteFrom('undelivered_requests').where('request_id', 'in', ids).execute();
  await transaction.deleteFrom('images').where('request_id', 'in', ids).execute();
  await transaction.deleteFrom('requests').where('id', 'in', ids).execute();
}

/** Ends requests, all with one statement: their rows travel as JSON, which the database reads as rows of its table. */
export function closingStatements(closings: readonly ClosingRecord[]): Statement[] {
  const end = sql`${sql.raw(updateEnded)}${sql.val(closings.map(toClosingRow))}::json) as ended
    where requests.id = ended.id`;
  const released = closings.filter((closing) => closing.releaseKey).map((closing) => closing.id);
  if (released.length === 0) return [end];
  return [end, sql`delete from idempotency_keys where request_id in ${idsIn(released)}`];
}

const closingColumns = [
  'status',
  'model_id',
  'provider',
  'engine',
  'adjustments',
  'attempts',
  'answer',
  'usage',
  'cost_nano_usd',
  'list_cost_nano_usd',
  'price_row',
  'error',
  'upstream_request_id',
  'upstream_headers',
  'warnings',
  'finished_at',
  'duration_ms',
  'input_tokens',
  'output_tokens',
  'output_text',
] as const satisfies readonly (keyof Tables['requests'])[];

const madeColumns = [
  'size',
  'quality',
  'format',
  'image_count',
] as const satisfies readonly (keyof Tables['requests'])[];

const updateEnded = `update requests set ${[
  ...closingColumns.map((column) => `${column} = ended.${column}`),
  // Where no picture came, what was asked stays.
  ...madeColumns.map((column) => `${column} = coalesce(ended.${column}, requests.${column})`),
].join(', ')} from json_populate_recordset(null::requests, `;

type ClosingColumn = (typeof closingColumns)[number] | (typeof madeColumns)[number] | 'id';

function toClosingRow(closing: ClosingRecord): Record<ClosingColumn, unknown> {
  return {
    id: closing.id,
    status: closing.status,
    model_id: closing.modelId,
    provider: closing.provider,
    engine: closing.engine,
    adjustments: closing.adjustments,
    attempts: closing.attempts.map(toAttemptFacts),
    answer: closing.answer,
    usage: closing.usage,
    cost_nano_usd: closing.costNanoUsd,
    list_cost_nano_usd: closing.listCostNanoUsd,
    price_row: closing.priceRow,
    error: closing.error,
    upstream_request_id: closing.upstreamRequestId,
    upstream_headers: closing.upstreamHeaders,
    warnings: closing.warnings,
    finished_at: closing.finishedAt,
    duration_ms: closing.durationMs,
    ...answeredFacts(closing),
  };
}

export function deliveryStatements(ids: readonly string[]): Statement[] {
  return [sql`delete from undelivered_requests where request_id in ${idsIn(ids)}`];
}

/** As one value, so that the statement is the same for any number of them, and stays prepared. */
function idsIn(ids: readonly string[]) {
  return sql`(select json_array_elements_text(${sql.val(ids)}::json))`;
}

/** Is there any request that ended since, and whose answer did not reach its caller? */
export async function hasUndelivered(reader: Reader, endedAfter: Date): Promise<boolean> {
  const found = await selectUndelivered(reader, endedAfter).limit(1).executeTakeFirst();
  return found !== undefined;
}

/** Forgets answers that nobody looks for any more. */
export async function forgetUndelivered(reader: Reader, endedBefore: Date): Promise<void> {
  await reader.sql
    .deleteFrom('undelivered_requests')
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('requests')
            .whereRef('requests.id', '=', 'undelivered_requests.request_id')
            .where((is) => is.or([is('finished_at', 'is', null), is('finished_at', '>', endedBefore)]))
            .select('requests.id'),
        ),
      ),
    )
    .execute();
}

/** Looks for an equal request of the same caller that ended without reaching it. */
export type TwinQuery = {
  readonly projectId: string;
  readonly keyId: string;
  readonly fingerprint: string;
  readonly endedAfter: Date;
  /** Ids of requests that were taken up already. */
  readonly except: readonly string[];
};

/**
 * An interrupted request counts as well: it may have been charged, so its caller's retry hears of it instead of paying
 * again unasked. Those that failed do not: their callers may try again.
 */
export async function findUndelivered(reader: Reader, query: TwinQuery): Promise<ListedRequest | null> {
  let undelivered = selectUndelivered(reader, query.endedAfter)
    .where('undelivered_requests.fingerprint', '=', query.fingerprint)
    .where('project_id', '=', query.projectId)
    .where('api_key_id', '=', query.keyId);
  if (query.except.length > 0) undelivered = undelivered.where('requests.id', 'not in', query.except);
  // Pictures before news of an interruption: 'succeeded' sorts behind 'interrupted'.
  const found = await undelivered
    .orderBy('status', 'desc')
    .orderBy('requests.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found === undefined ? null : await findRequest(reader, query.projectId, found.id);
}

function selectUndelivered(reader: Reader, endedAfter: Date) {
  return reader.sql
    .selectFrom('undelivered_requests')
    .innerJoin('requests', 'requests.id', 'undelivered_requests.request_id')
    .where('status', 'in', ['succeeded', 'interrupted'])
    .where('finished_at', '>', endedAfter)
    .select('requests.id');
}

/** Closes what a process that is gone left running, and gives the ids. Its pictures, as far as they came, stay. */
export async function markInterrupted(transaction: Transaction, now: Date): Promise<string[]> {
  const error = {
    code: 'interrupted',
    type: 'server_error',
    param: null,
    message:
      'Pictor was stopped while this request ran. Whether its engine finished and charged is not known.',
  };
  const rows = await transaction
    .updateTable('requests')
    .set((expression) => ({
      status: 'interrupted',
      error: JSON.stringify(error),
      finished_at: now,
      // What could not cost anything did not.
      cost_nano_usd: expression.case().when('held_nano_usd', '=', 0).then(0).else(null).end(),
    }))
    .where('status', '=', 'running')
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

export type ListedRequest = RequestRow & {
  /** Null: nobody noted anything. */
  readonly note: Note | null;
  /** Requests that it was sent again as. */
  readonly replays: readonly string[];
  readonly images: readonly ListedImage[];
};
export type ListedImage = Awaited<ReturnType<typeof selectImages>>[number];
export type RequestsPage = { readonly data: readonly ListedRequest[]; readonly hasMore: boolean };

/** Newest first. Ids sort by time, so the id of the last row is the cursor and new rows never shift a page. */
export async function listRequests(reader: Reader, projectId: string, page: Page): Promise<RequestsPage> {
  const rows = await selectRequests(reader, projectId, {
    limit: page.limit + 1,
    after: page.after,
    kind: page.kind,
  });
  const shown = rows.slice(0, page.limit);
  return { data: await withDetails(reader, projectId, shown), hasMore: rows.length > page.limit };
}

export async function findRequest(
  reader: Reader,
  projectId: string,
  id: string,
): Promise<ListedRequest | null> {
  const rows = await selectRequests(reader, projectId, { limit: 1, id });
  const [found] = await withDetails(reader, projectId, rows);
  return found ?? null;
}

async function selectRequests(
  reader: Reader,
  projectId: string,
  wanted: { limit: number; after?: string | undefined; kind?: JobKind | undefined; id?: string },
) {
  let query = reader.sql.selectFrom('requests').select(requestColumns).where('project_id', '=', projectId);
  if (wanted.id !== undefined) query = query.where('id', '=', wanted.id);
  if (wanted.after !== undefined) query = query.where('id', '<', wanted.after);
  if (wanted.kind !== undefined) query = query.where('kind', '=', wanted.kind);
  return await query.orderBy('id', 'desc').limit(wanted.limit).execute();
}

async function selectImages(reader: Reader, projectId: string, requestIds: readonly string[]) {
  return await reader.sql
    .selectFrom('images')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('request_id', 'in', requestIds)
    .orderBy('role')
    .orderBy('position')
    .execute();
}

/** The rows with their pictures, with what was noted of them, and with what they were sent again as. */
export async function withDetails(
  reader: Reader,
  projectId: string,
  rows: readonly RequestRow[],
): Promise<ListedRequest[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const images = await selectImages(reader, projectId, ids);
  const made = await selectMade(
    reader,
    projectId,
    ids.filter((id) => id.startsWith('resp_')),
  );
  const notes = await findNotes(reader, projectId, ids);
  const replays = await findReplays(reader, projectId, ids);
  return rows.map((row) => ({
    ...row,
    images: [
      ...images.filter((image) => image.request_id === row.id),
      ...made.filter((image) => image.response_id === row.id),
    ],
    note: notes.get(row.id) ?? null,
    replays: replays.filter((replay) => replay.replay_of === row.id).map((replay) => replay.id),
  }));
}

function toImageRow(image: ImageRecord) {
  return {
    id: image.id,
    project_id: image.projectId,
    request_id: image.requestId,
    role: image.role,
    position: image.position,
    hash: image.hash,
    media_type: image.mediaType,
    byte_count: image.byteCount,
    width: image.width,
    height: image.height,
    revised_prompt: image.revisedPrompt,
    applied: image.applied,
    replay: image.replay,
    created_at: image.createdAt,
  };
}

/** What the request's own row keeps of its calls; the money of each is in the ledger. */
function toAttemptFacts(attempt: AttemptRecord): AttemptFacts {
  const { error } = attempt;
  return {
    number: attempt.number,
    kind: attempt.kind,
    engine: attempt.engine,
    model: attempt.modelId,
    // A record that waited in a file has its dates as text.
    started_at: Math.floor(new Date(attempt.startedAt).getTime() / 1000),
    duration_ms: attempt.durationMs,
    charged: attempt.charged,
    images: attempt.imageCount,
    upstream_request_id: attempt.upstreamRequestId,
    cost_nano_usd: attempt.costNanoUsd,
    error:
      error === null
        ? null
        : {
            kind: error.kind,
            message: error.message,
            upstream_status: error.upstreamStatus,
            upstream_code: error.upstreamCode,
            retry_after_ms: error.retryAfterMs ?? null,
          },
  };
}
