import { appendFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClosingRecord, ImageRecord } from './request-record.ts';

/** A record that the database could not take when it was due. */
export type SpilledRecord =
  | { readonly type: 'image'; readonly image: ImageRecord }
  | { readonly type: 'closing'; readonly closing: ClosingRecord };

export type Spill = {
  /** Resolves when the record is on disk. Never waits for a replay. */
  readonly keep: (record: SpilledRecord) => Promise<void>;
  /** Whether records wait for the database. */
  readonly isWaiting: () => boolean;
  /**
   * Hands every record over, in order, and forgets those that were taken. Rejects with what `take` threw at the first
   * record that it did not take; that one and those behind it stay. Not to be called while it runs.
   */
  readonly replay: (take: (record: SpilledRecord) => Promise<void>) => Promise<void>;
  /** Puts a record that no database will ever take where an operator finds it. */
  readonly setAside: (record: SpilledRecord) => Promise<void>;
};

/** The file that holds what a database that is away must still learn: one JSON object a line, in the data folder. */
export function openSpill(dataDir: string): Spill {
  const file = join(dataDir, 'spill', 'records.jsonl');
  let waiting = false;
  // Whatever touches the file takes its turn; a replay holds it only to read and to remove, never while it hands over.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
  const forget = async (count: number): Promise<void> => {
    const rest = (await readLines(file)).slice(count);
    waiting = rest.length > 0;
    await rewrite(file, rest);
  };
  return {
    keep: (record) => {
      waiting = true;
      return inTurn(() => append(file, record));
    },
    isWaiting: () => waiting,
    replay: async (take) => {
      const lines = await inTurn(() => readLines(file));
      let taken = 0;
      try {
        for (const line of lines) {
          const record = parseRecord(line);
          if (record !== null) await take(record);
          taken += 1;
        }
      } finally {
        // Meanwhile lines were only added behind those that were read.
        if (taken > 0) await inTurn(() => forget(taken));
      }
    },
    setAside: (record) => inTurn(() => append(join(dataDir, 'spill', 'refused.jsonl'), record)),
  };
}

/** The line break in front ends a line that a full disk or a kill left unfinished. */
async function append(file: string, record: SpilledRecord): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await appendFile(file, `\n${JSON.stringify(record)}\n`, { mode: 0o600, flush: true });
}

async function readLines(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
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

/** Members of records that are dates. */
const dates: ReadonlySet<string> = new Set(['createdAt', 'finishedAt', 'startedAt']);

/** Null: a line that a killed process left half written. Dates come back as dates. */
function parseRecord(line: string): SpilledRecord | null {
  try {
    return JSON.parse(line, (name: string, value: unknown) =>
      dates.has(name) && typeof value === 'string' ? new Date(value) : value,
    ) as SpilledRecord;
  } catch {
    return null;
  }
}
