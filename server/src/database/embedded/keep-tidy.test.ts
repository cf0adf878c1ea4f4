import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHousekeeper } from './keep-tidy.ts';

let engine: PGlite;

beforeAll(async () => {
  engine = await PGlite.create();
  await engine.exec('create table notes (id integer, text text)');
});
afterAll(async () => {
  await engine.close();
});

async function readState(): Promise<{ checkpoint: string; rows: number }> {
  const { rows } = await engine.query<{ checkpoint: string; rows: number }>(
    `select checkpoint_lsn::text as checkpoint, reltuples::float8 as rows
     from pg_control_checkpoint(), pg_class where relname = 'notes'`,
  );
  return rows[0] ?? { checkpoint: '', rows: 0 };
}

async function write(rows: number, textLength = 2000): Promise<number> {
  const done = await engine.query(
    `insert into notes select n, repeat('x', $2::integer) from generate_series(1, $1) n`,
    [rows, textLength],
  );
  return done.affectedRows ?? 0;
}

test('takes checkpoints once the log has grown, counts rows after many writes, and spares transactions', async () => {
  const housekeeper = openHousekeeper(engine);
  const first = await readState();
  await housekeeper.tidy();
  expect(await readState()).toEqual(first);

  await engine.exec('begin');
  housekeeper.noteWrites(await write(25_000));
  await housekeeper.tidy();
  await engine.exec('commit');
  expect(await readState()).toEqual(first);

  await housekeeper.tidy();
  const second = await readState();
  expect(second.checkpoint).not.toBe(first.checkpoint);
  expect(second.rows).toBe(25_000);

  housekeeper.noteWrites(await write(10));
  await housekeeper.tidy();
  expect(await readState()).toEqual(second);

  housekeeper.noteWrites(await write(18_000));
  await housekeeper.tidy();
  expect((await readState()).checkpoint).not.toBe(second.checkpoint);
});

test('counts the rows of a large database after more writes than those of a small one', async () => {
  await engine.exec('truncate notes');
  const housekeeper = openHousekeeper(engine);
  housekeeper.noteWrites(await write(130_000, 1));
  await housekeeper.tidy();
  expect((await readState()).rows).toBe(130_000);

  // More than a small database is allowed, and less than a fifth of this one.
  housekeeper.noteWrites(await write(21_000, 1));
  await housekeeper.tidy();
  expect((await readState()).rows).toBe(130_000);

  housekeeper.noteWrites(await write(12_000, 1));
  await housekeeper.tidy();
  expect((await readState()).rows).toBe(163_000);
});
