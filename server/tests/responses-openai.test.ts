import type OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
