import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ledgerList, requestSummary, spend } from '@pictor/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../src/database/index.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';

const script = join(fileURLToPath(new URL('../../', import.meta.url)), 'scripts/reprice.ts');

let upstream: OpenAiUpstream;
let pictor: Pictor;

function start(dataDir?: string): Promise<Pictor> {
  return startPictor({
    env: { OPENAI_API_KEY: upstreamKey, PICTOR_OPENAI_BASE_URL: upstream.baseUrl },
    ...(dataDir === undefined ? {} : { dataDir }),
  });
}

beforeAll(async () => {
  upstream = await openOpenAiUpstream();
  pictor = await start();
});
afterAll(async () => {
  await pictor.stop();
  await upstream.close();
  await removeDataDirs();
});

/** What the command says and how it ends. */
async function run(...args: string[]): Promise<{ code: unknown; output: string }> {
  const env = { PATH: process.env.PATH, PICTOR_DATA_DIR: pictor.dataDir };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], { env });
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: unknown; stderr: string };
    return { code, output: stderr };
  }
}

async function read(path: string): Promise<unknown> {
  return await (await pictor.call(path)).json();
}

test('the command shows the difference, writes it when it is told to, and leaves the old value', async () => {
  await pictor.client().images.generate({ model: 'gpt-image-2', prompt: 'a kite', quality: 'low' });
  const [entry] = ledgerList.parse(await read('/api/ledger')).data;
  expect(entry).toMatchObject({ cost_nano_usd: 2 * 5000 + 200 * 30_000 });

  const locked = await run('--from', '2020-01-01');
  expect(locked.code).not.toBe(0);
  expect(locked.output).toMatch(/in use|another|running/i);

  await pictor.stop();
  // As if a wrong price had been in force on that day.
  const database = await openDatabase({ dataDir: pictor.dataDir });
  await database.sql.updateTable('ledger_entries').set({ cost_nano_usd: 1_000_000 }).execute();
  await database.sql.updateTable('requests').set({ cost_nano_usd: 1_000_000 }).execute();
  await database.close();

  const shown = await run('--from', '2020-01-01');
  expect(shown).toMatchObject({ code: 0 });
  expect(shown.output).toContain(
    'openai gpt-image-2: 1 entries (0 were unknown), 0.001000000 USD -> 0.006010000 USD, +0.005010000 USD',
  );
  expect(shown.output).toContain('Nothing was written.');
  expect((await run('--from', '2020-01-01', '--apply')).output).toContain('The corrections are written.');
  expect((await run('--from', '2020-01-01')).output).toContain('Difference in all: +0.000000000 USD');

  pictor = await start(pictor.dataDir);
  const { data } = ledgerList.parse(await read('/api/ledger'));
  expect(data).toMatchObject([
    { outcome: 'correction', corrects: entry?.id, cost_nano_usd: 5_010_000, images: [] },
    { id: entry?.id, corrected: true, cost_nano_usd: 1_000_000 },
  ]);
  expect(spend.parse(await read('/api/spend')).total).toMatchObject({ entries: 1, cost_nano_usd: 6_010_000 });
  const request = requestSummary.parse(await read(`/api/requests/${entry?.request}`));
  expect(request.cost).toBe(0.00601);
});

test('the command says what it wants', async () => {
  expect(await run()).toMatchObject({ code: 1, output: expect.stringContaining('--from 2026-11-01') });
  expect((await run('--from', 'monday')).output).toContain('from must be a day');
  expect((await run('--form', '2020-01-01')).code).toBe(1);
});
