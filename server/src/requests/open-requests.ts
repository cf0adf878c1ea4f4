import { isDatabaseUnavailable } from '../database/index.ts';
import { PictorError } from '../foundation/index.ts';
import {
  findRequest,
  type ListedRequest,
  listRequests,
  markInterrupted,
  type Page,
  type RequestsPage,
  writeClosing,
  writeImage,
  writeOpening,
} from './queries.ts';
import type { ClosingRecord, ImageRecord, OpeningRecord } from './request-record.ts';
import type { RequestsDatabase } from './tables.ts';

export type Requests = {
  /** Resolves when the row is committed; only then may an engine be called. Throws `database_unavailable`. */
  readonly open: (opening: OpeningRecord) => Promise<void>;
  /** Resolves when the picture's row is committed. */
  readonly addImage: (image: ImageRecord) => Promise<void>;
  /** Resolves when the row is committed; only then may the last byte of the answer leave. */
  readonly close: (closing: ClosingRecord) => Promise<void>;
  readonly list: (projectId: string, page: Page) => Promise<RequestsPage>;
  readonly find: (projectId: string, id: string) => Promise<ListedRequest | null>;
};

/** Opens the log of requests. Rows that a killed process left running are closed as interrupted first. */
export async function openRequests(parts: RequestsDatabase): Promise<Requests> {
  await markInterrupted(parts.database, new Date());
  const write = async (work: Parameters<typeof parts.writer.write>[0]): Promise<void> => {
    try {
      await parts.writer.write(work);
    } catch (error) {
      throw isDatabaseUnavailable(error) ? databaseUnavailable(error) : error;
    }
  };
  return {
    open: (opening) => write((transaction) => writeOpening(transaction, opening)),
    addImage: (image) => write((transaction) => writeImage(transaction, image)),
    close: (closing) => write((transaction) => writeClosing(transaction, closing)),
    list: (projectId, page) => listRequests(parts.database, projectId, page),
    find: (projectId, id) => findRequest(parts.database, projectId, id),
  };
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
