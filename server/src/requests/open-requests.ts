import {
  type Database,
  type GroupWriter,
  isDatabaseUnavailable,
  type Transaction,
} from '../database/index.ts';
import { type Log, PictorError } from '../foundation/index.ts';
import { type FirstRequest, openOnce } from './open-once.ts';
import { openSpill, type SpilledRecord } from './open-spill.ts';
import {
  findRequest,
  findUndelivered,
  type ListedRequest,
  listRequests,
  markDelivered,
  markInterrupted,
  type Page,
  type RequestsPage,
  type TwinQuery,
  writeClosing,
  writeImage,
} from './queries.ts';
import type { ClosingRecord, ImageRecord, OpeningRecord } from './request-record.ts';

export type Requests = {
  /**
   * Resolves when the row is committed; only then may an engine be called. Not null: the idempotency key was used
   * before, nothing was written, and the first request is given. Throws `database_unavailable`.
   */
  readonly open: (opening: OpeningRecord) => Promise<FirstRequest | null>;
  /** Resolves when the picture's row is committed, or spilled. */
  readonly addImage: (image: ImageRecord) => Promise<void>;
  /** Resolves when the row is committed, or spilled; only then may the last byte of the answer leave. */
  readonly close: (closing: ClosingRecord) => Promise<void>;
  /** Notes that the whole answer reached its caller. Never throws: it matters only after a crash. */
  readonly delivered: (id: string) => void;
  readonly list: (projectId: string, page: Page) => Promise<RequestsPage>;
  readonly find: (projectId: string, id: string) => Promise<ListedRequest | null>;
  /** A request that ended, and whose answer did not reach its caller because a process died. */
  readonly findUndelivered: (query: TwinQuery) => Promise<ListedRequest | null>;
  /** Ends the replaying of spilled records. */
  readonly stop: () => void;
};

/** An answer waits no longer than this for a database that does not take its closing row. */
const spillAfterMs = 1_000;

const replayEveryMs = 2_000;

/**
 * Opens the log of requests. What the last process spilled is written first; rows that it left running are then closed
 * as interrupted. While the database is away, records go to the spill file and are replayed when it is back.
 */
export async function openRequests(parts: {
  readonly database: Pick<Database, 'sql'>;
  readonly writer: GroupWriter;
  readonly dataDir: string;
  readonly log: Log;
}): Promise<Requests> {
  const spill = openSpill(parts.dataDir);
  const replay = () =>
    spill.replay((record) => parts.writer.write((transaction) => writeSpilled(transaction, record)));
  await replay();
  await markInterrupted(parts.database, new Date());
  const timer = setInterval(() => {
    replay().catch((error: unknown) =>
      parts.log.warn({ err: error }, 'spilled records are waiting for the database'),
    );
  }, replayEveryMs).unref();

  const writeOrSpill = async (record: SpilledRecord): Promise<void> => {
    const written = parts.writer.write((transaction) => writeSpilled(transaction, record));
    try {
      await within(written, spillAfterMs);
    } catch (error) {
      // A write that is only late may still succeed: writing the same record twice changes nothing.
      parts.log.error({ err: error }, 'the database did not take a record in time: it is spilled');
      await spill.keep(record);
    }
  };

  return {
    open: async (opening) => {
      let first: FirstRequest | null = null;
      try {
        await parts.writer.write(async (transaction) => {
          first = await openOnce(transaction, opening);
        });
      } catch (error) {
        throw isDatabaseUnavailable(error) ? databaseUnavailable(error) : error;
      }
      return first;
    },
    addImage: (image) => writeOrSpill({ type: 'image', image }),
    close: (closing) => writeOrSpill({ type: 'closing', closing }),
    delivered: (id) => {
      parts.writer
        .write((transaction) => markDelivered(transaction, id))
        .catch((error: unknown) => parts.log.warn({ err: error }, 'delivery was not noted'));
    },
    list: (projectId, page) => listRequests(parts.database, projectId, page),
    find: (projectId, id) => findRequest(parts.database, projectId, id),
    findUndelivered: (query) => findUndelivered(parts.database, query),
    stop: () => clearInterval(timer),
  };
}

async function writeSpilled(transaction: Transaction, record: SpilledRecord): Promise<void> {
  if (record.type === 'image') await writeImage(transaction, record.image);
  else await writeClosing(transaction, record.closing);
}

async function within(work: Promise<void>, waitMs: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const handle = setTimeout(() => late.reject(new Error(`no answer within ${waitMs} ms`)), waitMs);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(handle);
    work.catch(() => undefined);
  }
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
