import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spendGroup } from '@pictor/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyPreparedDatabase } from '../../tests/support/copy-prepared-database.ts';
import { openCatalogue } from '../catalogue/index.ts';
import { type Database, openDatabase, type Transaction } from '../database/index.ts';
import { newId } from '../foundation/index.ts';
import type { PriceRow } from '../models/index.ts';
import type { EntryRow } from './entry-queries.ts';
import {
  type BookedAttempt,
  bookingStatements,
  bookTurn,
  costOfAttempt,
  reprice,
  toMainlineUsage,
} from './index.ts';
import { sumAll, sumByGroup } from './spend-queries.ts';

const seed = 20_261_121;
const catalogue = openCatalogue([], []);
const models = ['gpt-image-1', 'gpt-image-2', 'gemini-3-pro-image', 'dall-e-3'];
const projects = ['proj_default', 'proj_b', 'proj_c'];
const words = ['spring', 'shop', 'hero', 'poster'];
const newest = Date.parse('2026-11-20T23:59:59Z');
const dayMs = 24 * 60 * 60_000;

let folder: string;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pictor-spend-'));
  await copyPreparedDatabase(folder);
  database = await openDatabase({ dataDir: folder, fsync: 'off' });
  for (const id of projects.slice(1)) {
    await database.sql.insertInto('projects').values({ id, name: id, created_at: new Date() }).execute();
  }
  await fill(mulberry(seed));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** A small generator of equal numbers for equal seeds. */
function mulberry(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Requests of three projects over forty days: with one to three attempts, refused, unknown, with and without tags. */
async function fill(random: () => number): Promise<void> {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  await database.sql.transaction().execute(async (transaction) => {
    for (let count = 0; count < 240; count += 1) {
      const createdAt = new Date(newest - Math.floor(random() * 40 * dayMs));
      const id = newId('req', createdAt.getTime());
      const model = pick(models);
      await transaction
        .insertInto('requests')
        .values({
          id,
          project_id: pick(projects),
          api_key_id: pick(['key_1', 'key_2', null]),
          kind: 'generate',
          route: '/v1/images/generations',
          status: 'running',
          model,
          model_id: model,
          prompt: 'a fox',
          parameters: '{}',
          adjustments: '[]',
          warnings: '[]',
          held_nano_usd: 1000,
          prompt_name: pick(['poster', 'logo', null]),
          tags: JSON.stringify(words.filter(() => random() < 0.3)),
          created_at: createdAt,
        })
        .execute();
      const attempts = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, index) =>
        attemptOf(random, model, index + 1, createdAt),
      );
      await book(transaction, { id, status: 'succeeded', attempts });
    }
  });
}

async function book(
  transaction: Transaction,
  request: Parameters<typeof bookingStatements>[0][number],
): Promise<void> {
  for (const statement of bookingStatements([request])) await statement.execute(transaction);
}

function attemptOf(random: () => number, model: string, number: number, startedAt: Date): BookedAttempt {
  const row = catalogue.rows.find(({ id }) => id === model);
  if (row === undefined) throw new Error(`${model} is not in the catalogue`);
  const charged = (['yes', 'yes', 'maybe', 'no'] as const)[Math.floor(random() * 4)] ?? 'yes';
  const usage =
    charged !== 'yes' || model === 'dall-e-3'
      ? null
      : {
          textIn: Math.floor(random() * 300),
          textInCached: null,
          imageIn: Math.floor(random() * 2000),
          imageInCached: null,
          textOut: 0,
          imageOut: Math.floor(random() * 7000),
          source: 'provider' as const,
        };
  const images = charged === 'yes' ? [{ size: '1024x1024', quality: 'standard' }] : [];
  const price = catalogue.priceOf(row, row.vendor, startedAt);
  return {
    number,
    kind: 'image',
    provider: row.vendor,
    engine: row.vendor,
    modelId: model,
    startedAt,
    error: charged === 'no' ? { kind: 'moderated' } : null,
    charged,
    upstreamRequestId: null,
    usage,
    partialImages: 0,
    billedImages: images,
    ...costOfAttempt({ charged, usage, images, price, standIn: false }),
  };
}

async function allEntries(): Promise<EntryRow[]> {
  return await database.sql.selectFrom('ledger_entries').selectAll().execute();
}

