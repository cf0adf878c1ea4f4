import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paintMask, toDataUrl } from './support/pictures.ts';
import { hash, hashesOf } from './support/responses/find-pictures.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { chatKey, chatModel, openChatUpstream } from './upstreams/chat-upstream.ts';
import { googleKey, openGoogleUpstream } from './upstreams/google-upstream.ts';
import { openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';
import type { ServedUpstream } from './upstreams/serve-upstream.ts';
import { openVllmOmniUpstream, vllmOmniKey, vllmOmniModel } from './upstreams/vllm-omni-upstream.ts';

const backends = {
  openai: { model: 'gpt-5.4', painter: undefined },
  gemini: { model: 'gemini-3-pro-image', painter: undefined },
  compatible: { model: `chat/${chatModel}`, painter: 'compatible/Qwen-Image' },
  sketch: { model: 'sketch-director-1', painter: 'sketch-1' },
} as const;

type Backend = keyof typeof backends;

const names = Object.keys(backends) as Backend[];
const pairs = names.flatMap((first) =>
  names.filter((second) => second !== first).map((second) => [first, second] as const),
);

let upstreams: Readonly<Record<'openai' | 'google' | 'chat' | 'engine', ServedUpstream>>;
let env: Readonly<Record<string, string>>;
let dataDir: string;
let pictor: Pictor;
let client: OpenAI;
let mask: string;

beforeAll(async () => {
  const openai = await openOpenAiUpstream();
  const google = await openGoogleUpstream();
  const chat = await openChatUpstream();
  const engine = await openVllmOmniUpstream();
  upstreams = { openai, google, chat, engine };
  env = {
    OPENAI_API_KEY: upstreamKey,
    PICTOR_OPENAI_BASE_URL: openai.baseUrl,
    GEMINI_API_KEY: googleKey,
    PICTOR_GEMINI_BASE_URL: google.origin,
    PICTOR_CHAT_BASE_URL: chat.baseUrl,
    PICTOR_CHAT_MODEL: chatModel,
    PICTOR_CHAT_API_KEY: chatKey,
    PICTOR_COMPATIBLE_BASE_URL: engine.origin,
    PICTOR_COMPATIBLE_MODEL: vllmOmniModel,
    PICTOR_COMPATIBLE_DIALECT: 'vllm-omni',
    PICTOR_COMPATIBLE_API_KEY: vllmOmniKey,
  };
  dataDir = await newDataDir();
  pictor = await startPictor({ env, dataDir });
  client = pictor.client();
  const edge = { width: 1024, height: 1024 };
  mask = toDataUrl(await paintMask(edge, { left: 300, top: 300, width: 400, height: 400 }));
});
afterAll(async () => {
  await pictor.stop();
  await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
  await removeDataDirs();
});

type Turn = { readonly words: string; readonly masked?: true; readonly size?: string };

const script: readonly Turn[] = [
  { words: 'Draw a boat on a lake' },
  { words: 'Now add a red sail to it' },
  { words: 'Change the sail in the masked place', masked: true },
  { words: 'As before but make it night' },
  { words: 'Enlarge it', size: '1024x1024' },
];

type Step = { readonly responseId: string; readonly picture: string; readonly original: string | null };

/** One turn, and the hashes of all that went to any upstream for it. */
async function take(backend: Backend, turn: Turn, before: Step | undefined): Promise<Step> {
  const { model, painter } = backends[backend];
  const counts = Object.values(upstreams).map((upstream) => upstream.calls.length);
  const response = await client.responses.create({
    model,
    input: turn.words,
    ...(before === undefined ? {} : { previous_response_id: before.responseId }),
    tools: [
      {
        type: 'image_generation',
        ...(painter === undefined ? {} : { model: painter }),
        ...(turn.masked === undefined ? {} : { input_image_mask: { image_url: mask } }),
        ...(turn.size === undefined || backend === 'gemini' ? {} : { size: turn.size }),
      },
    ],
    tool_choice: { type: 'image_generation' },
  });
  expect(response.output.at(-1)?.type).toBe('message');
  const call = response.output.find((item) => item.type === 'image_generation_call');
  expect(call).toMatchObject({ status: 'completed', action: before === undefined ? 'generate' : 'edit' });
  const calls = Object.values(upstreams).flatMap((upstream, index) => upstream.calls.slice(counts[index]));
  if (before !== undefined) {
    const sent = backend === 'sketch' ? await inputsOf(call?.id ?? '') : calls.flatMap(hashesOf);
    const parents = [before.picture, ...(before.original === null ? [] : [before.original])];
    expect(sent.filter((each) => parents.includes(each)).length).toBeGreaterThan(0);
  }
  const made = calls.flatMap((each) => each.pictures).at(-1);
  return {
    responseId: response.id,
    picture: hash(call?.result ?? ''),
    original: made === undefined ? null : hash(made.toString('base64')),
  };
}

/** What the offline engine was given: it has no wire, but a row. */
async function inputsOf(callId: string): Promise<readonly string[]> {
  const request = await pictor.call(`/api/requests/${callId.replace('ig_', 'req_')}`);
  const { inputs } = (await request.json()) as { inputs: { url: string }[] };
  const bytes = await Promise.all(
    inputs.map(async ({ url }) => await (await pictor.call(url)).arrayBuffer()),
  );
  return bytes.map((each) => hash(Buffer.from(each).toString('base64')));
}

describe('a conversation that begins with one backend and goes on with another', () => {
  const halves = new Map<string, Step>();

  test.each(pairs)('%s makes a picture and edits it, before %s', async (first, second) => {
    let step: Step | undefined;
    for (const turn of script.slice(0, 2)) step = await take(first, turn, step);
    if (step !== undefined) halves.set(`${first} ${second}`, step);
  });

  test('the server is killed in the middle', async () => {
    await pictor.kill();
    pictor = await startPictor({ env, dataDir });
    client = pictor.client();
    expect(halves.size).toBe(pairs.length);
  });

  test.each(pairs)('what %s made, %s edits with a mask, makes night, and enlarges', async (first, second) => {
    let step = halves.get(`${first} ${second}`);
    for (const turn of script.slice(2)) step = await take(second, turn, step);
    expect(step).toBeDefined();
  });
});

/** As recorded of OpenAI's service, from behind the reasoning on; pieces of text are counted once. */
const recorded = [
  'response.created',
  'response.in_progress',
  'response.output_item.added',
  'response.image_generation_call.in_progress',
  'response.image_generation_call.generating',
  'response.image_generation_call.completed',
  'response.output_item.done',
  'response.output_item.added',
  'response.content_part.added',
  'response.output_text.delta',
  'response.output_text.done',
  'response.content_part.done',
  'response.output_item.done',
  'response.completed',
];

test.each(names)('%s tells its events in the recorded order', async (backend) => {
  const { model, painter } = backends[backend];
  const stream = client.responses.stream({
    model,
    input: 'Draw a lighthouse',
    tools: [{ type: 'image_generation', ...(painter === undefined ? {} : { model: painter }) }],
    tool_choice: { type: 'image_generation' },
  });
  const events: OpenAI.Responses.ResponseStreamEvent[] = [];
  for await (const event of stream) events.push(event);
  expect((await stream.finalResponse()).output.at(-1)?.type).toBe('message');
  const shown = events.filter((event) => !('item' in event) || event.item.type !== 'reasoning');
  const types = shown
    .map((event) => event.type)
    .filter((type, index, all) => !(type === 'response.output_text.delta' && all[index - 1] === type));
  // Gemini writes before it draws.
  const turned = backend === 'gemini' ? wordsFirst(recorded) : recorded;
  expect(types).toEqual(turned);
  expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
});

function wordsFirst(types: readonly string[]): readonly string[] {
  const [call, words] = [types.slice(2, 7), types.slice(7, 13)];
  return [...types.slice(0, 2), ...words, ...call, ...words, 'response.completed'];
}

test('Gemini is told how to choose its words, and what it does not know is told', async () => {
  const response = await client.responses.create({
    model: backends.gemini.model,
    input: 'Draw a lighthouse',
    tools: [{ type: 'image_generation' }],
    temperature: 0.5,
    top_p: 0.9,
    max_output_tokens: 4000,
    reasoning: { effort: 'low' },
  });
  const { generationConfig } = Object.fromEntries(upstreams.google.calls.at(-1)?.fields ?? []);
  expect(generationConfig).toMatchObject({ temperature: 0.5, topP: 0.9, maxOutputTokens: 4000 });
  expect(response).toMatchObject({
    pictor: { adjustments: [{ parameter: 'reasoning', action: 'dropped' }] },
  });
});

test.each(names)('%s answers in words where there is no tool', async (backend) => {
  const response = await client.responses.create({ model: backends[backend].model, input: 'Hello there?' });
  expect(response.output.filter((item) => item.type !== 'reasoning')).toMatchObject([
    { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text' }] },
  ]);
  expect(response.output_text).toMatch(/./);
});
