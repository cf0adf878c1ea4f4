import { setTimeout as wait } from 'node:timers/promises';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from '../../upstreams/openai-upstream.ts';
import { findFreePort } from '../find-free-port.ts';
import { newDataDir, type Pictor, startPictor } from '../start-pictor.ts';
import type { Answered, FaultPlan, FaultReport, Intent } from './fault-plan.ts';
import { countStatuses, findLost, type Row, readPictures, readRows } from './inspect-aftermath.ts';
import { openRandom, type Random } from './random.ts';
import { type WorkCount, workThrough } from './work-through.ts';

/**
 * Many pictures are wanted while connections are cut, clients die and the server is killed; then everything is
 * counted. The engine is a loopback upstream that outlives the server, so that it knows every call.
 */
export async function runFaults(plan: FaultPlan): Promise<FaultReport> {
  const random = openRandom(plan.seed);
  const upstream = await openOpenAiUpstream();
  const intents = shuffled(namedIntents(plan), random);
  for (const _ of [...intents, ...intents, ...intents]) {
    upstream.next({ headersAfterMs: random.between(...plan.engineMs) });
  }
  const start = await prepareServer(plan, upstream);
  let pictor = await start();
  try {
    const lives = liveAndDie(plan, random, pictor, start);
    const { baseUrl, key } = { baseUrl: `${pictor.url}/v1`, key: pictor.key };
    const { answers, count } = await workThrough({ plan, random, baseUrl, key }, intents);
    pictor = await lives.stop();
    await settle(pictor);
    await pictor.kill();
    pictor = await start();
    return await report({ plan, intents, answers, count, upstream, pictor, deaths: lives.deaths() + 1 });
  } finally {
    await pictor.kill();
    await upstream.close();
  }
}

/** Starts the server on the same port, folder and database again and again. */
async function prepareServer(plan: FaultPlan, upstream: OpenAiUpstream): Promise<() => Promise<Pictor>> {
  const dataDir = await newDataDir();
  const port = await findFreePort();
  return () =>
    startPictor({
      dataDir,
      env: {
        PICTOR_PORT: String(port),
        PICTOR_LOG_LEVEL: 'fatal',
        OPENAI_API_KEY: upstreamKey,
        PICTOR_OPENAI_BASE_URL: upstream.baseUrl,
        ...(plan.databaseUrl === undefined ? {} : { DATABASE_URL: plan.databaseUrl }),
      },
    });
}

/** Kills the server and starts it again, as often as planned, until it is told to stop. */
function liveAndDie(plan: FaultPlan, random: Random, first: Pictor, start: () => Promise<Pictor>) {
  let pictor = first;
  let deaths = 0;
  const stopping = new AbortController();
  const living = (async () => {
    while (deaths < plan.serverKills && !stopping.signal.aborted) {
      await wait(random.between(...plan.serverLifeMs), undefined, { signal: stopping.signal }).catch(
        () => {},
      );
      if (stopping.signal.aborted) return;
      await pictor.kill();
      deaths += 1;
      pictor = await start();
    }
  })();
  return {
    deaths: () => deaths,
    stop: async (): Promise<Pictor> => {
      stopping.abort();
      await living;
      return pictor;
    },
  };
}

/** Waits for the jobs whose callers are gone. */
async function settle(pictor: Pictor): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await readRows(pictor)).every((row) => row.status !== 'running')) return;
    await wait(200);
  }
}

type Aftermath = {
  readonly plan: FaultPlan;
  readonly intents: readonly Intent[];
  readonly answers: readonly Answered[];
  readonly count: WorkCount;
  readonly upstream: OpenAiUpstream;
  readonly pictor: Pictor;
  readonly deaths: number;
};

async function report(aftermath: Aftermath): Promise<FaultReport> {
  const { intents, answers, count, upstream, pictor } = aftermath;
  const rows = await readRows(pictor);
  const pictures = new Map<string, string[]>();
  for (const row of rows) {
    if (row.status === 'succeeded') pictures.set(row.id, await readPictures(pictor, row));
  }
  const calls = countCalls(intents, rows, upstream);
  const knowable = calls.filter((call) => call.unknown === 0);
  return {
    intents: intents.length,
    answered: answers.length,
    cuts: count.cuts,
    clientDeaths: count.clientDeaths,
    serverDeaths: aftermath.deaths,
    engineCalls: upstream.calls.length,
    unknowableIntents: calls.length - knowable.length,
    interruptionsReported: count.interruptionsReported,
    callsPerIntent: knowable.reduce((sum, call) => sum + call.known, 0) / Math.max(1, knowable.length),
    paidTwice: calls.filter((call) => call.known > 1).map((call) => call.prompt),
    lostAnswers: findLost(answers, rows, pictures),
    wrongPictures: findWrong(rows, pictures, upstream),
    answersTakenUp: count.takenUp,
    rowsWithoutEnd: rows.filter((row) => row.status === 'running').map((row) => row.id),
    rows: countStatuses(rows),
  };
}

/** Calls of each intent, those of interrupted requests apart. The provider names its request in a header. */
function countCalls(intents: readonly Intent[], rows: readonly Row[], upstream: OpenAiUpstream) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const counts = new Map(intents.map(({ prompt }) => [prompt, { prompt, known: 0, unknown: 0 }]));
  for (const call of upstream.calls) {
    const row = byId.get(String(call.headers['x-client-request-id']));
    const count = counts.get(row?.prompt ?? '');
    if (count === undefined) throw new Error('The engine was called without a row.');
    if (row?.status === 'interrupted') count.unknown += 1;
    else count.known += 1;
  }
  return [...counts.values()];
}

function findWrong(
  rows: readonly Row[],
  pictures: ReadonlyMap<string, readonly string[]>,
  upstream: OpenAiUpstream,
): string[] {
  const made = new Map(
    upstream.calls.map((call) => [String(call.headers['x-client-request-id']), call.pictures]),
  );
  return rows
    .filter((row) => row.status === 'succeeded')
    .filter((row) => made.get(row.id)?.[0]?.toString('base64') !== pictures.get(row.id)?.[0])
    .map((row) => row.id);
}

function namedIntents(plan: FaultPlan): Intent[] {
  const named = (kind: Intent['kind'], length: number): Intent[] =>
    Array.from({ length }, (_, index) => ({ kind, prompt: `${kind} number ${index}` }));
  return [...named('generate', plan.generations), ...named('edit', plan.edits)];
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, place: random.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
