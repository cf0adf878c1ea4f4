import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paintThing, toDataUrl } from './support/pictures.ts';
import { hash, hashesOf } from './support/responses/find-pictures.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { chatKey, chatModel, openChatUpstream } from './upstreams/chat-upstream.ts';
import type { ServedUpstream } from './upstreams/serve-upstream.ts';

/** Two cells of one service: a model that sees pictures, under OpenAI's name as well, and one that does not. */
let upstream: ServedUpstream;
let pictor: Pictor;
let client: OpenAI;

beforeAll(async () => {
  const chat = await openChatUpstream();
  upstream = chat;
  const config = join(await newDataDir(), 'pictor.yaml');
  await writeFile(
    config,
    `
providers:
  chat:
    - name: lab
      base_url: ${chat.baseUrl}
      api_key: \${LAB_KEY}
      models: [{ id: ${chatModel}, sees_pictures: true, painter: sketch-1 }]
    - name: blind
      base_url: ${chat.baseUrl}
      api_key: \${LAB_KEY}
      models: [${chatModel}]
aliases:
  gpt-5.4: lab/${chatModel}
`,
  );
  pictor = await startPictor({ env: { PICTOR_CONFIG: config, LAB_KEY: chatKey } });
  client = pictor.client();
});
afterAll(async () => {
  await pictor.stop();
  await upstream.close();
  await removeDataDirs();
});

const tool = { type: 'image_generation', size: '256x256' } as const;

function bodyOf(index: number): Readonly<Record<string, unknown>> {
  return Object.fromEntries(upstream.calls.at(index)?.fields ?? []);
}

function callOf(response: OpenAI.Responses.Response) {
  return response.output.find((item) => item.type === 'image_generation_call');
}

test('a chat model leads under another name, paints with its painter, and is shown what was made', async () => {
  const response = await client.responses.create({
    model: 'gpt-5.4',
    input: 'Draw a mill',
    instructions: 'Be kind',
    tools: [tool],
    temperature: 0.2,
    max_output_tokens: 300,
    reasoning: { effort: 'low' },
  });
  expect(response.output.map((item) => item.type)).toEqual(['image_generation_call', 'message']);
  expect(callOf(response)).toMatchObject({ status: 'completed', revised_prompt: 'Chat: Draw a mill' });
  expect(response.output_text).toBe('There it is, as you wished.');
  expect(response.usage).toMatchObject({ input_tokens: 200, output_tokens: 40, total_tokens: 240 });
  expect(response).toMatchObject({
    pictor: { director: 'lab', adjustments: [], calls: [{ engine: 'sketch', model: 'sketch-1' }] },
  });
  expect(bodyOf(-2)).toMatchObject({
    model: chatModel,
    temperature: 0.2,
    max_tokens: 300,
    reasoning_effort: 'low',
    messages: [
      { role: 'system', content: 'Be kind' },
      { role: 'user', content: 'Draw a mill' },
    ],
    tools: [{ type: 'function', function: { name: 'image_generation' } }],
  });
  const last = upstream.calls.at(-1);
  if (last === undefined) throw new Error('The chat model was not called.');
  expect(hashesOf(last)).toEqual([hash(callOf(response)?.result ?? '')]);
});

test('a model that sees nothing is told in words', async () => {
  const picture = toDataUrl(await paintThing({ width: 256, height: 256 }, '#a03050'));
  const response = await client.responses.create({
    model: `blind/${chatModel}`,
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Add a hat' },
          { type: 'input_image', image_url: picture, detail: 'auto' },
        ],
      },
    ],
    tools: [tool],
  });
  expect(callOf(response)).toMatchObject({ status: 'completed', action: 'edit' });
  expect(upstream.calls.slice(-2).flatMap(hashesOf)).toEqual([]);
  expect(bodyOf(-1).messages).toMatchObject([
    { role: 'user', content: 'Add a hat\n(Attached: picture 1.)' },
    { role: 'assistant', tool_calls: [{ function: { name: 'image_generation' } }] },
    { role: 'tool', content: expect.stringMatching(/^Picture 2 was made, \d+x\d+ pixels/) },
  ]);
});

