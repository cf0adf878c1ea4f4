import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Body, completion, imagesModel, openRegistry, type Registry } from './support/open-registry.ts';
import { paintLandscape } from './support/pictures.ts';
import { removeDataDirs } from './support/start-pictor.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(async () => {
  await registry.pictor.stop();
  await removeDataDirs();
});

const generate = async (body: Body) => await registry.send('POST', '/v1/images/generations', body);

/** The row of a request by the id of its answer. */
async function rowOf(answer: Body): Promise<Body> {
  const { request } = answer.pictor as { request: string };
  return (await registry.send('GET', `/api/requests/${request}`)).body;
}

describe('prompt_template on the Images API', () => {
  test('stands for the text, the model and the parameters, and is told in the row', async () => {
    const { name, body } = await registry.save('A {colour} kite', {
      model: { ...imagesModel, parameters: { size: '1536x1024', output_format: 'webp' } },
      labels: ['live'],
    });
    const answer = await generate({
      prompt_template: { id: body.id, version: 'live', variables: { colour: 'red' } },
    });
    expect(answer.body).toMatchObject({ size: '1536x1024', output_format: 'webp', pictor: { warnings: [] } });
    expect(await rowOf(answer.body)).toMatchObject({
      prompt: 'A red kite',
      model: 'gpt-image-2',
      saved_prompt: { id: body.id, name, version: 1, label: 'live', variables: { colour: 'red' } },
      parameters: { size: '1536x1024' },
    });
  });

  test('gives way to what the body says itself', async () => {
    const { name } = await registry.save('A kite', { model: imagesModel });
    const { body } = await generate({
      prompt_template: { id: name },
      size: '1024x1536',
      model: 'gpt-image-1',
    });
    expect(body).toMatchObject({ size: '1024x1536', pictor: { model: 'gpt-image-1' } });
  });

  test('warns of missing and unknown variables', async () => {
    const { name } = await registry.save('A {colour} kite', { model: imagesModel });
    const { body } = await generate({ prompt_template: { id: name, variables: { mood: 'x' } } });
    expect(body.pictor).toMatchObject({
      warnings: [
        `The variable 'colour' of the prompt '${name}' has no value.`,
        `The prompt '${name}' has no variable 'mood'.`,
      ],
    });
  });

  test('brings its pictures along, which makes an edit, and keeps no bytes in the row', async () => {
    const { name } = await registry.save('', {
      template: completion('Paint it', {
        content: [
          { type: 'text', text: 'Paint it' },
          { type: 'media_variable', name: 'photo' },
        ],
      }),
      model: { provider: 'openai', name: 'gpt-image-1', api_type: 'images' },
    });
    const photo = (await paintLandscape({ width: 64, height: 64 })).toString('base64');
    const { body } = await generate({ prompt_template: { id: name, variables: { photo } } });
    const row = await rowOf(body);
    expect(row).toMatchObject({ kind: 'edit', inputs: [{ width: 64, height: 64 }] });
    expect(JSON.stringify(row)).not.toContain(photo.slice(0, 200));
  });

  test.each([
    ['with a prompt beside it', { prompt: 'x', prompt_template: { id: 'nothing' } }, 400],
    ['that is not there', { prompt_template: { id: 'nothing' } }, 404],
    ['without an id', { prompt_template: {} }, 400],
    ['that is no object', { prompt_template: 'x' }, 400],
    ['with members that are not known', { prompt_template: { id: 'x', colour: 'red' } }, 400],
  ])('is refused %s', async (_, body, status) => {
    expect(await generate(body)).toMatchObject({
      status,
      body: { error: { type: 'invalid_request_error' } },
    });
  });

  test('is refused where the prompt is a chat', async () => {
    const { name } = await registry.save('', { template: { type: 'chat', messages: [] } });
    expect((await generate({ prompt_template: { id: name } })).body.error).toMatchObject({
      param: 'prompt_template',
    });
  });

  test('comes from the official client as a member of its own', async () => {
    const { name } = await registry.save('A kite', { model: imagesModel });
    const client: OpenAI = registry.pictor.client();
    const body = { prompt_template: { id: name } } as unknown as OpenAI.ImageGenerateParamsNonStreaming;
    expect((await client.images.generate(body)).data).toHaveLength(1);
  });
});
