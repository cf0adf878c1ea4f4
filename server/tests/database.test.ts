import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, DatabaseError, openDatabase, openGroupWriter } from '../src/database/index.ts';
import { type Postgres, startPostgres } from './support/start-postgres.ts';

const folders: string[] = [];
let postgres: Postgres;

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pictor-database-'));
  folders.push(folder);
  return folder;
}

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 3 })));
});

/** An error that must come, as it came. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => new Error('It did not fail.'),
    (error: unknown) => error,
  );
}

function request(id: string, more: object = {}) {
  return {
    id,
    project_id: 'proj_default',
    kind: 'generate' as const,
    route: '/v1/images/generations',
    status: 'running' as const,
    model: 'gpt-image-1',
    model_id: 'gpt-image-1',
    prompt: 'a boat',
    parameters: '{}',
    adjustments: '[]',
    warnings: '[]',
    created_at: new Date(),
    ...more,
  };
}

const project = (id: string) => ({ id, name: id, created_at: new Date() });

describe.each(['embedded', 'server'] as const)('the %s engine', (engine) => {
  let place: { dataDir: string; databaseUrl: string | undefined };
  let database: Database;

  const names = async (prefix: string) => {
    const rows = await database.sql
      .selectFrom('projects')
      .where('id', 'like', `${prefix}%`)
      .select('id')
      .orderBy('id')
      .execute();
    return rows.map((row) => row.id);
  };

  beforeAll(async () => {
    place = { dataDir: await newFolder(), databaseUrl: engine === 'server' ? postgres.url : undefined };
    database = await openDatabase(place);
  });
  afterAll(async () => {
    await database.close();
  });

  test('makes the schema once and finds it again', async () => {
    expect(database.engine).toBe(engine);
    await database.ping();
    await database.close();
    database = await openDatabase(place);
    const projects = await database.sql.selectFrom('projects').select(['id', 'name', 'created_at']).execute();
    expect(projects).toEqual([{ id: 'proj_default', name: 'Default', created_at: expect.any(Date) }]);
  });

  test('gives numbers, times and JSON back as they were written', async () => {
    const createdAt = new Date('2026-11-21T03:04:05.678Z');
    const parameters = { n: 2, list: ['a', { b: null }], text: 'é \\u0000 "' };
    await database.sql
      .insertInto('requests')
      .values({
        ...request('req_types'),
        parameters: JSON.stringify(parameters),
        warnings: JSON.stringify(['one', 'two']),
        cost_nano_usd: 40_000_000_123,
        duration_ms: 7,
        created_at: createdAt,
      })
      .execute();
    const row = await database.sql
      .selectFrom('requests')
      .where('id', '=', 'req_types')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      parameters,
      adjustments: [],
      warnings: ['one', 'two'],
      answer: null,
      usage: null,
      cost_nano_usd: 40_000_000_123,
      list_cost_nano_usd: null,
      duration_ms: 7,
      created_at: createdAt,
      finished_at: null,
    });
    const sums = await database.sql
      .selectFrom('requests')
      .where('created_at', '=', createdAt)
      .select((select) => [
        select.fn.countAll().as('count'),
        select.fn.sum('cost_nano_usd').as('sum'),
        select.fn.max('created_at').as('newest'),
      ])
      .executeTakeFirstOrThrow();
    expect(sums).toEqual({ count: 1, sum: 40_000_000_123, newest: createdAt });
  });

  test('takes objects, lists and text that PostgreSQL refuses as parameters', async () => {
    const { rows } = await sql<{ object: unknown; list: unknown; text: string }>`
      select ${{ 'k\0': ['\ud800'] }}::jsonb as object, ${['a\0', 1]}::jsonb as list, ${'x\0\udc00'}::text as text
    `.execute(database.sql);
    expect(rows).toEqual([
      { object: { 'k\uFFFD': ['\uFFFD'] }, list: ['a\uFFFD', 1], text: 'x\uFFFD\uFFFD' },
    ]);
  });

  test('tells how many rows a statement wrote, and what a broken rule is called', async () => {
    await database.sql
      .insertInto('requests')
      .values(['a', 'b'].map((id) => request(`req_count_${id}`)))
      .execute();
    const updated = await database.sql
      .updateTable('requests')
      .set({ status: 'interrupted' })
      .where('id', 'like', 'req_count_%')
      .executeTakeFirstOrThrow();
    expect(updated.numUpdatedRows).toBe(2n);
    const twice = database.sql.insertInto('requests').values(request('req_count_a')).execute();
    expect(await failure(twice)).toMatchObject({ code: '23505', table: 'requests' });
    const wrong = sql`update requests set status = 'lost'`.execute(database.sql);
    expect(await failure(wrong)).toMatchObject({ code: '23514' });
  });

  test('takes back everything of a transaction that fails', async () => {
    const failed = database.sql.transaction().execute(async (transaction) => {
      await transaction.insertInto('projects').values(project('proj_back')).execute();
      throw new Error('changed my mind');
    });
    expect(await failure(failed)).toMatchObject({ message: 'changed my mind' });
    expect(await names('proj_back')).toEqual([]);
  });

  test('never calls a transaction committed that PostgreSQL rolled back', async () => {
    const swallowed = database.sql.transaction().execute(async (transaction) => {
      await transaction.insertInto('projects').values(project('proj_swallowed')).execute();
      await sql`select 1 / 0`.execute(transaction).catch(() => {});
    });
    expect(await failure(swallowed)).toBeInstanceOf(Error);
    expect(await names('proj_swallowed')).toEqual([]);
  });

  test('keeps other statements out of a transaction', async () => {
    const inside = Promise.withResolvers<void>();
    const transaction = database.sql.transaction().execute(async (handle) => {
      await handle.insertInto('projects').values(project('proj_alone_1')).execute();
      inside.resolve();
      await handle.insertInto('projects').values(project('proj_alone_2')).execute();
      throw new Error('undone');
    });
    await inside.promise;
    const beside = database.sql.insertInto('projects').values(project('proj_alone_3')).execute();
    expect(await failure(transaction)).toMatchObject({ message: 'undone' });
    await beside;
    expect(await names('proj_alone')).toEqual(['proj_alone_3']);
  });

  test('saves and returns to a point within a transaction', async () => {
    const transaction = await database.sql.startTransaction().execute();
    await transaction.insertInto('projects').values(project('proj_point_1')).execute();
    const point = await transaction.savepoint('here').execute();
    await point.insertInto('projects').values(project('proj_point_2')).execute();
    await point.rollbackToSavepoint('here').execute();
    await transaction.commit().execute();
    expect(await names('proj_point')).toEqual(['proj_point_1']);
  });

  test('commits grouped writes in their order, and spares the neighbours of a bad one', async () => {
    const writer = openGroupWriter(database);
    const order: number[] = [];
    const results = await Promise.allSettled(
      Array.from({ length: 250 }, (_, index) =>
        writer
          .write(async (transaction) => {
            const id = index === 120 ? 'proj_default' : `proj_group_${String(index).padStart(3, '0')}`;
            await transaction.insertInto('projects').values(project(id)).execute();
          })
          .then(() => order.push(index)),
      ),
    );
    const failed = results.flatMap((result, index) => (result.status === 'rejected' ? [index] : []));
    expect(failed).toEqual([120]);
    expect(results[120]).toMatchObject({ reason: { code: '23505' } });
    expect(order).toEqual([...order].sort((left, right) => left - right));
    expect(await names('proj_group')).toHaveLength(249);
  });

  test('takes a write that comes while a group is on its way', async () => {
    const writer = openGroupWriter(database);
    let second: Promise<void> | undefined;
    await writer.write(async (transaction) => {
      second ??= writer.write(async (later) => {
        await later.updateTable('projects').set({ name: 'after' }).where('id', '=', 'proj_relay').execute();
      });
      await transaction.insertInto('projects').values(project('proj_relay')).execute();
    });
    await second;
    const row = await database.sql
      .selectFrom('projects')
      .where('id', '=', 'proj_relay')
      .select('name')
      .executeTakeFirst();
    expect(row).toEqual({ name: 'after' });
  });

  test('refuses a schema that a newer release has made', async () => {
    const future = '9999-future';
    await sql`insert into pictor_migrations values (${future}, ${new Date().toISOString()})`.execute(
      database.sql,
    );
    await database.close();
    const refused = await failure(openDatabase(place));
    expect(refused).toBeInstanceOf(DatabaseError);
    expect(refused).toMatchObject({ exitCode: 65, message: expect.stringContaining(future) });
    const again = await failure(openDatabase(place));
    expect(again).toMatchObject({ exitCode: 65 });
  });
});

describe('a migration that fails', () => {
  test('changes nothing, and says which one it was', async () => {
    const dataDir = await newFolder();
    const broken = {
      up: async (handle: Database['sql']) => {
        await sql`create table half (id text)`.execute(handle);
        await sql`select nothing from nowhere`.execute(handle);
      },
    };
    const failed = await failure(openDatabase({ dataDir, migrations: { '0001-broken': broken } }));
    expect(failed).toMatchObject({ exitCode: 73, message: expect.stringContaining('0001-broken') });
    const database = await openDatabase({ dataDir });
    const { rows } = await sql`select to_regclass('half') as half`.execute(database.sql);
    expect(rows).toEqual([{ half: null }]);
    await database.close();
  });
});
