import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paintThing, toDataUrl } from './support/pictures.ts';
import { callOf, refusalOf } from './support/responses/read-response.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
let client: OpenAI;
/** Of another project. */
let stranger: OpenAI;

beforeAll(async () => {
  pictor = await startPictor({ env: { PICTOR_SKETCH_DELAY_MS: '100' } });
  client = pictor.client();
  const send = async (path: string, body: unknown): Promise<{ id: string; key: string }> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await pictor.call(path, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()) as { id: string; key: string };
  };
  const project = await send('/api/projects', { name: 'Others' });
  const { key } = await send(`/api/projects/${project.id}/keys`, { name: 'Theirs' });
  stranger = new OpenAI({ apiKey: key, baseURL: `${pictor.url}/v1`, maxRetries: 0 });
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

const model = 'sketch-director-1';
const tool = { type: 'image_generation', model: 'sketch-1', size: '256x256' } as const;

const draw = async (more: Partial<OpenAI.Responses.ResponseCreateParamsNonStreaming> = {}) =>
  await client.responses.create({ model, input: 'Draw a boat', tools: [tool], ...more });

describe('a stored response', () => {
  test('is retrieved as it was answered, with its items, until it is deleted', async () => {
    const response = await draw({ metadata: { order: '7' }, instructions: 'Be brief', user: 'user-1' });
    expect(response).toMatchObject({ metadata: { order: '7' }, instructions: 'Be brief', user: 'user-1' });
    expect(await client.responses.retrieve(response.id)).toEqual(JSON.parse(JSON.stringify(response)));
    const items = await client.responses.inputItems.list(response.id);
    expect(items.data).toMatchObject([
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Draw a boat' }] },
    ]);
    await client.responses.delete(response.id);
    expect(await refusalOf(client.responses.retrieve(response.id))).toMatchObject({ status: 404 });
    expect(await refusalOf(draw({ previous_response_id: response.id }))).toMatchObject({
      status: 404,
      param: 'previous_response_id',
    });
  });

  test('has every member that official types call required', async () => {
    const response = await draw();
    for (const name of [
      'id',
      'access_programs',
      'output_text',
      'created_at',
      'error',
      'incomplete_details',
      'instructions',
      'metadata',
      'model',
      'object',
      'output',
      'parallel_tool_calls',
      'temperature',
      'tool_choice',
      'tools',
      'top_p',
    ]) {
      expect(response).toHaveProperty(name);
    }
    expect(response.usage).toMatchObject({
      input_tokens: expect.any(Number),
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    });
    expect(callOf(response)).toMatchObject({ id: expect.any(String), status: 'completed', size: '256x256' });
  });

  test('that was not to be stored is nowhere, and its picture can still be named', async () => {
    const response = await draw({ store: false });
    expect(await refusalOf(client.responses.retrieve(response.id))).toMatchObject({ status: 404 });
    const next = await client.responses.create({
      model,
      tools: [tool],
      input: [
        { role: 'user', content: 'Now add a hat to it' },
        { type: 'image_generation_call', id: callOf(response).id } as never,
      ],
    });
    expect(callOf(next).action).toBe('edit');
  });

  test('is hidden from another project, with all that is in it', async () => {
    const response = await draw();
    const call = callOf(response);
    expect(await refusalOf(stranger.responses.retrieve(response.id))).toMatchObject({ status: 404 });
    for (const item of [
      { type: 'image_generation_call', id: call.id },
      { type: 'item_reference', id: call.id },
    ]) {
      const input = [{ role: 'user', content: 'Make it blue' }, item] as never;
      const refusal = await refusalOf(stranger.responses.create({ model, tools: [tool], input }));
      expect(refusal).toMatchObject({ status: 404, code: 'not_found', param: 'input[1].id' });
    }
  });
});

describe('earlier items', () => {
  test('are replayed as they were answered, with bytes or without', async () => {
    const first = await draw();
    const again = first.output.map((item) =>
      item.type === 'image_generation_call' ? { ...item, result: null } : item,
    );
    for (const output of [first.output, again]) {
      const next = await client.responses.create({
        model,
        tools: [tool],
        input: [
          { role: 'user', content: 'Draw a boat' },
          ...(output as OpenAI.Responses.ResponseInput),
          { role: 'user', content: 'Make it red' },
        ],
      });
      expect(callOf(next)).toMatchObject({ status: 'completed', action: 'edit' });
    }
  });

  test('of a deleted turn are gone from those that follow, and what came before stays', async () => {
    const one = await draw();
    const two = await client.responses.create({
      model,
      input: 'Hello there, how are you?',
      previous_response_id: one.id,
      tools: [tool],
    });
    await client.responses.delete(two.id);
    expect(
      await refusalOf(client.responses.create({ model, input: 'x', previous_response_id: two.id })),
    ).toMatchObject({ status: 404 });
    const three = await client.responses.create({
      model,
      input: 'Make it night',
      previous_response_id: one.id,
      tools: [tool],
    });
    expect(callOf(three).action).toBe('edit');
  });
});

describe('a response in the background', () => {
  test('is queued, polled, and taken up as a stream behind any event', async () => {
    const queued = await draw({ background: true });
    expect(queued.status).toBe('queued');
    let response = queued;
    while (response.status === 'queued' || response.status === 'in_progress') {
      await new Promise((go) => setTimeout(go, 50));
      response = await client.responses.retrieve(queued.id);
    }
    expect(response.status).toBe('completed');
    const whole = await numbersAndTypes(client, queued.id);
    expect(whole.slice(0, 3)).toEqual(['0 response.created', '1 response.queued', '2 response.in_progress']);
    expect(await numbersAndTypes(client, queued.id, 4)).toEqual(whole.slice(5));
  });

  test('is cancelled', async () => {
    const queued = await draw({ background: true, input: 'Draw ten pictures of a boat' });
    const cancelled = await client.responses.cancel(queued.id);
    expect(cancelled.status).toBe('cancelled');
    expect((await client.responses.retrieve(queued.id)).status).toBe('cancelled');
  });

  test('is gone with everything when it is deleted while it runs', async () => {
    const queued = await draw({ background: true, input: 'Draw ten pictures of a boat' });
    await client.responses.delete(queued.id);
    expect(await refusalOf(client.responses.retrieve(queued.id))).toMatchObject({ status: 404 });
  });

  test('is the only one that can be cancelled, and must be stored', async () => {
    const response = await draw();
    expect(await refusalOf(client.responses.cancel(response.id))).toMatchObject({ status: 400 });
    expect(await refusalOf(draw({ background: true, store: false }))).toMatchObject({ param: 'store' });
  });
});

async function numbersAndTypes(from: OpenAI, id: string, after?: number): Promise<string[]> {
  const stream = await from.responses.retrieve(id, {
    stream: true,
    ...(after === undefined ? {} : { starting_after: after }),
  });
  const seen: string[] = [];
  for await (const event of stream) seen.push(`${event.sequence_number} ${event.type}`);
  return seen;
}

describe('a conversation', () => {
  test('keeps what was said and made, and is read page by page', async () => {
    const conversation = await client.conversations.create({
      items: [{ type: 'message', role: 'user', content: 'My boat is red.' }],
      metadata: { topic: 'boats' },
    });
    expect(conversation).toMatchObject({ object: 'conversation', metadata: { topic: 'boats' } });
    const first = await draw({ conversation: conversation.id });
    expect(first.conversation).toEqual({ id: conversation.id });
    const second = await draw({ conversation: { id: conversation.id }, input: 'Now add a hat to it' });
    expect(callOf(second).action).toBe('edit');
    const page = await client.conversations.items.list(conversation.id, { order: 'asc', limit: 3 });
    expect(page.data.map((item) => item.type)).toEqual(['message', 'message', 'image_generation_call']);
    expect(page.has_more).toBe(true);
    const all: string[] = [];
    for await (const item of client.conversations.items.list(conversation.id, { order: 'asc', limit: 2 })) {
      all.push(item.type);
    }
    expect(all).toHaveLength(7);
    const call = callOf(first);
    const item = await client.conversations.items.retrieve(call.id, { conversation_id: conversation.id });
    expect(item).toMatchObject({ type: 'image_generation_call', result: call.result });
  });

  test('is changed and deleted, and so are its items', async () => {
    const conversation = await client.conversations.create({});
    const added = await client.conversations.items.create(conversation.id, {
      items: [{ role: 'user', content: 'Hello' }],
    });
    const [item] = added.data;
    await client.conversations.update(conversation.id, { metadata: { a: 'b' } });
    expect((await client.conversations.retrieve(conversation.id)).metadata).toEqual({ a: 'b' });
    await client.conversations.update(conversation.id, {} as never);
    expect((await client.conversations.retrieve(conversation.id)).metadata).toEqual({ a: 'b' });
    await client.conversations.update(conversation.id, { metadata: null });
    expect((await client.conversations.retrieve(conversation.id)).metadata).toEqual({});
    await client.conversations.items.delete(item?.id ?? '', { conversation_id: conversation.id });
    expect((await client.conversations.items.list(conversation.id)).data).toEqual([]);
    expect(await client.conversations.delete(conversation.id)).toMatchObject({ deleted: true });
    expect(await refusalOf(client.conversations.retrieve(conversation.id))).toMatchObject({ status: 404 });
  });

  test('shows the bytes of what was sent only where they are asked for', async () => {
    const picture = toDataUrl(await paintThing({ width: 64, height: 64 }, '#3060c0'));
    const content = [{ type: 'input_image', image_url: picture, detail: 'low' }] as const;
    const conversation = await client.conversations.create({
      items: [{ role: 'user', content: [...content] }],
    });
    const plain = await client.conversations.items.list(conversation.id);
    expect(plain.data[0]).toMatchObject({ content: [{ detail: 'low', image_url: null, file_id: null }] });
    const include = ['message.input_image.image_url' as const];
    const full = await client.conversations.items.list(conversation.id, { include });
    expect(full.data[0]).toMatchObject({ content: [{ image_url: picture }] });
  });
});

test('a repeated idempotency key is answered with the first response', async () => {
  const options = { idempotencyKey: 'a-boat-once', headers: { 'Idempotency-Key': 'a-boat-once' } };
  const body = { model, input: 'Draw a boat', tools: [tool] };
  const first = await client.responses.create(body, options);
  const second = await client.responses.create(body, options);
  expect(second.id).toBe(first.id);
  const other = client.responses.create({ ...body, input: 'Draw a cat' }, options);
  expect(await refusalOf(other)).toMatchObject({ status: 409, code: 'idempotency_key_reused' });
});

test('a caller that lost the connection gets the same response by asking again', async () => {
  const body = { model, input: 'Draw a lighthouse that nobody waits for', tools: [tool] };
  const leaving = new AbortController();
  const first = client.responses.create({ ...body, stream: true }, { signal: leaving.signal });
  const [created] = await readSome(await first, 1);
  leaving.abort();
  const again = await client.responses.create({ ...body, stream: true });
  const events = await readSome(again, Number.POSITIVE_INFINITY);
  expect(events.at(0)).toMatchObject({ response: { id: responseIdOf(created) } });
  expect(events.at(-1)?.type).toBe('response.completed');
});

type StreamEvent = OpenAI.Responses.ResponseStreamEvent;

async function readSome(stream: AsyncIterable<StreamEvent>, count: number): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of stream) {
    events.push(event);
    if (events.length >= count) break;
  }
  return events;
}

function responseIdOf(event: StreamEvent | undefined): string {
  return event !== undefined && 'response' in event ? event.response.id : '';
}

test('what a killed process left running is closed as failed, and tells so as a stream', async () => {
  const env = { PICTOR_SKETCH_DELAY_MS: '60000' };
  const dying = await startPictor({ env });
  const body = { model, input: 'Draw a boat', tools: [tool], background: true };
  const { id } = await dying.client().responses.create(body);
  await dying.kill();
  const next = await startPictor({ env, dataDir: dying.dataDir });
  const found = await next.client().responses.retrieve(id);
  expect(found).toMatchObject({ status: 'failed', error: { code: 'server_error' } });
  const events = await numbersAndTypes(next.client(), id);
  expect(events.at(-1)).toMatch(/response\.failed$/);
  await next.stop();
});
