import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DatabaseError, openDatabase } from '../src/database/index.ts';
import { type Postgres, postgresPassword, startPostgres } from './support/start-postgres.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
});

/** An error that must come, as it came. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => new Error('It did not fail.'),
    (error: unknown) => error,
  );
}

describe('a server that cannot be used', () => {
  const address = (change: (url: URL) => void): string => {
    const url = new URL(postgres.url);
    change(url);
    return url.href;
  };
  const cases: readonly [string, () => string][] = [
    ['a port where nobody listens', () => address((url) => (url.port = '1'))],
    ['a host that does not exist', () => address((url) => (url.hostname = 'nowhere.invalid'))],
    ['a user that does not exist', () => address((url) => (url.username = 'stranger'))],
    ['a database that does not exist', () => address((url) => (url.pathname = '/nothing'))],
    ['a password with unescaped signs', () => `postgres://pictor:${postgresPassword}@127.0.0.1:1/postgres`],
    ['a password that reads as a port', () => 'postgres://pictor:12/se/cret@127.0.0.1:1/postgres'],
    ['a password that ends the address', () => 'postgres://pictor:12#se/cret@127.0.0.1:1/postgres'],
  ];

  test.each(cases)('%s: ends the start with a sentence that keeps the password', async (_name, makeUrl) => {
    const failed = await failure(openDatabase({ dataDir: '/nonexistent', databaseUrl: makeUrl() }));
    expect(failed).toBeInstanceOf(DatabaseError);
    expect(failed).toMatchObject({ exitCode: 69 });
    const shown = JSON.stringify([String(failed), failed instanceof Error ? (failed.stack ?? '') : '']);
    expect(shown).toContain('DATABASE_URL');
    for (const secret of [postgresPassword, encodeURIComponent(postgresPassword), 'cret', ':12']) {
      expect(shown).not.toContain(secret);
    }
  });

  test('refuses a wrong password without repeating it', async () => {
    const databaseUrl = address((url) => (url.password = 'wrong-one'));
    const failed = await failure(openDatabase({ dataDir: '/nonexistent', databaseUrl }));
    expect(failed).toMatchObject({
      exitCode: 69,
      message: expect.stringContaining('refuses the user or password'),
    });
    expect(String(failed)).not.toContain('wrong-one');
  });
});

describe('two starts on one empty server', () => {
  test('share the work of the schema', async () => {
    const opened = await Promise.all(
      [1, 2, 3].map(() => openDatabase({ dataDir: '/nonexistent', databaseUrl: postgres.url })),
    );
    const counts = await Promise.all(
      opened.map((database) => database.sql.selectFrom('projects').select('id').execute()),
    );
    expect(counts).toEqual([1, 2, 3].map(() => [{ id: 'proj_default' }]));
    await Promise.all(opened.map((database) => database.close()));
  });
});
