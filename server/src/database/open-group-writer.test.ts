import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newDataDir, removeDataDirs } from '../../tests/support/start-pictor.ts';
import { type Database, openDatabase } from './open-database.ts';
import { type GroupWriter, openGroupWriter } from './open-group-writer.ts';

let database: Database;
let writer: GroupWriter;

beforeAll(async () => {
  database = await openDatabase({ dataDir: await newDataDir(), fsync: 'off' });
  await sql`create table notes (id integer primary key, xid text default pg_current_xact_id()::text)`.execute(
    database.sql,
  );
});
afterAll(async () => {
  await database.close();
  await removeDataDirs();
});
beforeEach(async () => {
  await sql`delete from notes`.execute(database.sql);
  writer = openGroupWriter(database);
});

const insert = (id: number) => () => [sql`insert into notes (id) values (${id})`];

async function readNotes(): Promise<readonly { id: number; xid: string }[]> {
  return (await sql<{ id: number; xid: string }>`select id, xid from notes order by id`.execute(database.sql))
    .rows;
}

test('what can wait goes along with the next write, in the same transaction', async () => {
  const waits = writer.writeStatements(insert(1), { patienceMs: 20 });
  await Promise.all([waits, writer.writeStatements(insert(2))]);
  const [first, second] = await readNotes();
  expect(first?.xid).toBe(second?.xid);
});

test('what can wait is written even if nothing comes, and when all is to be settled', async () => {
  await writer.writeStatements(insert(1), { patienceMs: 20 });
  const waits = writer.writeStatements(insert(2), { patienceMs: 20 });
  await writer.settle();
  expect((await readNotes()).map(({ id }) => id)).toEqual([1, 2]);
  await waits;
});

test('many that come while a group is written are written too, and one that is refused harms no other', async () => {
  const first = writer.writeStatements(insert(1));
  const others = Array.from({ length: 40 }, (_, index) => writer.writeStatements(insert(index + 2)));
  const twice = writer.writeStatements(insert(7));
  await expect(twice).rejects.toMatchObject({ code: '23505' });
  await Promise.all([first, ...others]);
  expect(await readNotes()).toHaveLength(41);
});