test('functions are handed out, and go on with their outputs', async () => {
  const weather = {
    type: 'function',
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
    strict: false,
  } as const;
  const asked = await client.responses.create({
    model: 'gpt-5.4',
    input: 'Please call get_weather',
    tools: [tool, weather],
  });
  const call = asked.output.find((item) => item.type === 'function_call');
  expect(call).toMatchObject({ name: 'get_weather', arguments: '{"city":"Paris"}', status: 'completed' });
  const told = await client.responses.create({
    model: 'gpt-5.4',
    previous_response_id: asked.id,
    input: [{ type: 'function_call_output', call_id: call?.call_id ?? '', output: 'sunny' }],
    tools: [tool, weather],
  });
  expect(told.output_text).toBe('There it is, as you wished.');
  expect(bodyOf(-1).messages).toMatchObject([
    { role: 'user' },
    { role: 'assistant', tool_calls: [{ id: call?.call_id }] },
    { role: 'tool', tool_call_id: call?.call_id, content: 'sunny' },
  ]);
});

describe('a service that does not do as it should', () => {
  test('which ignores that it must paint is taken at its caller’s word', async () => {
    const response = await client.responses.create({
      model: 'gpt-5.4',
      input: 'Good morning',
      tools: [tool],
      tool_choice: { type: 'image_generation' },
    });
    expect(callOf(response)).toMatchObject({ status: 'completed', revised_prompt: 'Good morning' });
    expect(response.output.at(-1)?.type).toBe('message');
    expect(bodyOf(-1).tool_choice).toEqual({ type: 'function', function: { name: 'image_generation' } });
  });

  test('which answers whole instead of in chunks is read', async () => {
    upstream.next({
      instead: {
        body: {
          choices: [{ message: { role: 'assistant', content: 'Whole.' }, finish_reason: 'stop' }],
          usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
        },
      },
    });
    const response = await client.responses.create({ model: 'gpt-5.4', input: 'Hello', tools: [tool] });
    expect(response.output_text).toBe('Whole.');
    expect(response.usage?.total_tokens).toBe(3);
  });

  test('which calls a tool that is not there is told so', async () => {
    const strange = { id: 'call_x', type: 'function', function: { name: 'fly', arguments: '{}' } };
    const message = { role: 'assistant', content: '', tool_calls: [strange] };
    upstream.next({ instead: { body: { choices: [{ message, finish_reason: 'tool_calls' }] } } });
    const response = await client.responses.create({ model: 'gpt-5.4', input: 'Hello', tools: [tool] });
    expect(response.status).toBe('completed');
    expect(bodyOf(-1).messages).toMatchObject([
      {},
      {},
      { role: 'tool', content: "There is no tool 'fly' here." },
    ]);
  });

  test('which ends too early leaves the response incomplete', async () => {
    const message = { role: 'assistant', content: 'I was about to' };
    upstream.next({ instead: { body: { choices: [{ message, finish_reason: 'length' }] } } });
    const response = await client.responses.create({ model: 'gpt-5.4', input: 'Hello', tools: [tool] });
    expect(response).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
    });
  });

  test.each([
    [{ instead: { status: 503, body: { error: { message: 'Loading model' } } } }, 502],
    [{ instead: { body: '<html>' } }, 502],
    [{ cutAfterBytes: 0 }, 502],
    [{ instead: { body: {} } }, 502],
  ])('%j is an error', async (behaviour, status) => {
    upstream.next(behaviour);
    const answer = client.responses.create({ model: 'gpt-5.4', input: 'Hello', tools: [tool] });
    await expect(answer).rejects.toMatchObject({ status });
  });
});

test('documents are refused, and what the wire does not have is told', async () => {
  const file = {
    type: 'input_file',
    file_data: 'data:application/pdf;base64,JVBERi0xLjcK',
    filename: 'a.pdf',
  } as const;
  await expect(
    client.responses.create({ model: 'gpt-5.4', input: [{ role: 'user', content: [file] }] }),
  ).rejects.toMatchObject({ status: 400, param: 'input' });
  const response = await client.responses.create({ model: 'gpt-5.4', input: 'Hello', service_tier: 'flex' });
  expect(response).toMatchObject({
    pictor: { adjustments: [{ parameter: 'service_tier', action: 'dropped' }] },
  });
});

test('what nobody knows the price of is unknown wherever it is told, and not for nothing', async () => {
  const response = await client.responses.create({ model: 'gpt-5.4', input: 'Draw a hut', tools: [tool] });
  expect(response).toMatchObject({ pictor: { cost: null, mainline: { cost: null } } });
  const { data } = (await (await pictor.call('/api/spend?group_by=model')).json()) as {
    data: { group: string; cost: number | null; cost_nano_usd: number | null }[];
  };
  const chat = data.find(({ group }) => group.endsWith(chatModel));
  expect(chat).toMatchObject({ cost: null, cost_nano_usd: null });
  const csv = await (await pictor.call('/api/spend?group_by=model&format=csv')).text();
  expect(csv).toContain(`\r\n${chat?.group},,`);
});
