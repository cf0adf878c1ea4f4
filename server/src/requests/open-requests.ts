import { setTimeout as wait } from 'node:timers/promises';
import {
  cleanText,
  type Database,
  type GroupWriter,
  isDatabaseUnavailable,
  openBatch,
  type Statement,
} from '../database/index.ts';
import { type Log, PictorError } from '../foundation/index.ts';
import { bookInterrupted, bookingStatements } from '../ledger/index.ts';
import { type FirstRequest, findKey, openOnce } from './open-once.ts';
import { openSpill, type Spill, type SpilledRecord } from './open-spill.ts';
import { findOtherCall } from './other-call-queries.ts';
import {
  closingStatements,
  deliveryStatements,
  findRequest,
  findUndelivered,
  forgetUndelivered,
  hasUndelivered,
  imageStatements,
  type ListedRequest,
  listRequests,
  markInterrupted,
  openingStatements,
  type Page,
  type RequestsPage,
  removeOpenings,
  type TwinQuery,
} from './queries.ts';
import type { ClosingRecord, ImageRecord, OpeningRecord } from './request-record.ts';

export type RequestsParts = {
  readonly database: Pick<Database, 'sql'>;
  readonly writer: GroupWriter;
  readonly dataDir: string;
  readonly log: Log;
  /** Who wants to know how requests end. */
  readonly listener?: ClosingListener;
};

export type EndedRequest = { readonly requestId: string; readonly status: ClosingRecord['status'] };

export type ClosingListener = {
  /** What is written in the transaction that closes requests. Maybe asked for twice, for the same ones. */
  readonly toStatements: (ended: readonly EndedRequest[]) => readonly Statement[];
  /** Called behind that transaction, once it is committed. */
  readonly committed: () => void;
};

export type Requests = {
  /**
   * Resolves when the row is committed; only then may an engine be called. Not null: the idempotency key was used
   * before, nothing was written, and the first request is given. Throws `database_unavailable`.
   */
  readonly open: (opening: OpeningRecord) => Promise<FirstRequest | null>;
  /** The request that came first with an idempotency key; null: nobody used it. */
  readonly findFirst: (projectId: string, idempotencyKey: string) => Promise<FirstRequest | null>;
  /** Resolves when the picture's row is committed, or spilled. */
  readonly addImage: (image: ImageRecord) => Promise<void>;
  /** Resolves when the row is committed, or spilled; only then may the last byte of the answer leave. */
  readonly close: (closing: ClosingRecord) => Promise<void>;
  /** Notes that the whole answer reached its caller. Never throws: it matters only after a crash. */
  readonly delivered: (id: string) => void;
  readonly list: (projectId: string, page: Page) => Promise<RequestsPage>;
  readonly find: (projectId: string, id: string) => Promise<ListedRequest | null>;
  /** As `find`; a response or a call that a client told of is found as well. */
  readonly findCall: (projectId: string, id: string) => Promise<ListedRequest | null>;
  /** A request whose answer did not reach its caller because the process before this one died. */
  readonly findUndelivered: (query: TwinQuery) => Promise<ListedRequest | null>;
  /**
   * Waits until the database has what was spilled, for 3 seconds at most. False: nothing was waiting, so what is not
   * found now is not there.
   */
  readonly catchUp: () => Promise<boolean>;
  /** Ends the replaying of spilled records, and resolves once all else is written. */
  readonly stop: () => Promise<void>;
};

/** An answer waits no longer than this for a database that does not take its closing row. */
const spillAfterMs = 1_000;

/** A request for which the database does not answer in this time is refused, while its caller still listens. */
const answerWithinMs = 5_000;

/** A database that was only slow takes what was spilled at once: until then links to new pictures open nothing. */
const replayEveryMs = 200;

/** Mostly the closing row comes right behind the row of a picture, and nobody waits for that one alone. */
const imagePatienceMs = 10;

/** Matters only after a crash. */
const deliveryPatienceMs = 50;

/** Somebody waits for a picture's row no longer than this. */
const catchUpMs = 3_000;
const lookEveryMs = 50;

/** One that did not take it is not asked again before this. */
const restMs = 2_000;

/** Nobody looks for answers that were left longer ago. */
const leftBehindMs = 60 * 60_000;

/**
 * Opens the log of requests. What the last process spilled is written first; rows that it left running are then closed
 * as interrupted. While the database is away, records go to the spill file and are replayed when it is back.
 */
