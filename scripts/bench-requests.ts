import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHouse } from '../server/src/house.ts';
import { readSettings } from '../server/src/settings.ts';
import { fillDatabase } from './bench/fill-database.ts';

/** How long each question may take on the embedded database. */
const goalMs = 1_000;
const rounds = 5;
const apiKey = 'sk-pictor-bench-requests-0123456789';

const rowCount = Number(process.argv[2] ?? 1_000_000);
if (!Number.isSafeInteger(rowCount) || rowCount < 1) {
  console.error('usage: npm run bench:requests [-- <how many rows>]');
  process.exit(2);
}

const since = '30 days';
const monthAgo = new Date(Date.now() - 29 * 24 * 60 * 60_000).toISOString().slice(0, 10);
const field = (name: string, operator: string, value: unknown) => ({
  filter_group: { filters: [{ field: name, operator, value }] },
});

/** What people ask, by what the table calls it. */
const questions: readonly { readonly name: string; readonly path: string; readonly body: object }[] = [
  { name: 'first page', path: '/api/requests/search', body: {} },
  { name: 'first page by cost', path: '/api/requests/search', body: { sort_by: 'cost' } },
  { name: 'first page by latency', path: '/api/requests/search', body: { sort_by: 'latency_ms' } },
  { name: 'words: one in 5000 rows', path: '/api/requests/search', body: { q: 'rare4321' } },
  { name: 'words: one in 20 rows', path: '/api/requests/search', body: { q: 'otter' } },
  { name: 'words: two, one in 400 rows', path: '/api/requests/search', body: { q: 'otter harbour' } },
  { name: 'words: none has them', path: '/api/requests/search', body: { q: 'zeppelin' } },
  { name: 'a tag', path: '/api/requests/search', body: field('tags', 'contains', 'tag7') },
  { name: 'failed ones', path: '/api/requests/search', body: field('status', 'is', 'failed') },
  { name: 'images, first page', path: '/api/images/search', body: {} },
  { name: 'images by words', path: '/api/images/search', body: { q: 'rare4321' } },
  {
    name: `analytics of ${since}, by day`,
    path: '/api/requests/analytics',
    body: { from: monthAgo, group_by: ['day'] },
  },
  {
    name: `analytics of ${since}, by day, model, prompt, tag, error`,
    path: '/api/requests/analytics',
    body: { from: monthAgo },
  },
];

const dataDir = await mkdtemp(join(tmpdir(), 'pictor-requests-'));
try {
  const filledSeconds = await fillDatabase(dataDir, rowCount);
  say(`${rowCount} requests over a year, and as many images, made in ${filledSeconds.toFixed(0)} s`);
  await measure();
} finally {
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
}

/** Asks everything in turn while pictures are drawn, and prints how long it took. Sets the exit code when a goal is missed. */
async function measure(): Promise<void> {
  const house = await openHouse(
    readSettings({
      PICTOR_PORT: '0',
      PICTOR_DATA_DIR: dataDir,
      PICTOR_API_KEY: apiKey,
      PICTOR_LOG_LEVEL: 'silent',
    }),
  );
  const call = async (path: string, body: object): Promise<number> => {
    const startMs = performance.now();
    const answer = await fetch(`${house.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${path} ${JSON.stringify(body)} answered ${text}`);
    return performance.now() - startMs;
  };
  const draw = () => call('/v1/images/generations', { model: 'sketch-1', prompt: 'A bench' });
  try {
    await draw();
    const alone: number[] = [];
    for (let index = 0; index < 10; index += 1) alone.push(await draw());
    const meanwhile: number[] = [];
    let isAsking = true;
    const drawing = (async () => {
      while (isAsking) meanwhile.push(await draw());
    })();
    say(`${'question'.padEnd(58)} median ms   worst ms`);
    for (const { name, path, body } of questions) {
      const times: number[] = [];
      for (let round = 0; round < rounds; round += 1) times.push(await call(path, body));
      const median = medianOf(times);
      if (median > goalMs) process.exitCode = 1;
      say(
        `${name.padEnd(58)} ${median.toFixed(0).padStart(9)}  ${Math.max(...times)
          .toFixed(0)
          .padStart(9)}`,
      );
    }
    isAsking = false;
    await drawing;
    say(
      `a picture alone: median ${medianOf(alone).toFixed(0)} ms, worst ${Math.max(...alone).toFixed(0)} ms`,
    );
    say(
      `a picture meanwhile: median ${medianOf(meanwhile).toFixed(0)} ms, worst ${Math.max(...meanwhile).toFixed(0)} ms, ${meanwhile.length} of them`,
    );
    say(`goal: every median below ${goalMs} ms: ${process.exitCode === 1 ? 'missed' : 'met'}`);
  } finally {
    await house.close();
  }
}

function medianOf(times: readonly number[]): number {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0;
}

function say(line: string): void {
  console.log(line);
}
