import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dialect } from 'kysely';
import { DatabaseError, databaseExitCodes } from '../database-error.ts';
import { embeddedDialect } from './dialect.ts';
import { lockFolder } from './lock-folder.ts';
import { type EngineWorker, openWorker } from './open-worker.ts';

export type EmbeddedEngine = {
  readonly dialect: Dialect;
  /** Ends the engine and lets go of the data folder. */
  close(): Promise<void>;
};

/** Opens the embedded engine in `dataDir`, for this process alone. Throws a DatabaseError. */
export async function openEmbedded(dataDir: string, fsync: boolean): Promise<EmbeddedEngine> {
  const letGo = await makeFolder(dataDir).then(() => lockFolder(dataDir));
  let worker: EngineWorker;
  try {
    worker = await openWorker({ folder: join(dataDir, 'database'), fsync });
  } catch (error) {
    await letGo();
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatabaseError(
      databaseExitCodes.unavailable,
      `The database in ${dataDir} could not be opened. ${reason}`,
      error,
    );
  }
  return {
    dialect: embeddedDialect(worker),
    close: async () => {
      try {
        await worker.close();
      } finally {
        await letGo();
      }
    },
  };
}

async function makeFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new DatabaseError(
      databaseExitCodes.unavailable,
      `The data folder ${dataDir} could not be made: ${error instanceof Error ? error.message : error}`,
      error,
    );
  }
}
