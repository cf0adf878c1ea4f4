import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blake3 } from '@napi-rs/blake-hash';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openAccess } from '../src/access/index.ts';
import { openConfig } from '../src/config/index.ts';
import { type Database, openDatabase } from '../src/database/index.ts';
import { openLog, PictorError } from '../src/foundation/index.ts';
import { type JudgeContext, type JudgePicture, type Judges, openJudges } from '../src/judges/index.ts';
import { findProviders } from '../src/providers/index.ts';
import { openRouting, type Routing } from '../src/routing/index.ts';
import { readSettings } from '../src/settings.ts';
import { paintLandscape, paintNoise, paintThing } from './support/pictures.ts';
import { hashesOf } from './support/responses/find-pictures.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { googleKey, openGoogleUpstream } from './upstreams/google-upstream.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';
import type { Behaviour, ServedUpstream } from './upstreams/serve-upstream.ts';

let openai: OpenAiUpstream;
let google: ServedUpstream;
let pictor: Pictor;
let database: Database;
let projectId: string;
let routing: Routing;
let judges: Judges;
let folder: string;
let sent: { readonly body: Readonly<Record<string, unknown>>; readonly id: unknown }[];
const routings: Routing[] = [];

const log = openLog('silent');

async function route(env: Readonly<Record<string, string>>): Promise<Routing> {
  const settings = readSettings({ PICTOR_DATA_DIR: folder, ...env });
  const providers = await findProviders();
  const config = await openConfig({ ...settings, providers, log });
  config.close();
  const opened = await openRouting({
    providers,
    config: config.first,
    environment: settings,
    standInAllowed: true,
    log,
  });
  routings.push(opened);
  return opened;
}

beforeAll(async () => {
  openai = await openOpenAiUpstream();
  google = await openGoogleUpstream();
  const env = {
    OPENAI_API_KEY: upstreamKey,
    PICTOR_OPENAI_BASE_URL: openai.baseUrl,
    GEMINI_API_KEY: googleKey,
    PICTOR_GEMINI_BASE_URL: google.origin,
  };
  pictor = await startPictor({ env });
  folder = await newDataDir();
  database = await openDatabase({ dataDir: folder, databaseUrl: undefined });
  const access = await openAccess(database, { dataDir: folder, apiKey: 'sk-pictor-judges-0123456789', log });
  projectId = access.projects.list()[0]?.id ?? '';
  await access.close();
  routing = await route(env);
  judges = openJudges({ catalogue: routing.catalogue, routing, database, judgeModel: undefined });
});
beforeEach(() => {
  sent = [];
});
afterAll(async () => {
  await pictor.stop();
  await Promise.all(routings.map((each) => each.close()));
  await database.close();
  await openai.close();
  await google.close();
  await removeDataDirs();
});

async function keep(bytes: Buffer): Promise<JudgePicture> {
  const hash = blake3(bytes).toString('hex');
  const path = join(folder, hash);
  await writeFile(path, bytes);
  return { hash, path };
}

/** The door that judges use: the real server, with a key. */
const context = (): JudgeContext => ({
  projectId,
  send: async ({ body, path, signal }) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await pictor.call(path, { method: 'POST', headers, body: JSON.stringify(body), signal });
    const json = (await answer.json()) as Record<string, unknown>;
    sent.push({ body, id: json.id });
    if (answer.ok) return json;
    const { code, message } = json.error as { code: 'upstream_rejected'; message: string };
    throw new PictorError({ code, message });
  },
});

/** The upstream says this in place of what it would say. */
const says = (text: string): Behaviour => {
  const written = JSON.stringify(text).slice(1, -1);
  return {
    change: (event) =>
      JSON.parse(JSON.stringify(event).replaceAll(/"(Just words\.|Hello\.)"/g, () => `"${written}"`)),
  };
};

const verdicts = (...holds: readonly boolean[]) =>
  JSON.stringify({
    answers: holds.map((each, at) => ({ number: at + 1, reason: `because ${at + 1}`, holds: each })),
  });

