import type OpenAI from 'openai';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paintMask, paintThing, toDataUrl } from './support/pictures.ts';
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
const tool = { type: 'image_generation', size: '1024x1024', quality: 'low' } as const;

type Output = OpenAI.Responses.ResponseOutputItem;
type ImageCall = Extract<Output, { type: 'image_generation_call' }>;

function callsOf(response: { readonly output: readonly Output[] }): ImageCall[] {
  return response.output.filter((item) => item.type === 'image_generation_call');
}

async function formatOf(call: ImageCall | undefined): Promise<string> {
  const { format, width, height } = await sharp(Buffer.from(call?.result ?? '', 'base64')).metadata();
  return `${format} ${width}x${height}`;
}

test('draws when it is asked to, and says so', async () => {
  const response = await client.responses.create({
    model,
    input: 'Generate an image of gray tabby cat hugging an otter with an orange scarf',
    tools: [tool],
  });
  expect(response).toMatchObject({ object: 'response', status: 'completed', model, error: null });
  expect(response.output.map((item) => item.type)).toEqual(['image_generation_call', 'message']);
  const [call] = callsOf(response);
  expect(call).toMatchObject({
    status: 'completed',
    action: 'generate',
    size: '1024x1024',
    quality: 'low',
    output_format: 'png',
    revised_prompt: 'Gray tabby cat hugging an otter with an orange scarf.',
  });
  expect(call?.id).toMatch(/^ig_[0-9a-f]{32}$/);
  expect(await formatOf(call)).toBe('png 1024x1024');
  expect(response.output_text).toContain('Here is your picture');
});

test('goes on with the picture of the response before', async () => {
  const first = await client.responses.create({ model, input: 'Draw a red boat', tools: [tool] });
  const second = await client.responses.create({
    model,
    previous_response_id: first.id,
    input: 'Now make it look realistic',
    tools: [tool],
  });
  expect(callsOf(second)[0]).toMatchObject({ status: 'completed', action: 'edit' });
  expect(callsOf(second)[0]?.result).not.toBe(callsOf(first)[0]?.result);
});

test('every event of a stream is one that the official helper reads, in the documented order', async () => {
  const stream = client.responses.stream({
    model: 'gpt-4.1',
    input: 'Draw a river made of white owl feathers',
    tools: [{ ...tool, partial_images: 2 }],
  });
  const types: string[] = [];
  const numbers: number[] = [];
  for await (const event of stream) {
    types.push(event.type);
    numbers.push(event.sequence_number);
  }
  const final = await stream.finalResponse();
  expect(numbers).toEqual(numbers.map((_, index) => index));
  const shown = types.filter((type, index) => !(type.endsWith('.delta') && types[index - 1] === type));
  expect(shown).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.image_generation_call.in_progress',
    'response.image_generation_call.generating',
    'response.image_generation_call.partial_image',
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
  expect(final.status).toBe('completed');
  expect(final.output_text).toContain('river made of white owl feathers');
});

describe('a mask', () => {
  test('is laid on the picture that came with the words', async () => {
    const size = { width: 256, height: 256 };
    const picture = await paintThing(size, '#3060c0');
    const mask = await paintMask(size, { left: 64, top: 64, width: 128, height: 128 });
    const response = await client.responses.create({
      model: 'gpt-4o',
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'the same but with a flamingo' },
            { type: 'input_image', image_url: toDataUrl(picture), detail: 'auto' },
          ],
        },
      ],
      tools: [{ ...tool, size: 'auto', model: 'sketch-1', input_image_mask: { image_url: toDataUrl(mask) } }],
    });
    expect(callsOf(response)[0]).toMatchObject({ status: 'completed', action: 'edit' });
  });
});
