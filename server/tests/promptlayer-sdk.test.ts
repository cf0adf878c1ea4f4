import { createRequire } from 'node:module';
import type { PromptLayer } from 'promptlayer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FailingRelay, openFailingRelay } from './support/open-failing-relay.ts';
import { type Body, openRegistry, type Registry } from './support/open-registry.ts';
import { removeDataDirs } from './support/start-pictor.ts';

// Its ESM build cannot load a provider's package; the CommonJS build is the one that works.
const client: typeof import('promptlayer') = createRequire(import.meta.url)('promptlayer');

let registry: Registry;
let relay: FailingRelay;
let pl: PromptLayer;
beforeAll(async () => {
  registry = await openRegistry();
  relay = await openFailingRelay(registry.pictor.url);
  pl = open({});
});
afterAll(async () => {
  await relay.close();
  await registry.pictor.stop();
  await removeDataDirs();
});

const open = (more: Body): PromptLayer =>
  new client.PromptLayer({ apiKey: registry.pictor.key, baseURL: `${relay.url}/promptlayer`, ...more });

type Media = Body & { readonly type: string; readonly url: string; readonly provider_metadata: Body };
type Answer = {
  readonly request_id: number;
  readonly raw_response: Body;
  readonly prompt_blueprint: {
    readonly prompt_template: {
      readonly content: readonly Media[];
      readonly messages: readonly { readonly role: string; readonly content: readonly Media[] }[];
    };
  };
};

const run = async (pl: PromptLayer, asked: Parameters<PromptLayer['run']>[0]): Promise<Answer> =>
  (await pl.run(asked)) as unknown as Answer;

const publish = async (name: string, template: Body, model: Body, more: Body = {}): Promise<Body> =>
  (await pl.templates.publish({
    prompt_name: name,
    prompt_template: template,
    metadata: { model },
    ...more,
  } as unknown as Parameters<PromptLayer['templates']['publish']>[0])) as unknown as Body;

const completion = (text: string): Body => ({
  type: 'completion',
  template_format: 'f-string',
  content: [{ type: 'text', text }],
  input_variables: [],
});
const chat = (text: string, more: Body = {}): Body => ({
  type: 'chat',
  messages: [{ role: 'user', template_format: 'f-string', content: [{ type: 'text', text }] }],
  input_variables: [],
  ...more,
});
const images = {
  provider: 'openai',
  name: 'gpt-image-1',
  api_type: 'images',
  parameters: { size: '1024x1024' },
};

/** Requests of the project, as the product counts them. */
const search = async (body: Body = {}): Promise<Body & { items: Body[]; total: number }> =>
  (await registry.send('POST', '/promptlayer/api/public/v2/requests/search', body)).body as Body & {
    items: Body[];
    total: number;
  };
const find = async (id: number): Promise<Body> =>
  (await registry.send('GET', `/promptlayer/api/public/v2/requests/${id}`)).body;

