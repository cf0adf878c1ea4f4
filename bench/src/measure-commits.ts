import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** What the rows of a request cost, with so many requests at the same time. Medians. */
export type CommitCost = {
  readonly atOnce: number;
  readonly openMs: number;
  readonly closeMs: number;
  readonly perSecond: number;
};

/** Opens and closes requests in a database of its own, in a thread, with nothing else going on. */
export async function measureCommits(dataFolder: string | undefined): Promise<CommitCost[]> {
  const dataDir = mkdtempSync(path.join(dataFolder ?? tmpdir(), 'pictor-commits-'));
  try {
    const worker = new Worker(fileURLToPath(new URL('commit-worker.ts', import.meta.url)), {
      workerData: { dataDir },
    });
    const [costs] = (await once(worker, 'message')) as [CommitCost[]];
    await worker.terminate();
    return costs;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
