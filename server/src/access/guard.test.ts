import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyPreparedDatabase } from '../../tests/support/copy-prepared-database.ts';
import { type Database, openDatabase } from '../database/index.ts';
import { openLog } from '../foundation/index.ts';
import { openServer } from '../http/index.ts';
import { type Access, guardRoutes, needs, openAccess, requireDeclarations } from './index.ts';

const log = openLog('silent');
const rootKey = 'sk-pictor-test-root';

let dataDir: string;
let database: Database;
let access: Access;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'pictor-guard-'));
  await copyPreparedDatabase(dataDir);
  database = await openDatabase({ dataDir });
  access = await openAccess(database, { dataDir, apiKey: rootKey, log });
});
afterAll(async () => {
  await access.close();
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

const newServer = () => openServer({ log, maxJsonBytes: 1024, allowedHosts: [], allowedOrigins: [] });

test('a route that does not say what it needs keeps the server from starting', async () => {
  const server = newServer();
  requireDeclarations(server);
  server.get('/declared', needs('no-key'), async () => 'fine');
  expect(() => server.get('/forgotten', async () => 'open')).toThrow(
    'The route GET /forgotten does not declare what it needs',
  );
  await server.close();
});

test('and where nobody looks at declarations, such a route opens to no key', async () => {
  const server = newServer();
  guardRoutes(server, access);
  server.get('/forgotten', async () => 'open');
  const headers = { host: 'localhost', authorization: `Bearer ${rootKey}` };
  const answer = await server.inject({ url: '/forgotten', headers });
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain('open');
  await server.close();
});
