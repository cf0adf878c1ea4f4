import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError, databaseExitCodes, readErrorCode } from '../database-error.ts';

/** A holder shows this often that it lives, by the lock file's time of change. */
const beatEveryMs = 2_000;
/** A holder on another machine or in another container is believed dead after so long without a sign. */
const silenceMs = 10_000;
const claimWaitMs = 100;
const attempts = 5;

type Holder = {
  readonly token: string;
  readonly pid: number;
  /** Where the pid means something: host and pid namespace. Another container has another. */
  readonly place: string;
  /** When the process began, by the system's own count, as pids are used again; '' where unknown. */
  readonly began: string;
};

type Lock = {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  /** Undefined where the text makes no sense. */
  readonly holder: Holder | undefined;
};

/** Locks of this very process, which no look at pids can tell from those of a predecessor. */
const heldTokens = new Set<string>();

/**
 * Makes this process the only one that works on the folder, by a lock file that survives its holder but
 * does not outlive it: a dead holder's lock is taken over. Gives the function that lets go.
 * Throws a DatabaseError when a living process holds the folder.
 */
export async function lockFolder(dataDir: string): Promise<() => Promise<void>> {
  const path = join(dataDir, 'database.lock');
  const own: Holder = {
    token: randomUUID(),
    pid: process.pid,
    place: describePlace(),
    began: readBeginning(process.pid),
  };
  // Before the file is there, so that nobody in this process finds a lock that seems to be nobody's.
  heldTokens.add(own.token);
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (await createLock(path, own)) return keepLock(path, own.token);
      const lock = await readLock(path);
      if (lock === undefined) continue;
      if (await lives(path, lock)) throw heldError(dataDir, path, lock.holder);
      await removeDeadLock(path, lock);
    }
    throw heldError(dataDir, path, undefined);
  } catch (error) {
    heldTokens.delete(own.token);
    throw error;
  }
}

async function createLock(path: string, own: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (readErrorCode(error) === 'EEXIST') return false;
    throw new DatabaseError(
      databaseExitCodes.unavailable,
      `The data folder cannot be written to: ${error instanceof Error ? error.message : error}`,
      error,
    );
  }
}

function keepLock(path: string, token: string): () => Promise<void> {
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, beatEveryMs);
  beat.unref();
  return async () => {
    clearInterval(beat);
    heldTokens.delete(token);
    if ((await readLock(path))?.holder?.token === token) await rm(path, { force: true });
  };
}

async function lives(path: string, lock: Lock): Promise<boolean> {
  const { holder } = lock;
  // A file without sense is one whose writer is just at it, or died at it: only time can tell.
  if (holder === undefined || holder.place !== describePlace()) return await showsLife(path, lock.changedAt);
  if (holder.pid === process.pid) return heldTokens.has(holder.token);
  if (!processExists(holder.pid)) return false;
  return holder.began === readBeginning(holder.pid);
}

/** Whether the file's time of change moves on, where it is recent enough to belong to someone living. */
async function showsLife(path: string, changedAt: number): Promise<boolean> {
  if (Date.now() - changedAt > silenceMs) return false;
  for (let waitedMs = 0; waitedMs < silenceMs; waitedMs += beatEveryMs / 4) {
    await sleep(beatEveryMs / 4);
    const now = await readLock(path);
    if (now?.changedAt !== changedAt) return now !== undefined;
  }
  return false;
}

/**
 * Several starters may find the same dead lock, and the slower must not remove the quicker one's new lock. So
 * whoever removes it first makes a file named after that very lock, and looks again while holding it.
 */
async function removeDeadLock(path: string, dead: Lock): Promise<void> {
  const claim = `${path}.${createHash('sha256').update(dead.text).digest('hex').slice(0, 16)}`;
  try {
    await writeFile(claim, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (readErrorCode(error) !== 'EEXIST') throw error;
    await waitForClaim(claim);
    return;
  }
  const now = await readLock(path);
  if (now?.text === dead.text && now.changedAt === dead.changedAt) await rm(path, { force: true });
  await rm(claim, { force: true });
}

/** Another starter is at it. One that died at it, in an instant between two steps, holds up nobody for long. */
async function waitForClaim(claim: string): Promise<void> {
  await sleep(claimWaitMs);
  const made = await stat(claim).catch(() => undefined);
  if (made !== undefined && Date.now() - made.mtimeMs > silenceMs) await rm(claim, { force: true });
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return readErrorCode(error) === 'EPERM';
  }
}

/** Clock ticks from boot to the process's start: the 20th field after the name, on Linux. */
function readBeginning(pid: number): string {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`;
  } catch {
    return '';
  }
}

function describePlace(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** Undefined: there is no lock. */
async function readLock(path: string): Promise<Lock | undefined> {
  try {
    const [text, { mtimeMs }] = [await readFile(path, 'utf8'), await stat(path)];
    return { text, changedAt: mtimeMs, holder: parseHolder(text) };
  } catch (error) {
    if (readErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { token, pid, place, began } = value as Record<string, unknown>;
    if (typeof token !== 'string' || typeof pid !== 'number') return undefined;
    if (typeof place !== 'string' || typeof began !== 'string') return undefined;
    return { token, pid, place, began };
  } catch {
    return undefined;
  }
}

function heldError(dataDir: string, path: string, holder: Holder | undefined): DatabaseError {
  const who = holder === undefined ? 'another process' : `process ${holder.pid}`;
  return new DatabaseError(
    databaseExitCodes.unavailable,
    `The data folder ${dataDir} is in use by another Pictor (${who}, see ${path}). Stop it first, or set PICTOR_DATA_DIR to another folder.`,
  );
}
