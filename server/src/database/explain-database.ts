import { PictorError } from '../foundation/index.ts';
import { isDatabaseUnavailable } from './database-error.ts';

/** A database that is away, as an error that can be answered; null: the error tells of something else. */
export function explainDatabase(error: unknown): PictorError | null {
  if (!isDatabaseUnavailable(error)) return null;
  return new PictorError({
    code: 'database_unavailable',
    message: 'The database does not answer. Try again shortly.',
    retryAfterSeconds: 2,
    cause: error,
  });
}

/** What the query gives, with its errors explained. */
export async function askDatabase<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw explainDatabase(error) ?? error;
  }
}
