import type { PromptLayer } from 'promptlayer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Answer,
  chatTemplate,
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

describe('run', () => {
  test('of the Images API gives pictures by their addresses, and one row', async () => {
    await bench.publish('my-image-prompt', completionTemplate('A photo of {subject}'), imagesOf);
    const before = (await bench.search()).total;
    const response = await bench.run(pl, {
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
    const after = await bench.search();
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
    await bench.publish(
      'image-chat-prompt',
      chatTemplate('{request}', {
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
    const before = (await bench.search()).total;
    const response = await bench.run(pl, {
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
    expect((await bench.search()).total).toBe(before + 1);
    expect(await bench.find(response.request_id)).toMatchObject({
      model: 'gpt-5.4',
      prompt_name: 'image-chat-prompt',
    });
  });

  test('of Gemini needs no key of Google, and tells shape and size', async () => {
    await bench.publish('gemini-image-prompt', chatTemplate('{description}'), {
      provider: 'google',
      name: 'gemini-2.5-flash-image',
      parameters: { image_config: { aspect_ratio: '16:9' }, response_modalities: ['TEXT', 'IMAGE'] },
    });
    const response = await bench.run(pl, {
      promptName: 'gemini-image-prompt',
      inputVariables: { description: 'A watercolor painting of a garden' },
    });
    const assistant = response.prompt_blueprint.prompt_template.messages.at(-1);
    const media = assistant?.content.find(({ type }) => type === 'output_media');
    expect(media).toMatchObject({ mime_type: 'image/png', provider_metadata: { aspect_ratio: '16:9' } });
  });

  test('streams, and is tracked as the one row that it is', async () => {
    await bench.publish('streamed', completionTemplate('A kite'), imagesOf);
    const before = (await bench.search()).total;
    const stream = (await pl.run({
      promptName: 'streamed',
      stream: true,
    })) as unknown as AsyncIterable<Answer>;
    let last: Answer | undefined;
    for await (const chunk of stream) last = chunk;
    expect(last?.prompt_blueprint.prompt_template.content[0]?.url).toMatch(/^http.*\/images\/img_/);
    const after = await bench.search();
    expect([after.total, after.items[0]?.id]).toEqual([before + 1, last?.request_id]);
  });

  test('that fails is tracked as the one row that it is', async () => {
    await bench.publish('refused', completionTemplate('A kite'), imagesOf);
    const before = (await bench.search()).total;
    await expect(
      bench.run(pl, { promptName: 'refused', modelParameterOverrides: { size: 'huge' } }),
    ).rejects.toThrow(/size/);
    const { total, items } = await bench.search();
    expect([total, items[0]?.status]).toEqual([before + 1, 'ERROR']);
    expect(items[0]).toMatchObject({
      prompt_name: 'refused',
      error_message: expect.stringContaining('size'),
    });
  });

  test('takes another version or label, and other parameters', async () => {
    await bench.publish('versions', completionTemplate('One'), imagesOf, { release_labels: ['old'] });
    await bench.publish('versions', completionTemplate('Two'), imagesOf);
    const old = await bench.run(pl, {
      promptName: 'versions',
      promptReleaseLabel: 'old',
      modelParameterOverrides: { size: '1536x1024' },
    });
    expect(old.prompt_blueprint.prompt_template.content[0]?.provider_metadata.size).toBe('1536x1024');
    expect(await bench.find(old.request_id)).toMatchObject({ input_text: 'One', prompt_version_number: 1 });
    const second = await bench.run(pl, { promptName: 'versions', promptVersion: 2 });
    expect(await bench.find(second.request_id)).toMatchObject({
      input_text: 'Two',
      prompt_version_number: 2,
    });
  });

  test('renders in the client where that caches templates', async () => {
    await bench.publish('cached', completionTemplate('A {colour} kite'), imagesOf);
    await bench.publish(
      'cached jinja',
      { ...completionTemplate('A {{ colour }} boat'), template_format: 'jinja2' },
      imagesOf,
    );
    await bench.publish('cached chat', chatTemplate('Just say hello to {colour}'), {
      provider: 'openai',
      name: 'gpt-5.4',
      api_type: 'responses',
    });
    const cached = bench.open({ cacheTtlSeconds: 60 });
    const fetched = () => bench.relay.calls().filter((path) => path.endsWith('/cached')).length;
    for (const colour of ['red', 'blue']) {
      const { request_id: id } = await bench.run(cached, {
        promptName: 'cached',
        inputVariables: { colour },
      });
      expect(await bench.find(id)).toMatchObject({ input_text: `A ${colour} kite` });
    }
    expect(fetched()).toBe(1);
    const boat = await bench.run(cached, { promptName: 'cached jinja', inputVariables: { colour: 'green' } });
    expect(await bench.find(boat.request_id)).toMatchObject({ input_text: 'A green boat' });
    const hello = await bench.run(cached, { promptName: 'cached chat', inputVariables: { colour: 'Ann' } });
    expect(hello.prompt_blueprint.prompt_template.messages[0]?.content[0]).toMatchObject({
      text: 'Just say hello to Ann',
    });
  });

  test('is tracked once where the answer was lost and it was told again', async () => {
    await bench.publish('lost', completionTemplate('A kite'), imagesOf);
    const before = (await bench.search()).total;
    bench.relay.loseNext('/promptlayer/track-request');
    const { request_id: id } = await bench.run(pl, { promptName: 'lost', tags: ['lost'] });
    expect(
      bench.relay.calls().filter((path) => path === '/promptlayer/track-request').length,
    ).toBeGreaterThan(1);
    const { total, items } = await bench.search();
    expect([total, items[0]?.id, items[0]?.tags_array]).toEqual([before + 1, id, ['lost']]);
  });

  test('shows what is wrong', async () => {
    await expect(bench.run(pl, { promptName: 'nothing of this name' })).rejects.toThrow(/There is no prompt/);
    const wrong = bench.open({ apiKey: 'sk-wrong' });
    await expect(wrong.templates.all()).rejects.toThrow(/Incorrect API key/);
  });
});

describe('templates', () => {
  test('are published, fetched and listed under names with slashes and spaces', async () => {
    const name = 'brand/autumn cards/one';
    const first = await bench.publish(name, completionTemplate('A card'), imagesOf, {
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
        base_url: `${bench.registry.pictor.url}/v1`,
        api_key: bench.registry.pictor.key,
      },
    });
    const all = (await pl.templates.all({ page: 1, per_page: 100 })) as unknown as Body[];
    expect(all.map((item) => item.prompt_name)).toContain(name);
  });

  test('tell of variables without a value', async () => {
    await bench.publish('warned', completionTemplate('A {colour} kite'), imagesOf);
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
      const template = { ...completionTemplate(text), template_format: 'jinja2' };
      const outcome = await bench
        .publish(`hostile ${name}`, template, imagesOf)
        .then(async () => await pl.templates.get(`hostile ${name}`, { input_variables: { x: {} } }))
        .then((got) => String((got as unknown as { llm_kwargs: { prompt: string } }).llm_kwargs.prompt))
        .catch((error: Error) => `refused: ${error.message}`);
      expect(outcome).toMatch(/^(refused: .*|)$/);
    }
    await bench.publish('tagged', { ...completionTemplate('{{ x }}'), template_format: 'jinja2' }, imagesOf);
    const got = (await pl.templates.get('tagged', {
      input_variables: { x: '{{ 7 * 7 }} @@@tagged@@@' },
    })) as unknown as {
      llm_kwargs: Body;
    };
    expect(got.llm_kwargs.prompt).toBe('{{ 7 * 7 }} @@@tagged@@@');
  });
});