export async function openRequests(parts: RequestsParts): Promise<Requests> {
  const spill = openSpill(parts.dataDir);
  /** Ids of requests that were refused while their opening rows may yet be, or become, committed. */
  const refused = new Set<string>();
  const batches = openBatches(parts);
  const catchUp = async (): Promise<void> => {
    await spill.replay((record) => takeSpilled(parts, batches, spill, record));
    if (refused.size === 0) return;
    const ids = [...refused];
    await parts.writer.write((transaction) => removeOpenings(transaction, ids));
    for (const id of ids) refused.delete(id);
  };
  await catchUp();
  await closeInterrupted(parts);
  // What a process that is gone left behind is known now, and never becomes more: mostly there is nothing to look for.
  const lookedForAfter = new Date(Date.now() - leftBehindMs);
  await forgetUndelivered(parts.database, lookedForAfter);
  const isAnyLeft = await hasUndelivered(parts.database, lookedForAfter);
  const isBehind = (): boolean => spill.isWaiting() || refused.size > 0;
  const timer = repeat(
    async () => {
      if (isBehind()) await catchUp();
    },
    (error) => parts.log.warn({ err: error }, 'spilled records are waiting for the database'),
  );

  const writeOrSpill = async (record: SpilledRecord): Promise<void> => {
    // Known to be away: nobody waits a second time.
    if (spill.isWaiting()) return await spill.keep(record);
    try {
      await within(addRecord(batches, record), spillAfterMs);
    } catch (error) {
      // A write that is only late may still succeed: writing the same record twice changes nothing.
      parts.log.error({ err: error }, 'the database did not take a record in time: it is spilled');
      await spill.keep(record);
    }
  };

  return {
    open: async (opening) => {
      let first: FirstRequest | null = null;
      const { idempotencyKey } = opening;
      const written =
        idempotencyKey === null
          ? batches.openings.add(opening)
          : parts.writer.write(async (transaction) => {
              first = await openOnce(transaction, { ...opening, idempotencyKey });
            });
      try {
        await within(written, answerWithinMs);
      } catch (error) {
        if (!isAway(error)) throw error;
        refused.add(opening.id);
        throw databaseUnavailable(error);
      }
      return first;
    },
    findFirst: (projectId, key) => ask(findKey(parts.database.sql, projectId, cleanText(key))),
    addImage: (image) => writeOrSpill({ type: 'image', image }),
    close: (closing) => writeOrSpill({ type: 'closing', closing }),
    delivered: (id) => {
      batches.deliveries
        .add(id)
        .catch((error: unknown) => parts.log.warn({ err: error }, 'delivery was not noted'));
    },
    list: (projectId, page) => ask(listRequests(parts.database, projectId, page)),
    find: (projectId, id) => ask(findRequest(parts.database, projectId, id)),
    findCall: (projectId, id) =>
      ask((id.startsWith('req_') ? findRequest : findOtherCall)(parts.database, projectId, id)),
    findUndelivered: async (query) => (isAnyLeft ? await ask(findUndelivered(parts.database, query)) : null),
    catchUp: async () => {
      if (!spill.isWaiting()) return false;
      for (let waitedMs = 0; spill.isWaiting() && waitedMs < catchUpMs; waitedMs += lookEveryMs)
        await wait(lookEveryMs);
      return true;
    },
    stop: async () => {
      clearInterval(timer);
      await parts.writer.settle();
    },
  };
}

/** Works again and again until the timer is cleared, never twice at a time. */
function repeat(work: () => Promise<void>, complain: (error: unknown) => void): NodeJS.Timeout {
  let running = false;
  let restsUntilMs = 0;
  return setInterval(() => {
    if (running || Date.now() < restsUntilMs) return;
    running = true;
    work()
      .catch((error: unknown) => {
        restsUntilMs = Date.now() + restMs;
        complain(error);
      })
      .finally(() => {
        running = false;
      });
  }, replayEveryMs).unref();
}

/** A record that the database refuses for good is set aside: those behind it must not wait for it. */
async function takeSpilled(
  parts: RequestsParts,
  batches: Batches,
  spill: Spill,
  record: SpilledRecord,
): Promise<void> {
  try {
    await addRecord(batches, record);
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error;
    parts.log.error({ err: error }, 'the database refuses a spilled record: it is set aside');
    await spill.setAside(record);
  }
}

type Batches = ReturnType<typeof openBatches>;

/** What many requests write at the same time goes into the same statements. */
function openBatches({ writer, listener }: RequestsParts) {
  const closings = openBatch<ClosingRecord>(writer, (ended) => [
    ...closingStatements(ended),
    ...bookingStatements(ended),
    ...(listener?.toStatements(ended.map(toEnded)) ?? []),
  ]);
  return {
    openings: openBatch<OpeningRecord>(writer, openingStatements),
    images: openBatch<ImageRecord>(writer, imageStatements, imagePatienceMs),
    closings: {
      add: async (closing: ClosingRecord): Promise<void> => {
        await closings.add(closing);
        listener?.committed();
      },
    },
    deliveries: openBatch<string>(writer, deliveryStatements, deliveryPatienceMs),
  };
}

function toEnded({ id, status }: ClosingRecord): EndedRequest {
  return { requestId: id, status };
}

/** Resolves when the record is committed, with what the listener notes of it. */
async function addRecord(batches: Batches, record: SpilledRecord): Promise<void> {
  if (record.type === 'image') await batches.images.add(record.image);
  else await batches.closings.add(record.closing);
}

/** Closes what a process that is gone left running. */
async function closeInterrupted({ database, listener }: RequestsParts): Promise<void> {
  await database.sql.transaction().execute(async (transaction) => {
    const ids = await markInterrupted(transaction, new Date());
    await bookInterrupted(transaction, ids);
    if (ids.length === 0) return;
    const ended = ids.map((requestId) => ({ requestId, status: 'interrupted' as const }));
    for (const statement of listener?.toStatements(ended) ?? []) await statement.execute(transaction);
  });
}

class LateError extends Error {
  override readonly name = 'LateError';
}

async function within<T>(work: Promise<T>, waitMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const handle = setTimeout(() => late.reject(new LateError(`no answer within ${waitMs} ms`)), waitMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(handle);
    work.catch(() => undefined);
  }
}

/** What the database says, or `database_unavailable` in time. */
async function ask<T>(answer: Promise<T>): Promise<T> {
  try {
    return await within(answer, answerWithinMs);
  } catch (error) {
    throw isAway(error) ? databaseUnavailable(error) : error;
  }
}

function isAway(error: unknown): boolean {
  return error instanceof LateError || isDatabaseUnavailable(error);
}

function databaseUnavailable(cause: unknown): PictorError {
  return new PictorError({
    code: 'database_unavailable',
    message:
      'The database does not answer, so nothing was sent to an engine and nothing was paid. Try again shortly.',
    retryAfterSeconds: 2,
    cause,
  });
}
