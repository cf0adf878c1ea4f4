import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyPreparedDatabase } from '../../tests/support/copy-prepared-database.ts';
import { type Postgres, startPostgres } from '../../tests/support/start-postgres.ts';
import { type Database, openDatabase } from '../database/index.ts';
import { type Jobs, openJobs } from './open-jobs.ts';

const log = pino({ level: 'silent' });

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
});

describe.each(['embedded', 'server'] as const)('jobs on the %s engine', (engine) => {
  let folder: string;
  let database: Database;
  const opened: Jobs[] = [];
  const open = (): Jobs => {
    const jobs = openJobs({ database, log });
    opened.push(jobs);
    return jobs;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pictor-jobs-'));
    await copyPreparedDatabase(folder);
    database = await openDatabase({
      dataDir: folder,
      databaseUrl: engine === 'server' ? postgres.url : undefined,
    });
  });
  afterAll(async () => {
    for (const jobs of opened) await jobs.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('are done once for each key, as they were sent, and not before they are due', async () => {
    const jobs = open();
    const done: unknown[] = [];
    await jobs.work('once', async (data) => void done.push({ data, at: Date.now() }));
    const startAfter = new Date(Date.now() + 400);
    await jobs.send('once', { data: { text: `it's "one" \\ {}`, list: [1, null, '☂'] }, key: 'a' });
    await jobs.send('once', { data: { text: 'again' }, key: 'a' });
    await jobs.send('once', { data: { text: 'later' }, key: 'b', startAfter });
    await expect.poll(() => done.length, { timeout: 25_000 }).toBe(2);
    expect(done).toMatchObject([
      { data: { text: `it's "one" \\ {}`, list: [1, null, '☂'] } },
      { data: { text: 'later' } },
    ]);
    expect((done[1] as { at: number }).at).toBeGreaterThanOrEqual(startAfter.getTime());
  });

  test('are done again when their handler rejects, without their neighbours', async () => {
    const jobs = open();
    const done: unknown[] = [];
    await jobs.work('again', async (data) => {
      done.push((data as { n: number }).n);
      if (done.filter((n) => n === 2).length === 1 && done.at(-1) === 2) throw new Error('not yet');
    });
    for (const n of [1, 2, 3]) await jobs.send('again', { data: { n } });
    await expect.poll(() => done.length, { timeout: 25_000 }).toBe(4);
    expect(done.at(-1)).toBe(2);
  });

  test('wait for a worker, also for one of a later start, and go on where a stop cut them', async () => {
    const first = open();
    await first.send('kept', { data: { n: 1 } });
    const begun = Promise.withResolvers<void>();
    await first.work('kept', async (_data, signal) => {
      begun.resolve();
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    await begun.promise;
    await first.close();
    await expect(first.send('kept', { data: {} })).rejects.toThrow('stopping');
    const second = open();
    const done: unknown[] = [];
    await second.work('kept', async (data) => void done.push(data));
    await expect.poll(() => done, { timeout: 25_000 }).toEqual([{ n: 1 }]);
  });
});
