import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusalOf } from './support/responses/read-response.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
let client: OpenAI;

beforeAll(async () => {
  pictor = await startPictor();
  client = pictor.client();
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

const model = 'sketch-director-1';
const tool = { type: 'image_generation', model: 'sketch-1', size: '256x256' } as const;

const draw = async (more: Partial<OpenAI.Responses.ResponseCreateParamsNonStreaming> = {}) =>
  await client.responses.create({ model, input: 'Draw a boat', tools: [tool], ...more });

describe('the tool', () => {
  test('makes as many pictures as are wanted, and no more than are allowed', async () => {
    const three = await draw({ input: 'Draw three pictures of a cat' });
    expect(three.output.map((item) => item.type)).toEqual([
      'image_generation_call',
      'image_generation_call',
      'image_generation_call',
      'message',
    ]);
    const two = await draw({ input: 'Draw three pictures of a cat', max_tool_calls: 2 });
    expect(two.output).toHaveLength(3);
    expect(new Set(three.output.map((item) => item.id)).size).toBe(4);
  });

  test.each([
    ['none', 'Draw a cat', ['message']],
    ['auto', 'What is the capital of France?', ['message']],
    ['required', 'Bonjour', ['image_generation_call', 'message']],
    [{ type: 'image_generation' }, 'Bonjour', ['image_generation_call', 'message']],
    [
      { type: 'allowed_tools', mode: 'required', tools: [{ type: 'image_generation' }] },
      'Bonjour',
      ['image_generation_call', 'message'],
    ],
    [{ type: 'function', name: 'get_weather' }, 'Draw a cat', ['function_call']],
  ])('with tool_choice %j', async (tool_choice, input, types) => {
    const weather = { type: 'function', name: 'get_weather', parameters: null, strict: false } as const;
    const tools = JSON.stringify(tool_choice).includes('weather') ? [tool, weather] : [tool];
    const response = await draw({ input, tools, tool_choice: tool_choice as never });
    expect(response.output.map((item) => item.type)).toEqual(types);
  });

  test('stands beside functions, whose calls are answered by the caller', async () => {
    const weather = {
      type: 'function',
      name: 'get_weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      strict: true,
    } as const;
    const asked = await draw({ input: 'How is the weather in Paris?', tools: [tool, weather] });
    const call = asked.output.find((item) => item.type === 'function_call');
    expect(JSON.parse(call?.arguments ?? '{}')).toHaveProperty('city');
    const told = await draw({
      previous_response_id: asked.id,
      tools: [tool, weather],
      input: [{ type: 'function_call_output', call_id: call?.call_id ?? '', output: 'sunny' }],
    });
    expect(told.output_text).toContain('sunny');
  });

  test('tells what the director does not know', async () => {
    const response = await draw({ temperature: 0.3, reasoning: { effort: 'high' } });
    expect(response).toMatchObject({
      pictor: {
        director: 'sketch',
        adjustments: expect.arrayContaining([
          expect.objectContaining({ parameter: 'temperature', action: 'dropped' }),
          expect.objectContaining({ parameter: 'reasoning', action: 'dropped' }),
        ]),
      },
    });
    const plain = await client.responses.create(
      { model, input: 'Hello', temperature: 0.3 },
      { headers: { 'x-pictor-extensions': 'off' } },
    );
    expect(plain).not.toHaveProperty('pictor');
  });
});

test('a painter that takes what is asked is found, and the answer holds nothing that official types do not know', async () => {
  const response = await draw({
    tools: [{ type: 'image_generation', background: 'transparent', quality: null as never }],
  });
  expect(response.output[0]).toMatchObject({ status: 'completed', background: 'transparent' });
  expect(response.tools).toEqual([{ type: 'image_generation', background: 'transparent' }]);
  expect(response).not.toHaveProperty('user');
  const queued = await draw({ background: true });
  expect(queued).not.toHaveProperty('usage');
});

describe('what cannot be done is refused with its place', () => {
  const refusals: readonly (readonly [string, Record<string, unknown>, Record<string, unknown>])[] = [
    ['an image model that shall lead', { model: 'gpt-image-2' }, { status: 400, param: 'model' }],
    ['a model that is not there', { model: 'nobody' }, { status: 404, code: 'model_not_found' }],
    ['no input', { input: undefined }, { code: 'missing_required_parameter', param: 'input' }],
    [
      'a tool that somebody else hosts',
      { tools: [tool, { type: 'web_search' }] },
      { status: 400, param: 'tools[1].type' },
    ],
    [
      'an edit of nothing',
      { tools: [{ ...tool, action: 'edit' }] },
      { status: 400, code: 'invalid_image_mode', param: 'tools[0].action' },
    ],
    [
      'a size that the model does not make',
      { tools: [{ ...tool, size: '7x7' }] },
      { param: 'tools[0].size' },
    ],
    ['an unknown member', { colour: 'red' }, { code: 'unknown_parameter', param: 'colour' }],
    [
      'a choice of a tool that is not there',
      { tools: [], tool_choice: 'required' },
      { param: 'tool_choice' },
    ],
    [
      'two ways to go on',
      { previous_response_id: 'resp_1', conversation: 'conv_1' },
      { param: 'previous_response_id' },
    ],
    [
      'an unknown file',
      {
        input: [{ role: 'user', content: [{ type: 'input_image', file_id: 'file-1', detail: 'auto' }] }],
      },
      { status: 404, param: 'input[0].content[0].file_id' },
    ],
    ['a part of no known type', { input: [{ role: 'user', content: [{ type: 'smell' }] }] }, { status: 400 }],
    [
      'an item of a tool that is not here',
      { input: [{ type: 'web_search_call', id: 'ws_1' }] },
      { status: 400 },
    ],
    [
      'more previews than there are, also without a stream',
      { tools: [{ ...tool, partial_images: 4 }] },
      { code: 'invalid_value', param: 'tools[0].partial_images' },
    ],
    [
      'a quality that no painter knows, where none is named',
      { tools: [{ type: 'image_generation', quality: 'weird' }] },
      { code: 'invalid_value', param: 'tools[0].quality' },
    ],
    [
      'a size that another painter would only come near to, where none is named',
      { tools: [{ type: 'image_generation', size: '123x7', quality: 'low' }] },
      { code: 'invalid_value', param: 'tools[0].size' },
    ],
    [
      'a transparent JPEG',
      { tools: [{ type: 'image_generation', background: 'transparent', output_format: 'jpeg' }] },
      { code: 'invalid_value', param: 'tools[0].background' },
    ],
    [
      'moderation of another kind',
      { tools: [{ ...tool, moderation: 'none' }] },
      { param: 'tools[0].moderation' },
    ],
    [
      'a mask that is not there',
      { tools: [{ ...tool, input_image_mask: { file_id: 'file-1' } }] },
      { status: 404, param: 'tools[0].input_image_mask.file_id' },
    ],
    [
      'a mask that is no picture',
      { tools: [{ ...tool, input_image_mask: { image_url: 'data:image/png;base64,AAAA' } }] },
      { code: 'invalid_mask_image_format', param: 'tools[0].input_image_mask.image_url' },
    ],
    ['an item that is no object', { input: ['Draw a cat'] }, { status: 400, param: 'input' }],
    ['something else to include', { include: ['everything'] }, { param: 'include' }],
  ];

  test.each(refusals)('%s', async (_name, body, refusal) => {
    expect(await refusalOf(draw(body as never))).toMatchObject(refusal);
  });

  test('an image model is told where it belongs', async () => {
    await expect(draw({ model: 'gpt-image-2' })).rejects.toThrow(/tools: \[\{"type": "image_generation"/);
    await expect(draw({ tools: [{ type: 'web_search' }] })).rejects.toThrow(/'web_search'/);
  });
});
