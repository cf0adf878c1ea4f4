import { setTimeout as wait } from 'node:timers/promises';
import OpenAI, { toFile } from 'openai';
import sharp from 'sharp';
import type { Answered, FaultPlan, Intent } from './fault-plan.ts';
import type { Random } from './random.ts';

export type Work = {
  readonly plan: FaultPlan;
  readonly random: Random;
  /** Ends in /v1. */
  readonly baseUrl: string;
  readonly key: string;
};

export type WorkCount = {
  cuts: number;
  clientDeaths: number;
  interruptionsReported: number;
  takenUp: number;
};

/** More than any intent needs while a server comes back within seconds. */
const maxBeginnings = 60;

/** Callers that bring every intent to its answer with the official client, while their connections are cut. */
export async function workThrough(
  work: Work,
  intents: readonly Intent[],
): Promise<{ readonly answers: Answered[]; readonly count: WorkCount }> {
  const count: WorkCount = { cuts: 0, clientDeaths: 0, interruptionsReported: 0, takenUp: 0 };
  const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#4a7c8c' } })
    .png()
    .toBuffer();
  const waiting = [...intents];
  const answers: Answered[] = [];
  const lane = async (): Promise<void> => {
    for (let intent = waiting.shift(); intent !== undefined; intent = waiting.shift()) {
      const answer = await bringToAnswer(work, count, intent, picture);
      if (answer !== null) answers.push(answer);
    }
  };
  await Promise.all(Array.from({ length: work.plan.lanes }, lane));
  return { answers, count };
}

/** A caller that does not give up: what it wanted is asked for anew when its client failed or died. */
async function bringToAnswer(
  work: Work,
  count: WorkCount,
  intent: Intent,
  picture: Buffer,
): Promise<Answered | null> {
  let dies = work.random.next() < work.plan.deathShare;
  for (let beginning = 0; beginning < maxBeginnings; beginning += 1) {
    const death = new AbortController();
    const timer = dies ? setTimeout(() => death.abort(), momentOf(work)) : undefined;
    try {
      return await ask(work, count, intent, picture, death.signal);
    } catch (error) {
      if (death.signal.aborted) count.clientDeaths += 1;
      else if (error instanceof OpenAI.APIError && error.code === 'interrupted')
        count.interruptionsReported += 1;
      else if (!(error instanceof OpenAI.APIConnectionError)) throw error;
      dies = false;
      await wait(work.random.between(50, 400));
    } finally {
      clearTimeout(timer);
    }
  }
  return null;
}

async function ask(
  work: Work,
  count: WorkCount,
  { kind, prompt }: Intent,
  picture: Buffer,
  signal: AbortSignal,
): Promise<Answered> {
  const client = new OpenAI({ apiKey: work.key, baseURL: work.baseUrl, fetch: cuttingFetch(work, count) });
  const body = { model: 'gpt-image-2', prompt, size: '1024x1024', quality: 'low' } as const;
  const answer =
    kind === 'generate'
      ? await client.images.generate(body, { signal })
      : await client.images.edit(
          { ...body, image: await toFile(picture, 'in.png', { type: 'image/png' }) },
          { signal },
        );
  const { pictor } = answer as { pictor?: { request?: string; twin?: boolean } };
  if (pictor?.twin === true) count.takenUp += 1;
  return {
    intent: { kind, prompt },
    requestId: pictor?.request ?? '',
    base64: answer.data?.[0]?.b64_json ?? '',
  };
}

/** A fetch whose connection is sometimes cut at a random moment. Once the answer is there whole, nothing is cut any more. */
function cuttingFetch({ plan, random }: Work, count: WorkCount): typeof fetch {
  return async (url, init) => {
    const cut = new AbortController();
    const cuts = random.next() < plan.cutShare;
    const timer = cuts ? setTimeout(() => cut.abort(), random.between(0, plan.engineMs[1] * 2)) : undefined;
    const signals = init?.signal == null ? [cut.signal] : [cut.signal, init.signal];
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.any(signals) });
      const bytes = await response.arrayBuffer();
      return new Response(bytes, { status: response.status, headers: response.headers });
    } finally {
      clearTimeout(timer);
      if (cut.signal.aborted) count.cuts += 1;
    }
  };
}

function momentOf({ plan, random }: Work): number {
  return random.between(0, plan.engineMs[1] * 2);
}
