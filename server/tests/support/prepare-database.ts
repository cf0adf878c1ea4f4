import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/database/index.ts';

/**
 * Makes an empty database once for all tests. Every server of theirs starts on a copy of it: making one takes a new
 * server most of its first seconds.
 */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'pictor-prepared-'));
  const database = await openDatabase({ dataDir: folder, fsync: 'off' });
  await database.close();
  process.env.PICTOR_TEST_DATABASE = join(folder, 'database');
  return async () => {
    await rm(folder, { recursive: true, force: true });
  };
}
