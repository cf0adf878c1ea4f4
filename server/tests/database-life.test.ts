import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import {
  DatabaseError,
  isDatabaseUnavailable,
  openDatabase,
  openGroupWriter,
} from '../src/database/index.ts';
import { copyPreparedDatabase } from './support/copy-prepared-database.ts';
import { startPostgres } from './support/start-postgres.ts';

const writerFile = fileURLToPath(new URL('./support/write-until-killed.ts', import.meta.url));
const folders: string[] = [];

async function newEmptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pictor-database-'));
  folders.push(folder);
  return folder;
}

/** With a database that is made already. */
async function newFolder(): Promise<string> {
  const folder = await newEmptyFolder();
  await copyPreparedDatabase(folder);
  return folder;
}

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 3 })));
});

type Writer = { readonly child: ChildProcess; readonly lines: () => string[] };

/** Starts the writing process and waits until it has printed so many lines. */
async function startWriter(dataDir: string, lineCount: number): Promise<Writer> {
  const child = spawn(process.execPath, [writerFile, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  const enough = Promise.withResolvers<void>();
  const lines = () => text.split('\n').slice(0, -1);
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (lines().length >= lineCount) enough.resolve();
  });
  child.once('exit', () => enough.reject(new Error('The writer ended early.')));
  await enough.promise;
  return { child, lines };
}

async function kill(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

async function readProjects(dataDir: string): Promise<Set<string>> {
  const database = await openDatabase({ dataDir });
  const rows = await database.sql.selectFrom('projects').select('id').execute();
  await database.close();
  return new Set(rows.map((row) => row.id));
}

describe('kill -9', () => {
  test('loses no row that was acknowledged, and does not block the next start', async () => {
    const dataDir = await newFolder();
    for (const lineCount of [200, 1]) {
      const { child, lines } = await startWriter(dataDir, lineCount);
      await kill(child);
      const found = await readProjects(dataDir);
      const acknowledged = lines().filter((line) => line !== 'ready');
      expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
      if (lineCount === 200) expect(acknowledged.length).toBeGreaterThanOrEqual(199);
      // The same ids are written again by the next round.
      const database = await openDatabase({ dataDir });
      await database.sql.deleteFrom('projects').where('id', '!=', 'proj_default').execute();
      await database.close();
    }
  });

  test('during the very first start leaves nothing that hinders the second', async () => {
    const dataDir = await newEmptyFolder();
    const child = spawn(process.execPath, [writerFile, dataDir], { stdio: 'ignore' });
    await expect
      .poll(async () => (await readdir(dataDir)).join(), { timeout: 20_000 })
      .toContain('database.new');
    await kill(child);
    expect(await readdir(dataDir)).toContain('database.lock');
    expect(await readProjects(dataDir)).toEqual(new Set(['proj_default']));
    expect(await readdir(dataDir)).toEqual(['database']);
  });
});

describe('the folder of the embedded database', () => {
  test('is closed to other users, in a data folder that is open to them and when it was made open', async () => {
    const dataDir = await newEmptyFolder();
    await chmod(dataDir, 0o755);
    const folder = join(dataDir, 'database');
    const openAndClose = async () => (await openDatabase({ dataDir })).close();
    await openAndClose();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await chmod(folder, 0o755);
    await openAndClose();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });
});

describe('the lock on the data folder', () => {
  test('keeps a second process out, by a sentence that names the first', async () => {
    const dataDir = await newFolder();
    const { child } = await startWriter(dataDir, 1);
    const refused = await openDatabase({ dataDir }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DatabaseError);
    expect(refused).toMatchObject({
      exitCode: 69,
      message: expect.stringContaining(`in use by another Pictor (process ${child.pid}`),
    });
    await kill(child);
    expect(await readProjects(dataDir)).toContain('proj_default');
  });

  test('keeps the same process from opening the folder twice', async () => {
    const dataDir = await newFolder();
    const database = await openDatabase({ dataDir });
    const refused = await openDatabase({ dataDir }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ exitCode: 69 });
    await database.ping();
    await database.close();
    expect(await readProjects(dataDir)).toContain('proj_default');
  });

  test('is taken over when its pid belongs to a different process by now', async () => {
    const dataDir = await newFolder();
    const { child } = await startWriter(dataDir, 1);
    const lock = JSON.parse(await readFile(join(dataDir, 'database.lock'), 'utf8'));
    await kill(child);
    for (const pid of [process.pid, process.ppid]) {
      await writeFile(join(dataDir, 'database.lock'), JSON.stringify({ ...lock, pid }));
      expect(await readProjects(dataDir)).toContain('proj_default');
    }
  });

  test('goes to exactly one of several that find it left behind', async () => {
    const dataDir = await newFolder();
    const { child } = await startWriter(dataDir, 1);
    await kill(child);
    const starts = await Promise.allSettled([1, 2, 3, 4].map(() => openDatabase({ dataDir })));
    const opened = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    expect(opened).toHaveLength(1);
    await opened[0]?.close();
    expect(await readdir(dataDir)).toEqual(['database']);
  });

  test('is respected where its holder lives in another container', async () => {
    const dataDir = await newFolder();
    const { child } = await startWriter(dataDir, 1);
    const path = join(dataDir, 'database.lock');
    const lock = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...lock, place: 'elsewhere', pid: 2 ** 22 - 1 }));
    const refused = await openDatabase({ dataDir }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ exitCode: 69 });
    await kill(child);
    const minuteAgo = new Date(Date.now() - 60_000);
    await utimes(path, minuteAgo, minuteAgo);
    expect(await readProjects(dataDir)).toContain('proj_default');
  });
});