describe('a model of OpenAI’s judges', () => {
  test('it gets the very pixels, its call is a response with a cost, and the same is not asked again', async () => {
    const picture = await keep(await paintThing({ width: 300, height: 200 }, '#c03020'));
    const task = { pictures: [picture], statements: ['There is a red thing.', 'There is a dog.'] };
    openai.next(says(verdicts(true, false)));
    const first = await judges.assert(task, context());
    expect(first).toMatchObject({
      model: 'gpt-5.4-mini',
      isCached: false,
      verdicts: [
        { statement: 'There is a red thing.', holds: true, reason: 'because 1' },
        { statement: 'There is a dog.', holds: false, reason: 'because 2' },
      ],
    });
    const call = openai.calls.at(-1);
    expect(call === undefined ? [] : hashesOf(call)).toEqual([picture.hash]);
    expect(first.costNanoUsd).toBeGreaterThan(0);
    expect(first.responseIds).toEqual([sent[0]?.id]);
    const stored = await (await pictor.call(`/v1/responses/${first.responseIds[0]}`)).json();
    expect(stored).toMatchObject({ status: 'completed', metadata: { pictor_judge: 'assertion' } });

    const calls = openai.calls.length;
    const again = await judges.assert(task, context());
    expect(again).toEqual({ ...first, isCached: true, costNanoUsd: 0 });
    expect(openai.calls).toHaveLength(calls);

    // Only what is new is asked, and other pixels, models and sizes are something new.
    openai.next(says(verdicts(true)));
    const more = await judges.assert(
      { ...task, statements: ['It is daylight.', 'There is a dog.'] },
      context(),
    );
    expect(more.verdicts.map(({ holds }) => holds)).toEqual([true, false]);
    expect(JSON.stringify(sent.at(-1)?.body)).not.toContain('There is a dog.');
    openai.next(says(verdicts(false, false)));
    const other = await judges.assert({ ...task, longestSide: 256 }, context());
    expect(other).toMatchObject({ isCached: false, verdicts: [{ holds: false }, { holds: false }] });
  });

  test('large pictures are shrunk to the stated size, and equal questions at once are asked once', async () => {
    const picture = await keep(await paintLandscape({ width: 2000, height: 1000 }));
    openai.next(says(JSON.stringify({ reason: 'clear', score: 8 })));
    const task = { pictures: [picture], criterion: 'Sharpness', min: 1, max: 10, format: 'jpeg' } as const;
    const calls = openai.calls.length;
    const both = await Promise.all([judges.score(task, context()), judges.score(task, context())]);
    expect(both.map(({ score }) => score)).toEqual([8, 8]);
    expect(both.map(({ isCached }) => isCached)).toEqual([false, true]);
    expect(openai.calls).toHaveLength(calls + 1);
    const [shown = ''] = JSON.stringify(sent[0]?.body).match(/data:image\/jpeg;base64,[^"]+/) ?? [];
    const bytes = Buffer.from(shown.split(',')[1] ?? '', 'base64');
    const { default: sharp } = await import('sharp');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1024, height: 512 });
  });

  test('a preference must hold in both orders', async () => {
    const a = await keep(await paintThing({ width: 120, height: 120 }, '#2040c0'));
    const b = await keep(await paintThing({ width: 120, height: 120 }, '#20c040'));
    const say = (winner: string) => openai.next(says(JSON.stringify({ reason: winner, winner })));
    say('first');
    say('second');
    const firm = await judges.prefer({ a: [a], b: [b], criterion: 'Calm' }, context());
    expect(firm).toMatchObject({ winner: 'a', agrees: true, reasons: ['first', 'second'] });
    const [straight, swapped] = openai.calls.slice(-2).map(hashesOf);
    expect(straight).toEqual([a.hash, b.hash]);
    expect(swapped).toEqual([b.hash, a.hash]);
    say('first');
    say('first');
    const biased = await judges.prefer({ a: [a], b: [b], criterion: 'Bold' }, context());
    expect(biased).toMatchObject({ winner: 'tie', agrees: false });
  });

  test('facts are taken out of a picture by name', async () => {
    const picture = await keep(await paintThing({ width: 90, height: 90 }, '#101010'));
    openai.next(says('```json\n{"value": {"colour": "black", "count": 1, "mood": null}}\n```'));
    const attributes = { colour: 'of the thing', count: 'of things', mood: 'of the thing' };
    const found = await judges.extract({ pictures: [picture], extract: 'attributes', attributes }, context());
    expect(found.value).toEqual({ colour: 'black', count: 1, mood: null });
    openai.next(says('{"value": ["SALE", "50 %"]}'));
    const text = await judges.extract({ pictures: [picture], extract: 'text' }, context());
    expect(text.value).toEqual(['SALE', '50 %']);
  });
});

