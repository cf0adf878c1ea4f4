import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paintThing, toDataUrl } from './support/pictures.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from './upstreams/openai-upstream.ts';

let upstream: OpenAiUpstream;
let pictor: Pictor;
let client: OpenAI;

beforeAll(async () => {
  upstream = await openOpenAiUpstream();
  pictor = await startPictor({
    env: { OPENAI_API_KEY: upstreamKey, PICTOR_OPENAI_BASE_URL: upstream.baseUrl },
  });
  client = pictor.client();
});
afterAll(async () => {
  await pictor.stop();
  await upstream.close();
  await removeDataDirs();
});

const tool = { type: 'image_generation', quality: 'low' } as const;

test('a turn is forwarded, stored, booked and made retrievable', async () => {
  const response = await client.responses.create({ model: 'gpt-5.4', input: 'Draw an otter', tools: [tool] });
  expect(response.status).toBe('completed');
  expect(response.output.map((item) => item.type)).toEqual(['reasoning', 'image_generation_call', 'message']);
  const call = response.output.find((item) => item.type === 'image_generation_call');
  expect(call).toMatchObject({
    status: 'completed',
    action: 'generate',
    revised_prompt: 'Revised: Draw an otter',
    result: upstream.calls.at(-1)?.pictures[0]?.toString('base64'),
  });
  expect(response.usage).toMatchObject({ input_tokens: 2000, output_tokens: 50 });
  const again = await client.responses.retrieve(response.id);
  expect(again).toMatchObject(JSON.parse(JSON.stringify(response)));
});

test('what the service made goes back under its own ids, and reasoning encrypted', async () => {
  const first = await client.responses.create({ model: 'gpt-5.4', input: 'Draw an otter', tools: [tool] });
  await client.responses.create({
    model: 'gpt-5.4',
    input: 'Now add a hat',
    previous_response_id: first.id,
    tools: [tool],
  });
  const input = new Map(upstream.calls.at(-1)?.fields).get('input');
  expect(input).toMatchObject([
    { role: 'user' },
    { type: 'reasoning', encrypted_content: expect.any(String) },
    { type: 'image_generation_call', id: expect.stringMatching(/^ig_[0-9a-f]{50}$/) },
    { type: 'message', role: 'assistant', id: expect.any(String) },
    { role: 'user', content: [{ text: 'Now add a hat' }] },
  ]);
  expect(input).not.toMatchObject([{}, {}, { id: first.output[1]?.id }, {}, {}]);
});

test('previews and events come in the documented order', async () => {
  const stream = client.responses.stream({
    model: 'gpt-4.1',
    input: 'Draw a river',
    tools: [{ ...tool, partial_images: 1 }],
  });
  const types: string[] = [];
  for await (const event of stream) types.push(event.type);
  expect((await stream.finalResponse()).status).toBe('completed');
  expect(types).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.image_generation_call.in_progress',
    'response.image_generation_call.generating',
    'response.image_generation_call.partial_image',
    'response.image_generation_call.completed',
    'response.output_item.done',
    'response.output_item.added',
    'response.content_part.added',
    'response.output_text.delta',
    'response.output_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.completed',
  ]);
});

describe('what goes wrong at the service', () => {
  test('a refusal is the error of the call, and of the response', async () => {
    const body = { model: 'gpt-4.1', input: 'Draw a forbidden thing', tools: [tool] };
    await expect(client.responses.create(body)).rejects.toMatchObject({
      status: 400,
      code: 'moderation_blocked',
    });
    const stream = await client.responses.create({ ...body, stream: true });
    const events: OpenAI.Responses.ResponseStreamEvent[] = [];
    for await (const event of stream) events.push(event);
    const done = events.find((event) => event.type === 'response.output_item.done');
    expect(done).toMatchObject({
      item: {
        type: 'image_generation_call',
        status: 'failed',
        error: {
          code: 'moderation_blocked',
          type: 'image_generation_user_error',
          moderation_details: { moderation_stage: 'input', categories: ['violence'] },
        },
      },
    });
    expect(events.at(-1)).toMatchObject({
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'image_content_policy_violation' } },
    });
  });

  test.each([
    [
      { instead: { status: 429, body: { error: { message: 'Slow down', code: 'rate_limit_exceeded' } } } },
      429,
    ],
    [{ instead: { status: 500, body: { error: { message: 'Oops' } } } }, 502],
    [{ instead: { status: 401, body: { error: { message: 'No', code: 'invalid_api_key' } } } }, 502],
    [{ resets: true }, 502],
    [{ cutAfterBytes: 900 }, 502],
  ])('%j is an error, and leaves a response that tells of it', async (behaviour, status) => {
    upstream.next(behaviour);
    const error = await client.responses
      .create({ model: 'gpt-4.1', input: 'Draw a cup', tools: [tool] })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ status });
  });

  test('a picture that came before the connection broke is kept', async () => {
    upstream.next({
      change: (event) =>
        event.type === 'response.output_item.added' && 'content' in Object(event.item)
          ? { type: 'error', code: 'server_error', message: 'The service fell over.', param: null }
          : event,
    });
    const stream = await client.responses.create({
      model: 'gpt-4.1',
      input: 'Draw a cup',
      tools: [tool],
      stream: true,
    });
    const events: OpenAI.Responses.ResponseStreamEvent[] = [];
    for await (const event of stream) events.push(event);
    const [created] = events;
    const id = created?.type === 'response.created' ? created.response.id : '';
    const kept = await client.responses.retrieve(id);
    expect(kept.output[0]).toMatchObject({ type: 'image_generation_call', status: 'completed' });
  });

  test('a painter that the service does not have is refused before anything is sent', async () => {
    const count = upstream.calls.length;
    const strange = { type: 'image_generation', model: 'sketch-1' } as const;
    await expect(
      client.responses.create({ model: 'gpt-4.1', input: 'Draw a cup', tools: [strange] }),
    ).rejects.toMatchObject({ status: 400, param: 'tools[0].model' });
    expect(upstream.calls).toHaveLength(count);
  });
});

