import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSender, type Sender } from './send-statements.ts';

let engine: PGlite;
let sender: Sender;

beforeAll(async () => {
  engine = await PGlite.create();
  sender = openSender(engine);
  await engine.exec('create table notes (id integer primary key, text text, bytes bytea)');
});
afterAll(async () => {
  await engine.close();
});

const insert = 'insert into notes (id, text) select n, $2 from generate_series(1, $1::integer) n';
const move = 'update notes set id = id + $1::integer';

async function readNotes(): Promise<unknown> {
  return (await sender.one({ sql: 'select id, text from notes order by id', parameters: [] })).rows;
}

async function countPrepared(): Promise<unknown> {
  const sql = 'select count(*)::integer as count from pg_prepared_statements';
  return (await sender.one({ sql, parameters: [] })).rows[0]?.count;
}

test('writes all of several statements or none, tells what was wrong, and goes on', async () => {
  const written = await sender.together([
    { sql: insert, parameters: [2, 'ä'] },
    { sql: `${move} returning id`, parameters: [10] },
  ]);
  expect(written).toBe(4);
  const notes = [
    { id: 11, text: 'ä' },
    { id: 12, text: 'ä' },
  ];
  expect(await readNotes()).toEqual(notes);

  // The second of three refuses; so does a text that cannot be parsed, behind one that can.
  const twice = { sql: 'insert into notes (id) values ($1), ($1)', parameters: [1] };
  const refused = sender.together([{ sql: move, parameters: [10] }, twice, { sql: move, parameters: [10] }]);
  await expect(refused).rejects.toMatchObject({
    code: '23505',
    severity: 'ERROR',
    table: 'notes',
    constraint: 'notes_pkey',
    detail: 'Key (id)=(1) already exists.',
  });
  const unreadable = sender.together([
    { sql: move, parameters: [10] },
    { sql: 'insert into', parameters: [] },
  ]);
  await expect(unreadable).rejects.toMatchObject({ code: '42601' });
  expect(engine.isInTransaction()).toBe(false);
  expect(await readNotes()).toEqual(notes);

  expect(await sender.together([{ sql: move, parameters: [-10] }])).toBe(2);
  expect(await sender.one({ sql: 'delete from notes', parameters: [] })).toMatchObject({
    affectedRows: 2,
    command: 'DELETE',
  });
});

test('keeps no more than a hundred statements, and lets each be planned anew at times', async () => {
  for (let call = 0; call < 250; call += 1) {
    await sender.together([
      { sql: `insert into notes (id) values (${call})`, parameters: [] },
      { sql: move, parameters: [1000] },
    ]);
  }
  expect(await countPrepared()).toBe(100);
  const { rows: plans } = await sender.one({
    sql: 'select (generic_plans + custom_plans)::integer as uses from pg_prepared_statements where statement = $1',
    parameters: [move],
  });
  expect(plans[0]?.uses).toBeLessThan(200);
});

test('passes every kind of value', async () => {
  const bytes = new Uint8Array([0, 1, 255]);
  const { rows } = await sender.one({
    sql: 'select $1::text as t, $2::bigint as n, $3::boolean as b, $4::bytea as bytes, $5::json as j, $6::text as nothing',
    parameters: ["o'ä", 12, true, bytes, '{"a":[1]}', null],
  });
  expect(rows).toEqual([{ t: "o'ä", n: 12, b: true, bytes, j: { a: [1] }, nothing: null }]);
});