describe('run', () => {
  test('of the Images API gives pictures by their addresses, and one row', async () => {
    await publish('my-image-prompt', completion('A photo of {subject}'), images);
    const before = (await search()).total;
    const response = await run(pl, {
      promptName: 'my-image-prompt',
      inputVariables: { subject: 'a cat wearing a top hat' },
      tags: ['cats'],
      metadata: { user: 'u1' },
    });
    const media = response.prompt_blueprint.prompt_template.content.filter(
      (item) => item.type === 'output_media',
    );
    expect(media).toHaveLength(1);
    expect(media[0]).toMatchObject({
      mime_type: 'image/png',
      media_type: 'image',
      provider_metadata: { size: '1024x1024', output_format: 'png' },
    });
    expect((await fetch(media[0]?.url ?? '')).headers.get('content-type')).toBe('image/png');
    const after = await search();
    expect(after.total).toBe(before + 1);
    expect(after.items[0]).toMatchObject({
      id: response.request_id,
      function_name: 'openai.images.generate',
      prompt_name: 'my-image-prompt',
      prompt_version_number: 1,
      prompt_input_variables: { subject: 'a cat wearing a top hat' },
      input_text: 'A photo of a cat wearing a top hat',
      tags_array: ['cats'],
      metadata: [{ key: 'user', value: 'u1' }],
      status: 'SUCCESS',
    });
  });

  test('of the Responses API gives pictures and words in one message', async () => {
    await publish(
      'image-chat-prompt',
      chat('{request}', {
        tools: [
          {
            type: 'image_generation',
            id: 't',
            name: 'image_generation',
            config: { type: 'image_generation' },
          },
        ],
      }),
      { provider: 'openai', name: 'gpt-5.4', api_type: 'responses', parameters: {} },
    );
    const before = (await search()).total;
    const response = await run(pl, {
      promptName: 'image-chat-prompt',
      inputVariables: { request: 'Draw two pictures of a sunset over mountains' },
    });
    const { messages } = response.prompt_blueprint.prompt_template;
    const assistant = messages[messages.length - 1];
    expect(messages.filter(({ role }) => role === 'assistant')).toHaveLength(1);
    expect(assistant?.content.map(({ type }) => type)).toEqual(['output_media', 'output_media', 'text']);
    for (const media of assistant?.content.slice(0, 2) ?? []) {
      expect(media).toMatchObject({ id: expect.stringMatching(/^ig_/), media_type: 'image' });
      expect(media.provider_metadata.revised_prompt).toBeTypeOf('string');
      expect((await fetch(media.url)).status).toBe(200);
    }
    expect((await search()).total).toBe(before + 1);
    expect(await find(response.request_id)).toMatchObject({
      model: 'gpt-5.4',
      prompt_name: 'image-chat-prompt',
    });
  });

  test('of Gemini needs no key of Google, and tells shape and size', async () => {
    await publish('gemini-image-prompt', chat('{description}'), {
      provider: 'google',
      name: 'gemini-2.5-flash-image',
      parameters: { image_config: { aspect_ratio: '16:9' }, response_modalities: ['TEXT', 'IMAGE'] },
    });
    const response = await run(pl, {
      promptName: 'gemini-image-prompt',
      inputVariables: { description: 'A watercolor painting of a garden' },
    });
    const assistant = response.prompt_blueprint.prompt_template.messages.at(-1);
    const media = assistant?.content.find(({ type }) => type === 'output_media');
    expect(media).toMatchObject({ mime_type: 'image/png', provider_metadata: { aspect_ratio: '16:9' } });
  });

  test('streams, and is tracked as the one row that it is', async () => {
    await publish('streamed', completion('A kite'), images);
    const before = (await search()).total;
    const stream = (await pl.run({
      promptName: 'streamed',
      stream: true,
    })) as unknown as AsyncIterable<Answer>;
    let last: Answer | undefined;
    for await (const chunk of stream) last = chunk;
    expect(last?.prompt_blueprint.prompt_template.content[0]?.url).toMatch(/^http.*\/images\/img_/);
    const after = await search();
    expect([after.total, after.items[0]?.id]).toEqual([before + 1, last?.request_id]);
  });

  test('that fails is tracked as the one row that it is', async () => {
    await publish('refused', completion('A kite'), images);
    const before = (await search()).total;
    await expect(
      run(pl, { promptName: 'refused', modelParameterOverrides: { size: 'huge' } }),
    ).rejects.toThrow(/size/);
    const { total, items } = await search();
    expect([total, items[0]?.status]).toEqual([before + 1, 'ERROR']);
    expect(items[0]).toMatchObject({
      prompt_name: 'refused',
      error_message: expect.stringContaining('size'),
    });
  });

  test('takes another version or label, and other parameters', async () => {
    await publish('versions', completion('One'), images, { release_labels: ['old'] });
    await publish('versions', completion('Two'), images);
    const old = await run(pl, {
      promptName: 'versions',
      promptReleaseLabel: 'old',
      modelParameterOverrides: { size: '1536x1024' },
    });
    expect(old.prompt_blueprint.prompt_template.content[0]?.provider_metadata.size).toBe('1536x1024');
    expect(await find(old.request_id)).toMatchObject({ input_text: 'One', prompt_version_number: 1 });
    const second = await run(pl, { promptName: 'versions', promptVersion: 2 });
    expect(await find(second.request_id)).toMatchObject({ input_text: 'Two', prompt_version_number: 2 });
  });

  test('renders in the client where that caches templates', async () => {
    await publish('cached', completion('A {colour} kite'), images);
    await publish(
      'cached jinja',
      { ...completion('A {{ colour }} boat'), template_format: 'jinja2' },
      images,
    );
    await publish('cached chat', chat('Just say hello to {colour}'), {
      provider: 'openai',
      name: 'gpt-5.4',
      api_type: 'responses',
    });
    const cached = open({ cacheTtlSeconds: 60 });
    const fetched = () => relay.calls().filter((path) => path.endsWith('/cached')).length;
    for (const colour of ['red', 'blue']) {
      const { request_id: id } = await run(cached, { promptName: 'cached', inputVariables: { colour } });
      expect(await find(id)).toMatchObject({ input_text: `A ${colour} kite` });
    }
    expect(fetched()).toBe(1);
    const boat = await run(cached, { promptName: 'cached jinja', inputVariables: { colour: 'green' } });
    expect(await find(boat.request_id)).toMatchObject({ input_text: 'A green boat' });
    const hello = await run(cached, { promptName: 'cached chat', inputVariables: { colour: 'Ann' } });
    expect(hello.prompt_blueprint.prompt_template.messages[0]?.content[0]).toMatchObject({
      text: 'Just say hello to Ann',
    });
  });

  test('is tracked once where the answer was lost and it was told again', async () => {
    await publish('lost', completion('A kite'), images);
    const before = (await search()).total;
    relay.loseNext('/promptlayer/track-request');
    const { request_id: id } = await run(pl, { promptName: 'lost', tags: ['lost'] });
    expect(relay.calls().filter((path) => path === '/promptlayer/track-request').length).toBeGreaterThan(1);
    const { total, items } = await search();
    expect([total, items[0]?.id, items[0]?.tags_array]).toEqual([before + 1, id, ['lost']]);
  });

  test('shows what is wrong', async () => {
    await expect(run(pl, { promptName: 'nothing of this name' })).rejects.toThrow(/There is no prompt/);
    const wrong = new client.PromptLayer({ apiKey: 'sk-wrong', baseURL: `${relay.url}/promptlayer` });
    await expect(wrong.templates.all()).rejects.toThrow(/Incorrect API key/);
  });
});

