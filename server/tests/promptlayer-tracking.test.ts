import type { PromptLayer } from 'promptlayer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Answer,
  completionTemplate,
  imagesOf,
  openPromptLayer,
  type PromptLayerBench,
} from './support/open-promptlayer.ts';
import type { Body } from './support/open-registry.ts';
import { removeDataDirs } from './support/start-pictor.ts';

let bench: PromptLayerBench;
let pl: PromptLayer;
beforeAll(async () => {
  bench = await openPromptLayer();
  pl = bench.pl;
});
afterAll(async () => {
  await bench.close();
  await removeDataDirs();
});

describe('what is told of a request', () => {
  test('stands in its row: metadata, score, prompt, group', async () => {
    await bench.publish('told', completionTemplate('A kite'), imagesOf);
    const { request_id: id } = await bench.run(pl, { promptName: 'told' });
    const group = (await pl.group.create()) as unknown as number;
    expect(group).toBeTypeOf('number');
    await pl.track.metadata({ request_id: id, metadata: { user: 'u1', plan: 'free' } });
    await pl.track.metadata({ request_id: id, metadata: { plan: 'paid' } });
    await pl.track.score({ request_id: id, score: 80 });
    await pl.track.score({ request_id: id, score: 90 });
    await pl.track.score({ request_id: id, score: 10, name: 'sharpness' });
    await pl.track.prompt({
      request_id: id,
      prompt_name: 'told',
      prompt_input_variables: { colour: 'red' },
      version: 1,
    });
    await pl.track.group({ request_id: id, group_id: group });
    expect(await bench.find(id)).toMatchObject({
      metadata: [
        { key: 'plan', value: 'paid' },
        { key: 'user', value: 'u1' },
      ],
      scores: [
        { name: 'default', score: 90 },
        { name: 'sharpness', score: 10 },
      ],
      group_id: group,
      prompt_input_variables: { colour: 'red' },
    });
  });

  test('must be about a request of the project', async () => {
    await expect(pl.track.score({ request_id: 999_999, score: 50 })).rejects.toThrow(/There is no request/);
  });
});

