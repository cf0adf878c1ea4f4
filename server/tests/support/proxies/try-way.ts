import { setTimeout as wait } from 'node:timers/promises';
import OpenAI from 'openai';
import type { Pictor } from '../start-pictor.ts';

/** The ways to wait for a picture that takes long. `once` is the plain one by a client that does not repeat. */
export const ways = ['plain', 'once', 'stream', 'keepalive', 'async'] as const;
export type Way = (typeof ways)[number];

export type Tried = {
  readonly way: Way;
  /** Whether the client had its picture in the end, without asking by id. */
  readonly answered: boolean;
  /** Calls that the client made; more than 1: connections were cut, and it repeated by itself. Polling counts once. */
  readonly attempts: number;
  /** Requests that the engine was paid for. */
  readonly engineCalls: number;
  /** Whether the id gives the picture, the same where one was answered. */
  readonly foundById: boolean;
};

type Trial = {
  readonly pictor: Pictor;
  /** Where the proxy listens. */
  readonly proxyPort: number;
  readonly way: Way;
  /** Different for every trial. */
  readonly prompt: string;
};

type Asking = Trial & { readonly client: OpenAI };

/** Asks for one slow picture through a proxy, and looks at what became of it. */
export async function tryWay(trial: Trial): Promise<Tried> {
  let attempts = 0;
  const client = new OpenAI({
    apiKey: trial.pictor.key,
    baseURL: `http://127.0.0.1:${trial.proxyPort}/v1`,
    ...(trial.way === 'once' ? { maxRetries: 0 } : {}),
    fetch: (url, init) => {
      attempts += 1;
      return fetch(url, init);
    },
  });
  const base64 = await ask({ ...trial, client }).catch(() => null);
  const found = await findPicture(trial);
  return {
    way: trial.way,
    answered: base64 !== null,
    attempts,
    engineCalls: found.ids.length,
    foundById: found.base64 !== null && (base64 === null || base64 === found.base64),
  };
}

async function ask(asking: Asking): Promise<string | null> {
  const { client, way, prompt } = asking;
  const body = {
    model: 'sketch-1',
    prompt,
    size: '256x256',
  } as unknown as OpenAI.ImageGenerateParamsNonStreaming;
  switch (way) {
    case 'plain':
    case 'once':
      return (await client.images.generate(body)).data?.[0]?.b64_json ?? null;
    case 'stream':
      return await readStream(await client.images.generate({ ...body, stream: true }));
    case 'keepalive': {
      const headers = { 'x-pictor-keepalive': 'body' };
      return (await client.images.generate(body, { headers })).data?.[0]?.b64_json ?? null;
    }
    case 'async':
      return await poll(asking, body);
  }
}

async function readStream(stream: AsyncIterable<OpenAI.ImageGenStreamEvent>): Promise<string | null> {
  for await (const event of stream) {
    if (event.type === 'image_generation.completed') return event.b64_json;
  }
  return null;
}

async function poll({ client, pictor, proxyPort }: Asking, body: object): Promise<string | null> {
  const accepted = await client
    .post('/images/generations', { body, headers: { prefer: 'respond-async' } })
    .asResponse();
  const location = `http://127.0.0.1:${proxyPort}${accepted.headers.get('location')}`;
  const headers = { authorization: `Bearer ${pictor.key}` };
  for (;;) {
    const answer = await fetch(location, { headers });
    if (answer.status !== 202) return readPicture(await answer.json());
    await answer.text();
    await wait(1_000);
  }
}

/** The request's row and, once it has ended, its picture: asked of the server itself. */
async function findPicture({ pictor, prompt }: Trial): Promise<{ ids: string[]; base64: string | null }> {
  type Rows = { data: { id: string; prompt: string }[] };
  const rows = (await (await pictor.call('/api/requests?limit=200')).json()) as Rows;
  const ids = rows.data.filter((row) => row.prompt === prompt).map(({ id }) => id);
  const answer = await pictor.call(`/v1/images/generations/${ids[0]}`, { headers: { prefer: 'wait=600' } });
  return { ids, base64: answer.status === 200 ? readPicture(await answer.json()) : null };
}

function readPicture(answer: unknown): string | null {
  return (answer as { data?: { b64_json?: string }[] }).data?.[0]?.b64_json ?? null;
}