function sumOf(entries: readonly EntryRow[]) {
  return {
    entries: entries.filter(({ corrects }) => corrects === null).length,
    unknown_count: entries.filter(({ cost_nano_usd, corrected }) => cost_nano_usd === null && !corrected)
      .length,
    cost_nano_usd: entries.reduce((sum, entry) => sum + (entry.cost_nano_usd ?? 0), 0),
    images: entries.reduce((sum, entry) => sum + entry.images.length, 0),
    image_out: entries.reduce((sum, entry) => sum + (entry.image_out ?? 0), 0),
  };
}

/** Every sum that can be asked for, in periods that the seed chooses, against the entries added up one by one. */
async function checkSums(): Promise<void> {
  const random = mulberry(seed + 1);
  const entries = await allEntries();
  for (let round = 0; round < 12; round += 1) {
    const from = new Date(newest - Math.floor(random() * 45) * dayMs - Math.floor(random() * dayMs));
    const to = new Date(from.getTime() + Math.floor(random() * 30 * dayMs));
    const projectId = [...projects, null][round % 4] ?? null;
    const within = entries.filter(
      (entry) =>
        (projectId === null || entry.project_id === projectId) &&
        entry.created_at >= from &&
        entry.created_at < to,
    );
    const query = { projectId, from, to };
    expect(await sumAll(database, query)).toMatchObject(sumOf(within));
    for (const group of spendGroup.options) {
      const rows = await sumByGroup(database, query, group);
      const groupsOf = (entry: EntryRow): readonly (string | null)[] => {
        switch (group) {
          case 'day':
            return [entry.created_at.toISOString().slice(0, 10)];
          case 'project':
            return [entry.project_id];
          case 'key':
            return [entry.api_key_id];
          case 'model':
            return [entry.model_id];
          case 'provider':
            return [entry.provider];
          case 'prompt':
            return [entry.prompt_name];
          case 'tag':
            return entry.tags.length === 0 ? [null] : entry.tags;
        }
      };
      for (const row of rows) {
        const inGroup = within.filter((entry) => groupsOf(entry).includes(row.group));
        expect(row).toMatchObject(sumOf(inGroup));
      }
      expect(new Set(rows.map((row) => row.group))).toEqual(new Set(within.flatMap(groupsOf)));
    }
  }
}

/** gpt-image-2 at twice its price. */
function otherPrices(): PriceRow[] {
  const row = catalogue.prices.find(({ id }) => id === 'openai/gpt-image-2/2026-04-21');
  if (row?.price.mode !== 'token') throw new Error('gpt-image-2 has no price');
  const { textIn, imageIn, textOut, imageOut } = row.price.perToken;
  const twice = (rate: number | null) => (rate === null ? null : rate * 2);
  return [
    {
      ...row,
      id: 'own/gpt-image-2',
      price: {
        mode: 'token',
        perToken: {
          ...row.price.perToken,
          textIn: twice(textIn),
          imageIn: twice(imageIn),
          textOut: twice(textOut),
          imageOut: twice(imageOut),
        },
      },
    },
  ];
}

const always = { from: new Date(0), to: new Date(newest + dayMs) };