describe('what goes wrong is an error, is not remembered, and can be asked again', () => {
  const task = async (colour: string) => ({
    pictures: [await keep(await paintThing({ width: 100, height: 100 }, colour))],
    statements: ['It is a thing.'],
  });

  test.each([
    ['words', 'It looks nice to me.'],
    ['half an object', '{"answers": [{"number": 1, "reason": "so'],
    ['an answer to another question', verdicts(true, true)],
    ['nothing', ''],
  ])('%s in place of a judgement', async (name, text) => {
    const asked = await task(`#${Buffer.from(name).toString('hex').slice(0, 6)}`);
    openai.next(says(text));
    const failed = judges.assert(asked, context());
    await expect(failed).rejects.toMatchObject({
      reason: 'judge_unreadable',
      costNanoUsd: expect.any(Number),
    });
    openai.next(says(verdicts(true)));
    expect((await judges.assert(asked, context())).verdicts[0]?.holds).toBe(true);
  });

  test('a refusal', async () => {
    openai.next({
      withoutEventNames: true,
      change: (event) =>
        JSON.parse(
          JSON.stringify(event)
            .replaceAll('response.output_text.', 'response.refusal.')
            .replaceAll('"output_text"', '"refusal"')
            .replaceAll('"text":"Just words."', '"refusal":"I must not."')
            .replaceAll('"Just words."', '"I must not."'),
        ),
    });
    const failed = judges.assert(await task('#aa0001'), context());
    await expect(failed).rejects.toMatchObject({
      reason: 'judge_refused',
      message: expect.stringContaining('I must not.'),
    });
  });

  test('an error of the service is passed on as it is', async () => {
    const body = {
      error: {
        message: 'Rejected by the safety system.',
        type: 'image_generation_user_error',
        code: 'moderation_blocked',
        param: null,
      },
    };
    openai.next({ instead: { status: 400, body } });
    await expect(judges.assert(await task('#aa0002'), context())).rejects.toMatchObject({
      code: 'moderation_blocked',
    });
  });

  test('a service that says nothing', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    openai.next({ after: promise, ...says(verdicts(true)) });
    const hasty = openJudges({
      catalogue: routing.catalogue,
      routing,
      database,
      judgeModel: undefined,
      timeoutMs: 300,
    });
    const asked = await task('#aa0003');
    await expect(hasty.assert(asked, context())).rejects.toMatchObject({
      reason: 'judge_timed_out',
      costNanoUsd: null,
    });
    resolve();
    openai.next(says(verdicts(true)));
    expect((await judges.assert(asked, context())).verdicts[0]?.holds).toBe(true);
  });

  test('a picture that is none, or is not there', async () => {
    const broken = await keep(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
    const gone = { hash: 'x', path: join(folder, 'nowhere') };
    for (const picture of [broken, gone]) {
      const failed = judges.assert({ pictures: [picture], statements: ['?'] }, context());
      await expect(failed).rejects.toMatchObject({ reason: 'invalid_input', costNanoUsd: 0 });
    }
    expect(sent).toEqual([]);
  });
});

test('a Gemini model that paints can judge as well: it sees the very pixels, and is asked for words only', async () => {
  const picture = await keep(await paintNoise({ width: 40, height: 30 }));
  google.next(says(verdicts(false)));
  const model = 'gemini-2.5-flash-image';
  const judged = await judges.assert({ pictures: [picture], statements: ['It is calm.'], model }, context());
  expect(judged).toMatchObject({ model, verdicts: [{ holds: false, reason: 'because 1' }] });
  const call = google.calls.at(-1);
  expect(call === undefined ? [] : hashesOf(call)).toEqual([picture.hash]);
  expect(new Map(call?.fields).get('generationConfig')).toMatchObject({ responseModalities: ['TEXT'] });
});

test('nothing pretends to have judged where no model sees pictures', async () => {
  const blind = await route({});
  const alone = openJudges({ catalogue: blind.catalogue, routing: blind, database, judgeModel: undefined });
  const picture = await keep(await paintThing({ width: 60, height: 60 }, '#777777'));
  for (const model of [
    undefined,
    'sketch-director-1',
    'gemini-2.5-flash-image',
    'gpt-5.4',
    'gpt-image-2',
    'no-such-model',
  ]) {
    const asked = {
      pictures: [picture],
      statements: ['It is grey.'],
      ...(model === undefined ? {} : { model }),
    };
    await expect(alone.assert(asked, context())).rejects.toMatchObject({ reason: 'judge_unavailable' });
  }
  expect(sent).toEqual([]);
});