describe('a database that cannot be opened', () => {
  test('says so and lets go of the folder', async () => {
    const dataDir = await newEmptyFolder();
    await mkdir(join(dataDir, 'database'));
    await writeFile(join(dataDir, 'database', 'PG_VERSION'), '18\n');
    const failed = await openDatabase({ dataDir }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(DatabaseError);
    expect(failed).toMatchObject({ exitCode: 69, message: expect.stringContaining(dataDir) });
    expect(await readdir(dataDir)).toEqual(['database']);
  });

  test('says so where the data folder is a file', async () => {
    const dataDir = join(await newEmptyFolder(), 'file');
    await writeFile(dataDir, '');
    const failed = await openDatabase({ dataDir }).catch((error: unknown) => error);
    expect(failed).toMatchObject({ name: 'DatabaseError', exitCode: 69 });
  });
});

describe('a database that goes away', () => {
  test('is recognised after close, by statements and by grouped writes', async () => {
    const database = await openDatabase({ dataDir: await newFolder() });
    const writer = openGroupWriter(database);
    await database.close();
    const late = await database.ping().catch((error: unknown) => error);
    expect(isDatabaseUnavailable(late)).toBe(true);
    const writes = await Promise.allSettled([1, 2, 3].map(() => writer.write(async () => {})));
    expect(writes.map((write) => write.status === 'rejected' && isDatabaseUnavailable(write.reason))).toEqual(
      [true, true, true],
    );
  });

  test('breaks a transaction in its middle without ending the process, and comes back', async () => {
    const postgres = await startPostgres();
    const database = await openDatabase({ dataDir: '/nonexistent', databaseUrl: postgres.url });
    const cut = await database.sql
      .transaction()
      .execute(async (transaction) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
        await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database.sql);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await sql`select 1`.execute(transaction);
      })
      .catch((error: unknown) => error);
    expect(isDatabaseUnavailable(cut)).toBe(true);
    await database.ping();

    await postgres.stop();
    const gone = await database.ping().catch((error: unknown) => error);
    expect(isDatabaseUnavailable(gone)).toBe(true);
    const write = openGroupWriter(database).write(async (transaction) => {
      await sql`select 1`.execute(transaction);
    });
    expect(isDatabaseUnavailable(await write.catch((error: unknown) => error))).toBe(true);
    await database.close();
  });

  test('is not what a broken statement is', async () => {
    const database = await openDatabase({ dataDir: await newFolder() });
    const error = await sql`select 1 / 0`.execute(database.sql).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: '22012' });
    expect(isDatabaseUnavailable(error)).toBe(false);
    await database.close();
  });
});