describe(`totals of random entries, seed ${seed}`, () => {
  it('are the sums of their entries', async () => {
    const entries = await allEntries();
    expect(entries.length).toBeGreaterThan(400);
    expect(sumOf(entries).unknown_count).toBeGreaterThan(40);
    await checkSums();
  });

  it('change by nothing when prices are looked at again and have not changed', async () => {
    const before = await sumAll(database, { ...always, projectId: null });
    const report = await reprice({ database, catalogue }, { ...always, apply: true });
    expect(report).toMatchObject({ entries: before.entries, lines: [], kept: 0 });
    expect(await sumAll(database, { ...always, projectId: null })).toEqual(before);
  });

  it('stay the sums of their entries behind a correction, which is shown before it is written', async () => {
    const query = { ...always, projectId: null };
    const before = await sumAll(database, query);
    const other = openCatalogue([], otherPrices());
    const shown = await reprice({ database, catalogue: other }, { ...always, apply: false });
    expect(await sumAll(database, query)).toEqual(before);
    const [line] = shown.lines;
    expect(shown.lines).toHaveLength(1);
    expect(line).toMatchObject({ model: 'gpt-image-2', provider: 'openai', wereUnknown: 0 });
    expect(line?.afterNanoUsd).toBe(2 * (line?.beforeNanoUsd ?? 0));

    expect(await reprice({ database, catalogue: other }, { ...always, apply: true })).toEqual(shown);
    const after = await sumAll(database, query);
    const difference = (line?.afterNanoUsd ?? 0) - (line?.beforeNanoUsd ?? 0);
    expect(after).toEqual({ ...before, cost_nano_usd: before.cost_nano_usd + difference });
    await checkSums();
  });

  it('are those of before once the correction is taken back, and the old values are still there', async () => {
    const original = (await allEntries()).filter(({ corrects }) => corrects === null);
    await reprice({ database, catalogue }, { ...always, apply: true });
    const total = await sumAll(database, { ...always, projectId: null });
    expect(total.cost_nano_usd).toBe(sumOf(original).cost_nano_usd);
    await checkSums();
    const corrected = original.find((entry) => entry.corrected);
    const trail = (await allEntries()).filter(({ corrects }) => corrects === corrected?.id);
    expect(trail.map(({ outcome, price_row }) => [outcome, price_row])).toEqual([
      ['correction', 'own/gpt-image-2'],
      ['correction', 'openai/gpt-image-2/2026-04-21'],
    ]);
  });

  it('keep what a request has cost when the request itself is gone', async () => {
    const before = await sumAll(database, { ...always, projectId: null });
    await database.sql.deleteFrom('requests').where('model_id', '=', 'gpt-image-1').execute();
    expect(await sumAll(database, { ...always, projectId: null })).toEqual(before);
  });
});

describe('the turn of a text model', () => {
  it('is an entry of its own, beside those of its pictures, and is booked once', async () => {
    const startedAt = new Date('2026-11-19T10:00:00Z');
    const row = catalogue.rows.find(({ id }) => id === 'gpt-5.4');
    if (row === undefined) throw new Error('gpt-5.4 is not in the catalogue');
    const usage = toMainlineUsage({ inputTokens: 100, cachedTokens: null, outputTokens: 20 });
    const price = catalogue.priceOf(row, 'openai', startedAt);
    const attempt: BookedAttempt = {
      ...attemptOf(mulberry(1), 'gpt-image-2', 1, startedAt),
      kind: 'mainline',
      modelId: row.id,
      charged: 'yes',
      error: null,
      usage,
      billedImages: [],
      ...costOfAttempt({ charged: 'yes', usage, images: [], price, standIn: false }),
    };
    const owner = { projectId: 'proj_b', keyId: 'key_1', promptName: 'jug', tags: ['spring'] };
    const turn = { responseId: newId('resp'), ...owner, attempt };
    for (const _ of [1, 2]) {
      await database.sql.transaction().execute((transaction) => bookTurn(transaction, turn));
    }
    const booked = (await allEntries()).filter(({ kind }) => kind === 'mainline');
    expect(booked).toMatchObject([
      {
        project_id: 'proj_b',
        request_id: null,
        outcome: 'succeeded',
        cost_nano_usd: 100 * 2500 + 20 * 15_000,
      },
    ]);
    await checkSums();
  });
});

describe('a request', () => {
  it('costs what its entries cost, corrections among them, and is unknown while one is', async () => {
    const requests = await database.sql
      .selectFrom('requests')
      .where('model_id', '=', 'gpt-image-2')
      .select(['id', 'cost_nano_usd'])
      .execute();
    const entries = await allEntries();
    let unknown = 0;
    for (const request of requests) {
      const own = entries.filter(({ request_id }) => request_id === request.id);
      if (!own.some(({ corrected }) => corrected)) continue;
      const sums = sumOf(own);
      unknown += sums.unknown_count === 0 ? 0 : 1;
      expect(request.cost_nano_usd).toBe(sums.unknown_count > 0 ? null : sums.cost_nano_usd);
    }
    expect(unknown).toBeGreaterThan(0);
  });

  it('is booked once, however often it is booked', async () => {
    const id = (await database.sql.selectFrom('requests').select('id').executeTakeFirstOrThrow()).id;
    const count = (await allEntries()).length;
    const attempt = attemptOf(mulberry(1), 'gpt-image-2', 1, new Date());
    await database.sql
      .transaction()
      .execute((transaction) => book(transaction, { id, status: 'succeeded', attempts: [attempt] }));
    expect(await allEntries()).toHaveLength(count);
  });
});
