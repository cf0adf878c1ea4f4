import { cp } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Puts a copy of the empty database that was made for all tests into a data folder: making one takes seconds. Nothing is
 * copied where none was made, as in the tools that use this folder's helpers.
 */
export async function copyPreparedDatabase(dataDir: string): Promise<void> {
  const prepared = process.env.PICTOR_TEST_DATABASE;
  if (prepared !== undefined) await cp(prepared, join(dataDir, 'database'), { recursive: true });
}