describe('templates', () => {
  test('are published, fetched and listed under names with slashes and spaces', async () => {
    const name = 'brand/autumn cards/one';
    const first = await publish(name, completion('A card'), images, {
      tags: ['cards'],
      commit_message: 'First',
    });
    expect(first).toMatchObject({
      prompt_name: name,
      version_number: 1,
      tags: ['cards'],
      commit_message: 'First',
    });
    const got = (await pl.templates.get(name)) as unknown as Body;
    expect(got).toMatchObject({
      id: first.id,
      version: 1,
      llm_kwargs: { model: 'gpt-image-1', prompt: 'A card', size: '1024x1024' },
      metadata: { model: { provider: 'openai', name: 'gpt-image-1', api_type: 'images' } },
      custom_provider: {
        client: 'openai',
        base_url: `${registry.pictor.url}/v1`,
        api_key: registry.pictor.key,
      },
    });
    const all = (await pl.templates.all({ page: 1, per_page: 100 })) as unknown as Body[];
    expect(all.map((item) => item.prompt_name)).toContain(name);
  });

  test('tell of variables without a value', async () => {
    await publish('warned', completion('A {colour} kite'), images);
    const got = (await pl.templates.get('warned', { input_variables: {} })) as unknown as Body;
    expect(got.warning).toContain('colour');
  });

  test('try in vain to get out of their place', async () => {
    const tries: Record<string, string> = {
      constructor: '{{ "".constructor.constructor("return process")() }}',
      prototype: '{{ x.__proto__.polluted }}',
      itself: '@@@hostile itself@@@',
    };
    for (const [name, text] of Object.entries(tries)) {
      const template = { ...completion(text), template_format: 'jinja2' };
      const outcome = await publish(`hostile ${name}`, template, images)
        .then(async () => await pl.templates.get(`hostile ${name}`, { input_variables: { x: {} } }))
        .then((got) => String((got as unknown as { llm_kwargs: { prompt: string } }).llm_kwargs.prompt))
        .catch((error: Error) => `refused: ${error.message}`);
      expect(outcome).toMatch(/^(refused: .*|)$/);
    }
    await publish('tagged', { ...completion('{{ x }}'), template_format: 'jinja2' }, images);
    const got = (await pl.templates.get('tagged', {
      input_variables: { x: '{{ 7 * 7 }} @@@tagged@@@' },
    })) as unknown as {
      llm_kwargs: Body;
    };
    expect(got.llm_kwargs.prompt).toBe('{{ 7 * 7 }} @@@tagged@@@');
  });
});

describe('what is told of a request', () => {
  test('stands in its row: metadata, score, prompt, group', async () => {
    await publish('told', completion('A kite'), images);
    const { request_id: id } = await run(pl, { promptName: 'told' });
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
    expect(await find(id)).toMatchObject({
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
    const drawn = await registry.send('POST', '/v1/images/generations', {
      model: 'sketch-1',
      prompt: 'Elsewhere',
    });
    const [{ b64_json: base64 }] = drawn.body.data as [{ b64_json: string }];
    await publish('elsewhere', completion('A kite'), images);
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
    const before = (await search()).total;
    const body = {
      model: 'gpt-image-1',
      input: { prompt: 'Told twice' },
      output: { data: [{ url: 'https://p.example/c.png' }] },
    };
    relay.loseNext('/promptlayer/log-request');
    const first = await log(body);
    const second = await log(body);
    expect(second.id).toBe(first.id);
    expect((await search()).total).toBe(before + 1);
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
  const traced = open({ enableTracing: true });
  await publish('traced', completion('A kite'), images);
  await run(traced, { promptName: 'traced' });
  await expect
    .poll(() => relay.calls().filter((path) => path.endsWith('/spans-bulk')).length, { timeout: 10_000 })
    .toBeGreaterThan(0);
});