test('two pictures of one turn are two calls and two requests', async () => {
  const response = await client.responses.create({ model: 'gpt-4.1', input: 'Draw two cups', tools: [tool] });
  expect(response.output.map((item) => item.type)).toEqual([
    'image_generation_call',
    'image_generation_call',
    'message',
  ]);
  for (const item of response.output.slice(0, 2)) {
    const request = await pictor.call(`/api/requests/${item.id?.replace('ig_', 'req_')}`);
    expect(await request.json()).toMatchObject({
      status: 'succeeded',
      engine: 'openai',
      model_id: 'gpt-image-2',
    });
  }
  expect(response.tool_usage?.image_gen).toMatchObject({ output_tokens: 400 });
});

test('functions are handed out, and go on with their outputs', async () => {
  const get_weather = {
    type: 'function',
    name: 'get_weather',
    parameters: { type: 'object', properties: {} },
    strict: false,
  } as const;
  const tools = [tool, get_weather];
  const asked = await client.responses.create({ model: 'gpt-4.1', input: 'Call get_weather', tools });
  const call = asked.output.find((item) => item.type === 'function_call');
  expect(call).toMatchObject({ name: 'get_weather', arguments: '{"city":"Paris"}' });
  const told = await client.responses.create({
    model: 'gpt-4.1',
    previous_response_id: asked.id,
    input: [{ type: 'function_call_output', call_id: call?.call_id ?? '', output: 'sunny' }],
    tools,
  });
  expect(told.status).toBe('completed');
});

test('deciding is booked beside the picture, and both are told', async () => {
  const response = await client.responses.create({ model: 'gpt-5.4', input: 'Draw a jug', tools: [tool] });
  const ledger = await pictor.call('/api/ledger?limit=5');
  const { data } = (await ledger.json()) as { data: { kind: string; model: string; cost: number | null }[] };
  const kinds = data.slice(0, 2).map((entry) => entry.kind);
  expect(kinds.toSorted()).toEqual(['image', 'mainline']);
  const mainline = data.find((entry) => entry.kind === 'mainline');
  expect(response).toMatchObject({
    pictor: {
      director: 'openai',
      mainline: { engine: 'openai', model: 'gpt-5.4', cost: mainline?.cost },
      calls: [{ engine: 'openai', model: 'gpt-image-2' }],
    },
  });
  expect(mainline?.cost).toBeGreaterThan(0);
});

test('a document goes to the model that reads it, and is kept as a file', async () => {
  const file_data = `data:application/pdf;base64,${Buffer.from('%PDF-1.7 a plan of a garden').toString('base64')}`;
  const response = await client.responses.create({
    model: 'gpt-4.1',
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Draw the garden of this plan' },
          { type: 'input_file', filename: 'plan.pdf', file_data },
        ],
      },
    ],
    tools: [tool],
  });
  const input = new Map(upstream.calls.at(-1)?.fields).get('input');
  expect(input).toMatchObject([{ content: [{}, { type: 'input_file', filename: 'plan.pdf', file_data }] }]);
  const items = await client.responses.inputItems.list(response.id);
  expect(items.data[0]).toMatchObject({
    content: [{}, { type: 'input_file', filename: 'plan.pdf', file_id: expect.stringMatching(/^file-/) }],
  });
  expect(JSON.stringify(items.data)).not.toContain('base64');
});

test('what a function answers may be a picture', async () => {
  const camera = {
    type: 'function',
    name: 'camera',
    parameters: { type: 'object', properties: {} },
    strict: false,
  } as const;
  const asked = await client.responses.create({
    model: 'gpt-4.1',
    input: 'Use the camera',
    tools: [tool, camera],
  });
  const call = asked.output.find((item) => item.type === 'function_call');
  const image_url = toDataUrl(await paintThing({ width: 64, height: 64 }, '#208040'));
  await client.responses.create({
    model: 'gpt-4.1',
    previous_response_id: asked.id,
    input: [
      {
        type: 'function_call_output',
        call_id: call?.call_id ?? '',
        output: [{ type: 'input_image', image_url, detail: 'auto' }],
      },
    ],
    tools: [tool, camera],
  });
  const input = new Map(upstream.calls.at(-1)?.fields).get('input') as unknown[];
  expect(input.at(-1)).toMatchObject({ type: 'function_call_output', output: [{ image_url }] });
});

test('an idempotency key is free again where nothing was paid and another try makes sense', async () => {
  const body = { model: 'gpt-4.1', input: 'Draw a bell', tools: [tool] };
  const options = { headers: { 'Idempotency-Key': 'a-bell' } };
  upstream.next({
    instead: { status: 429, body: { error: { message: 'Slow', code: 'rate_limit_exceeded' } } },
  });
  await expect(client.responses.create(body, options)).rejects.toMatchObject({ status: 429 });
  expect((await client.responses.create(body, options)).status).toBe('completed');
});