describe('a call that was made elsewhere', () => {
  const log = async (body: Body): Promise<Body> =>
    (await pl.logRequest({
      provider: 'openai',
      request_start_time: 1_795_000_000,
      request_end_time: 1_795_000_009.5,
      ...body,
    } as unknown as Parameters<PromptLayer['logRequest']>[0])) as unknown as Body;

  test('is priced from its answer, and its pictures are stored', async () => {
    const drawn = await bench.registry.send('POST', '/v1/images/generations', {
      model: 'sketch-1',
      prompt: 'Elsewhere',
    });
    const [{ b64_json: base64 }] = drawn.body.data as [{ b64_json: string }];
    await bench.publish('elsewhere', completionTemplate('A kite'), imagesOf);
    const logged = await log({
      model: 'gpt-image-1',
      function_name: 'openai.images.generate',
      input: { model: 'gpt-image-1', prompt: 'A kite over there', size: '1024x1024' },
      output: {
        created: 1,
        data: [{ b64_json: `${base64}`.replace(/^.{0}/, '') }, { url: 'https://pictures.example/kite.png' }],
        size: '1024x1024',
        quality: 'low',
        output_format: 'png',
        usage: {
          input_tokens: 100,
          output_tokens: 1000,
          input_tokens_details: { text_tokens: 100, image_tokens: 0 },
        },
      },
      prompt_name: 'elsewhere',
      prompt_version_number: 1,
      tags: ['far'],
      metadata: { user: 'u9' },
      score: 70,
      score_name: 'taste',
      request_start_time: 1_700_000_000,
      request_end_time: 1_700_000_004,
    });
    expect(logged).toMatchObject({
      id: expect.any(Number),
      status: 'SUCCESS',
      prompt_version: 1,
      tags_array: ['far'],
      scores: [{ name: 'taste', score: 70 }],
    });
    const { prompt_blueprint: blueprint } = logged as unknown as Answer;
    const [own, foreign] = blueprint.prompt_template.content;
    expect(foreign?.url).toBe('https://pictures.example/kite.png');
    expect((await fetch(own?.url ?? '')).status).toBe(200);
    expect(JSON.stringify(logged)).not.toContain(base64.slice(0, 300));
  });

  test('costs what the prices of its day say, or what its client says, or nobody knows', async () => {
    const output = {
      data: [{ url: 'https://pictures.example/a.png' }],
      usage: {
        input_tokens: 100,
        output_tokens: 1000,
        input_tokens_details: { text_tokens: 100, image_tokens: 0 },
      },
    };
    const input = { prompt: 'A priced kite', model: 'gpt-image-1' };
    expect((await log({ model: 'gpt-image-1', input, output })).price).toBeCloseTo(
      100 * 5e-6 + 1000 * 40e-6,
      9,
    );
    expect((await log({ model: 'gpt-image-1', input, output, price: 0.5 })).price).toBe(0.5);
    expect((await log({ model: 'somebody-elses', input, output })).price).toBeNull();
    const dear = { data: [{ url: 'https://pictures.example/b.png' }] };
    expect(
      (
        await log({
          model: 'dall-e-3',
          input: { prompt: 'x', size: '1024x1792', quality: 'hd' },
          output: dear,
          request_start_time: 1_750_000_000,
        })
      ).price,
    ).toBe(0.12);
  });

  test('is one however often it is told', async () => {
    const before = (await bench.search()).total;
    const body = {
      model: 'gpt-image-1',
      input: { prompt: 'Told twice' },
      output: { data: [{ url: 'https://p.example/c.png' }] },
    };
    bench.relay.loseNext('/promptlayer/log-request');
    const first = await log(body);
    const second = await log(body);
    expect(second.id).toBe(first.id);
    expect((await bench.search()).total).toBe(before + 1);
  });

  test('may be a conversation: pictures and words stand in one message', async () => {
    const call = (id: string) => ({
      type: 'image_generation_call',
      id,
      status: 'completed',
      result: 'https://p.example/never-fetched.png',
      revised_prompt: `Revised ${id}`,
      size: '1024x1024',
      quality: 'high',
      background: 'auto',
      output_format: 'png',
    });
    const logged = (await log({
      model: 'gpt-5.4',
      function_name: 'openai.responses.create',
      input: { model: 'gpt-5.4', input: [{ role: 'user', content: [{ type: 'input_text', text: 'Two' }] }] },
      output: {
        id: 'resp_of_somebody_else',
        object: 'response',
        output: [
          call('ig_1'),
          call('ig_2'),
          {
            type: 'message',
            role: 'assistant',
            content: [{ type: 'output_text', text: 'Done.', annotations: [] }],
          },
        ],
        usage: { input_tokens: 10, output_tokens: 20 },
      },
    })) as unknown as Answer;
    const { messages } = logged.prompt_blueprint.prompt_template;
    expect(messages.map(({ role, content }) => [role, content.map(({ type }) => type)])).toEqual([
      ['user', ['text']],
      ['assistant', ['output_media', 'output_media', 'text']],
    ]);
    expect(messages[1]?.content[1]).toMatchObject({
      id: 'ig_2',
      provider_metadata: { revised_prompt: 'Revised ig_2', quality: 'high' },
    });
  });
});

test('spans of traces are kept without pictures and without the key', async () => {
  const traced = bench.open({ enableTracing: true });
  await bench.publish('traced', completionTemplate('A kite'), imagesOf);
  await bench.run(traced, { promptName: 'traced' });
  await expect
    .poll(() => bench.relay.calls().filter((path) => path.endsWith('/spans-bulk')).length, {
      timeout: 10_000,
    })
    .toBeGreaterThan(0);
});
