import { appendFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClosingRecord, ImageRecord } from './request-record.ts';

/** A record that the database could not take when it was due. */
export type SpilledRecord =
  | { readonly type: 'image'; readonly image: ImageRecord }
  | { readonly type: 'closing'; readonly closing: ClosingRecord };

export type Spill = {
  /** Resolves when the record is on disk. */
  readonly keep: (record: SpilledRecord) => Promise<void>;
  /** Hands every record over, in order, and forgets those that were taken. Stops at the first that is refused. */
  readonly replay: (take: (record: SpilledRecord) => Promise<void>) => Promise<void>;
};

/** The file that holds what a database that is away must still learn: one JSON object a line, in the data folder. */
export function openSpill(dataDir: string): Spill {
  const file = join(dataDir, 'spill', 'records.jsonl');
  // Appending and replaying take turns, so that no record falls between reading and removing.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
  return {
    keep: (record) =>
      inTurn(async () => {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await appendFile(file, `${JSON.stringify(record)}\n`, { mode: 0o600, flush: true });
      }),
    replay: (take) =>
      inTurn(async () => {
        const lines = (await readLines(file)).filter((line) => line !== '');
        let taken = 0;
        try {
          for (const line of lines) {
            const record = parseRecord(line);
            if (record !== null) await take(record);
            taken += 1;
          }
        } finally {
          if (taken > 0) await rewrite(file, lines.slice(taken));
        }
      }),
  };
}

async function readLines(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function rewrite(file: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return await rm(file, { force: true });
  const temporary = `${file}.tmp`;
  await rm(temporary, { force: true });
  await appendFile(temporary, `${lines.join('\n')}\n`, { mode: 0o600, flush: true });
  await rename(temporary, file);
}

/** Null: a line that a killed process left half written. Dates come back as dates. */
function parseRecord(line: string): SpilledRecord | null {
  try {
    return JSON.parse(line, (name: string, value: unknown) =>
      (name === 'createdAt' || name === 'finishedAt') && typeof value === 'string' ? new Date(value) : value,
    ) as SpilledRecord;
  } catch {
    return null;
  }
}
