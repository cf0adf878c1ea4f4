import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseError } from '../database-error.ts';

/**
 * Makes sure that no second process opens the same data folder: two engines on the same files destroy them. A lock
 * whose process is gone (killed, or the machine restarted) is taken over. Returns what releases it.
 */
export async function lockFolder(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'database.lock');
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      await writeFile(file, `${process.pid}\n`, { flag: 'wx' });
      return async () => await rm(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const owner = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
    if (await isPictor(owner)) throw inUse(dataDir, owner);
    await rm(file, { force: true });
  }
  throw inUse(dataDir, Number.NaN);
}

/** True when the process lives. Our own id counts as gone: an earlier container had the same number. */
async function isPictor(processId: number): Promise<boolean> {
  if (!Number.isInteger(processId) || processId <= 0 || processId === process.pid) return false;
  try {
    process.kill(processId, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  // Numbers are used again: where the system can tell, a living process that is no Node is not the owner.
  const command = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => 'main.ts');
  return command.includes('main.ts') || command.includes('node');
}

function inUse(dataDir: string, owner: number): DatabaseError {
  const who = Number.isNaN(owner) ? 'Another process' : `Another Pictor (process ${owner})`;
  return new DatabaseError(
    `${who} uses the data folder ${dataDir}. Stop it, or set PICTOR_DATA_DIR to another folder.`,
    69,
  );
}
