import { PictorError } from '../foundation/index.ts';
import { isDatabaseUnavailable, readErrorCode } from './database-error.ts';

/**
 * A database that is away, and a row whose project is, as an error that can be answered; null: the error tells of
 * something else.
 */
export function explainDatabase(error: unknown): PictorError | null {
  if (isOwnerGone(error)) {
    return new PictorError({
      code: 'not_found',
      message: 'The project of this request was deleted while the request was read. Nothing was begun.',
      param: 'project',
      retrySafe: false,
      cause: error,
    });
  }
  if (!isDatabaseUnavailable(error)) return null;
  return new PictorError({
    code: 'database_unavailable',
    message: 'The database does not answer. Try again shortly.',
    retryAfterSeconds: 2,
    cause: error,
  });
}

/** A key is checked before a body is read, and its project may go meanwhile: then no row can name it any more. */
function isOwnerGone(error: unknown): boolean {
  if (readErrorCode(error) !== '23503') return false;
  const constraint = error instanceof Error && 'constraint' in error ? String(error.constraint) : '';
  return /_(?:project_id|api_key_id)_fkey$/.test(constraint);
}

/** What the query gives, with its errors explained. */
export async function askDatabase<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw explainDatabase(error) ?? error;
  }
}
