import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Body, imagesModel, openRegistry, type Registry } from './support/open-registry.ts';
import { removeDataDirs } from './support/start-pictor.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(async () => {
  await registry.pictor.stop();
  await removeDataDirs();
});

type Media = Body & { readonly type: string; readonly url: string; readonly provider_metadata: Body };
type Message = { readonly role: string; readonly content: readonly Media[] };
type Template = { readonly content: readonly Media[]; readonly messages: readonly Message[] };
type Run = Body & { readonly request_id: number; readonly prompt_blueprint: { prompt_template: Template } };

const run = async (name: string, body: Body = {}): Promise<{ status: number; body: Run }> => {
  const { status, body: answer } = await registry.send(
    'POST',
    `/api/prompts/${encodeURIComponent(name)}/run`,
    body,
  );
  return { status, body: answer as Run };
};

const chat = (text: string, more: Body = {}): Body => ({
  template: {
    type: 'chat',
    messages: [{ role: 'user', content: [{ type: 'text', text }] }],
    tools: [{ type: 'image_generation', config: { size: '1024x1024' } }],
  },
  model: { provider: 'openai', name: 'gpt-5.4', api_type: 'responses' },
  ...more,
});

describe('a run of a completion', () => {
  test('renders, calls, stores, and answers the provider and one form for all', async () => {
    const { name, body } = await registry.save('A {colour} kite', { model: imagesModel, labels: ['live'] });
    const answer = await run(name, {
      label: 'live',
      variables: { colour: 'red' },
      metadata: { user: 'u1' },
      tags: ['autumn'],
      parameters: { output_format: 'webp' },
    });
    expect(answer.status).toBe(200);
    expect(answer.body.request_id).toBeTypeOf('number');
    expect(answer.body.raw_response).toMatchObject({
      output_format: 'webp',
      data: [{ b64_json: expect.any(String) }],
    });
    const [media] = answer.body.prompt_blueprint.prompt_template.content;
    expect(media).toMatchObject({
      type: 'output_media',
      id: null,
      mime_type: 'image/webp',
      media_type: 'image',
      provider_metadata: { size: '1024x1024', output_format: 'webp' },
    });
    const picture = await fetch(media?.url ?? '');
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
    const spend = await registry.send('GET', '/api/spend?group_by=tag');
    expect(JSON.stringify(spend.body)).toContain('autumn');
    const { body: row } = await registry.send('GET', `/api/requests/${answer.body.request}`);
    expect(row).toMatchObject({
      prompt: 'A red kite',
      saved_prompt: { id: body.id, version: 1, label: 'live', variables: { colour: 'red' } },
    });
  });

  test('streams the events of the provider, and its blueprint behind them', async () => {
    const { name } = await registry.save('A kite', {
      model: imagesModel,
    });
    const reply = await registry.pictor.call(`/api/prompts/${encodeURIComponent(name)}/run`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ stream: true, parameters: { partial_images: 1 } }),
    });
    const events = [...(await reply.text()).matchAll(/^event: (\S+)\ndata: (.*)$/gm)].map(
      ([, event = '', data = '']) => [event, data],
    );
    const last = JSON.parse(events.at(-1)?.[1] ?? '{}') as Run;
    expect(events.map(([event]) => event)).toEqual(['run.chunk', 'run.chunk', 'run.completed']);
    expect(JSON.parse(events[0]?.[1] ?? '{}')).toMatchObject({
      request_id: null,
      raw_response: { type: 'image_generation.partial_image' },
    });
    expect(last.prompt_blueprint.prompt_template.content).toHaveLength(1);
    expect(JSON.stringify(last)).not.toMatch(/[A-Za-z0-9+/]{300}/);
  });

  test('passes a refusal on, and keeps its row where it came so far', async () => {
    const { name } = await registry.save('A kite', { model: imagesModel });
    expect(await run(name, { parameters: { size: 'huge' } })).toMatchObject({
      status: 400,
      body: { error: { param: 'size' } },
    });
    expect(await run('nothing of this name')).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found' } },
    });
    expect(await run(name, { colour: 'red' })).toMatchObject({
      status: 400,
      body: { error: { param: 'colour' } },
    });
  });

  test('is made once where the same idempotency key comes twice', async () => {
    const { name } = await registry.save('A kite', { model: imagesModel });
    const send = async () =>
      await (
        await registry.pictor.call(`/api/prompts/${encodeURIComponent(name)}/run`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': 'run-once' },
          body: '{}',
        })
      ).json();
    const [first, second] = [await send(), await send()] as Run[];
    expect(second?.request_id).toBe(first?.request_id);
  });
});

describe('a run of a chat', () => {
  test('answers what was said, and one message with the pictures and the words', async () => {
    const { name, body } = await registry.save('', chat('Draw a {colour} cat and a dog. Two pictures.'));
    const answer = await run(name, { variables: { colour: 'red' }, metadata: { user: 'u2' } });
    expect(answer.body).toMatchObject({
      raw_response: { object: 'response', prompt: { id: body.id, version: '1' } },
    });
    const { messages } = answer.body.prompt_blueprint.prompt_template;
    expect(messages[0]).toMatchObject({
      role: 'user',
      content: [{ type: 'text', text: 'Draw a red cat and a dog. Two pictures.' }],
    });
    expect(messages).toHaveLength(2);
    const media = messages[1]?.content[0];
    expect(media).toMatchObject({
      type: 'output_media',
      id: expect.stringMatching(/^ig_/),
      media_type: 'image',
      provider_metadata: { revised_prompt: expect.any(String), size: '1024x1024' },
    });
    expect((await fetch(media?.url ?? '')).status).toBe(200);
  });

  test('tells shape and size of Gemini', async () => {
    const { name } = await registry.save('', {
      template: { type: 'chat', messages: [{ role: 'user', content: [{ type: 'text', text: 'A garden' }] }] },
      model: { provider: 'google', name: 'gemini-2.5-flash-image', parameters: { aspect_ratio: '16:9' } },
    });
    const { status, body } = await run(name);
    expect([status, body.error]).toEqual([200, undefined]);
    const message = body.prompt_blueprint.prompt_template.messages.at(-1);
    expect(message?.content.find((block) => block.type === 'output_media')?.provider_metadata).toMatchObject({
      aspect_ratio: '16:9',
    });
  });

  test('is what POST /v1/responses makes of a saved prompt, with the words of the body behind it', async () => {
    const { name } = await registry.save('', chat('Just say hello to {who}', { labels: ['hello'] }));
    const { body } = await registry.send('POST', '/v1/responses', {
      prompt: { id: name, version: 'hello', variables: { who: { type: 'input_text', text: 'Ann' } } },
      input: 'And to Bob.',
    });
    const { body: items } = await registry.send('GET', `/v1/responses/${body.id}/input_items?order=asc`);
    expect(body).toMatchObject({ model: 'gpt-5.4', prompt: { version: '1' } });
    expect(JSON.stringify(items)).toContain('Just say hello to Ann');
    expect(JSON.stringify(items)).toContain('And to Bob.');
    expect(await registry.send('POST', '/v1/responses', { prompt: { id: 'nothing' } })).toMatchObject({
      status: 404,
    });
  });
});
