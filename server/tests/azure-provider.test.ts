import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imagesResponse } from '@pictor/api';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleInput, sampleMask } from '../src/models/testing/sample-inputs.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';
import { identityHeader, openAzureSignIn, type SignIn } from './upstreams/azure-sign-in.ts';
import { type AzureUpstream, azureKey, openAzureUpstream } from './upstreams/azure-upstream.ts';

/** The resource of the variables, with a key and dated versions, and one of pictor.yaml, with tokens on the v1 routes. */
let sweden: AzureUpstream;
let norway: AzureUpstream;
let signIn: SignIn;
let pictor: Pictor;
let client: OpenAI;

const dated = 'api-version=2025-04-01-preview';

beforeAll(async () => {
  signIn = await openAzureSignIn();
  sweden = await openAzureUpstream({ deployments: { 'my-img': 'gpt-image-2', old: 'gpt-image-1.5' } });
  norway = await openAzureUpstream({
    deployments: { 'no-img': 'gpt-image-2', chat: 'gpt-5.4' },
    tokens: signIn.given,
  });
  const config = join(await newDataDir(), 'pictor.yaml');
  await writeFile(
    config,
    `
providers:
  azure:
    - name: norway
      endpoint: ${norway.origin}/openai/v1/images/generations
      entra: {}
      deployments:
        no-img: { model: gpt-image-2, streaming: false }
        chat: gpt-5.4
routing: { retries: 0 }
`,
  );
  pictor = await startPictor({
    env: {
      AZURE_OPENAI_ENDPOINT: `${sweden.origin}/openai/deployments/my-img/images/generations?${dated}`,
      AZURE_OPENAI_API_KEY: azureKey,
      AZURE_OPENAI_DEPLOYMENTS: 'my-img=gpt-image-2,old=gpt-image-1.5',
      IDENTITY_ENDPOINT: signIn.identityEndpoint,
      IDENTITY_HEADER: identityHeader,
      PICTOR_CONFIG: config,
    },
  });
  client = pictor.client();
});
afterAll(async () => {
  await pictor.stop();
  await Promise.all([sweden.close(), norway.close(), signIn.close()]);
  await removeDataDirs();
});

/** The request that an upstream got last. */
function lastCall(upstream: AzureUpstream) {
  const call = upstream.calls.at(-1);
  if (call === undefined) throw new Error('The upstream was not called.');
  return call;
}

async function toFile(input: { open: () => AsyncIterable<Uint8Array>; mediaType: string }, name: string) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.open()) chunks.push(chunk);
  return new File([Uint8Array.from(Buffer.concat(chunks))], name, { type: input.mediaType });
}

describe('with a resource of Azure configured', () => {
  test("a generation is the deployment's exact picture, under any name of the model", async () => {
    for (const model of ['gpt-image-2', 'azure/gpt-image-2', 'my-img', 'azure/my-img']) {
      const { data: answer, response } = await client.images
        .generate({ model, prompt: 'a red kite', size: '1536x1024', quality: 'high', user: 'user-7' })
        .withResponse();
      const call = lastCall(sweden);
      expect(call.path).toBe(`/openai/deployments/my-img/images/generations?${dated}`);
      expect(Object.fromEntries(call.fields)).toEqual({
        prompt: 'a red kite',
        size: '1536x1024',
        quality: 'high',
        user: 'user-7',
      });
      expect(call.headers).toMatchObject({
        'api-key': azureKey,
        'x-client-request-id': response.headers.get('x-request-id'),
      });
      expect(answer.data?.[0]?.b64_json).toBe(call.pictures[0]?.toString('base64'));
      expect(imagesResponse.parse(answer).pictor).toMatchObject({ engine: 'azure', model: 'gpt-image-2' });
      expect(answer.usage?.output_tokens).toBe(200);
      expect(response.headers.get('x-upstream-request-id')).toBe('apim-0000-1');
      expect(response.headers.get('x-upstream-ratelimit-remaining-requests')).toBe('4');
    }
  });

  test('an edit brings the pictures and the mask as they were sent', async () => {
    const image = await sampleInput({ width: 320, height: 200, format: 'png', colour: '#123' });
    const mask = await sampleMask({ width: 320, height: 200 });
    const answer = await client.images.edit({
      model: 'old',
      prompt: 'add a moon',
      image: await toFile(image, 'one.png'),
      mask: await toFile(mask, 'mask.png'),
      n: 2,
    });
    const call = lastCall(sweden);
    expect(call.path).toBe(`/openai/deployments/old/images/edits?${dated}`);
    expect(call.files.map(({ name, hash }) => [name, hash])).toEqual([
      ['image[]', image.hash],
      ['mask', mask.hash],
    ]);
    expect(answer.data).toHaveLength(2);
  });

  test('a WebP comes as PNG and is said to; strict callers are refused before anything is sent', async () => {
    const asked = { model: 'gpt-image-2', prompt: 'a fox', output_format: 'webp' } as const;
    const answer = await client.images.generate(asked);
    expect(answer.output_format).toBe('png');
    expect(
      Buffer.from(answer.data?.[0]?.b64_json ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    expect(imagesResponse.parse(answer).pictor?.adjustments).toMatchObject([
      { parameter: 'output_format', action: 'approximated', requested: 'webp', applied: 'png' },
    ]);
    const before = sweden.calls.length;
    const strict = client.images.generate(asked, { headers: { 'x-pictor-parameters': 'strict' } });
    await expect(strict).rejects.toMatchObject({ status: 400, code: 'approximation_refused' });
    expect(sweden.calls.length).toBe(before);
  });

  test('previews come through as they are', async () => {
    const stream = await client.images.generate({
      model: 'gpt-image-2',
      prompt: 'a fox',
      stream: true,
      partial_images: 2,
    });
    const pictures: string[] = [];
    for await (const event of stream) pictures.push(event.b64_json);
    expect(pictures).toEqual(lastCall(sweden).pictures.map((picture) => picture.toString('base64')));
    expect(pictures).toHaveLength(3);
  });

  test('a content filter is told as one, with its categories, and a blocked resource never is', async () => {
    const violence = { violence: { filtered: true, severity: 'high' } };
    sweden.next({
      instead: {
        status: 400,
        body: {
          error: {
            code: 'contentFilter',
            message: 'Your task failed as a result of our safety system.',
            inner_error: { code: 'ResponsibleAIPolicyViolation', content_filter_results: violence },
          },
        },
      },
    });
    const ask = () =>
      client.images
        .generate({ model: 'azure/gpt-image-2', prompt: 'something' })
        .catch((error: unknown) => error);
    expect(await ask()).toMatchObject({
      status: 400,
      code: 'moderation_blocked',
      type: 'image_generation_user_error',
      error: { moderation_details: { categories: ['violence'] } },
    });
    const message =
      'Your resource has been temporarily blocked because we detected behavior that may violate our content policy.';
    for (const upstream of [sweden, norway]) {
      upstream.next({ instead: { status: 403, body: { error: { code: 'Forbidden', message } } } });
    }
    const blocked = await ask();
    expect(blocked).not.toBeInstanceOf(OpenAI.BadRequestError);
    expect(blocked).toMatchObject({ code: 'upstream_account_blocked' });
  });

  test('a limit is passed on with its hint', async () => {
    const limit = {
      instead: { status: 429, headers: { 'retry-after': '120' }, body: { error: { code: '429' } } },
    };
    sweden.next(limit);
    norway.next(limit);
    const limited = await client.images
      .generate({ model: 'azure/gpt-image-2', prompt: 'a fox' })
      .catch((error: unknown) => error);
    expect(limited).toBeInstanceOf(OpenAI.RateLimitError);
    expect(limited).toMatchObject({ code: 'upstream_rate_limited' });
    expect((limited as { headers: Headers }).headers.get('retry-after')).toBe('120');
  });
});

describe('a resource of pictor.yaml', () => {
  test('is called by its name on the v1 routes, with a token of the managed identity', async () => {
    const answer = await client.images.generate({ model: 'norway/gpt-image-2', prompt: 'a fox' });
    const call = lastCall(norway);
    expect(call.path).toBe('/openai/v1/images/generations');
    expect(Object.fromEntries(call.fields)).toEqual({ model: 'no-img', prompt: 'a fox' });
    expect(call.headers.authorization).toBe(`Bearer ${signIn.given[0]}`);
    expect(call.headers['api-key']).toBeUndefined();
    expect(imagesResponse.parse(answer).pictor?.engine).toBe('norway');
  });

  test('that sends no previews gives the picture as one event', async () => {
    const stream = await client.images.generate({
      model: 'no-img',
      prompt: 'a fox',
      stream: true,
      partial_images: 2,
    });
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    expect(types).toEqual(['image_generation.completed']);
    expect(Object.fromEntries(lastCall(norway).fields)).not.toHaveProperty('stream');
  });

  test('leads a conversation, and its image deployment draws', async () => {
    const response = await client.responses.create({
      model: 'gpt-5.4',
      input: 'Draw an otter',
      tools: [{ type: 'image_generation' }],
    });
    expect(response.status).toBe('completed');
    const made = response.output.find((item) => item.type === 'image_generation_call');
    const call = lastCall(norway);
    expect(call.path).toBe('/openai/v1/responses');
    expect(call.headers['x-ms-oai-image-generation-deployment']).toBe('no-img');
    expect(Object.fromEntries(call.fields)).toMatchObject({ model: 'chat', stream: false });
    expect(made?.result).toBe(call.pictures[0]?.toString('base64'));
  });
});

test('a check says that all parts work, without a picture', async () => {
  const before = [sweden, norway].map(({ calls }) => calls.length);
  const answer = await pictor.call('/api/providers/check', { method: 'POST' });
  const { data } = (await answer.json()) as { data: { name: string; status: string; findings: unknown[] }[] };
  for (const name of ['azure', 'norway']) {
    const checked = data.find((each) => each.name === name);
    expect(checked).toMatchObject({ status: 'works' });
    expect(checked?.findings).toHaveLength(5);
  }
  const since = [sweden, norway].flatMap(({ calls }, index) => calls.slice(before[index]));
  expect(since.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'GET']);
});

test('no key and no token is ever written anywhere', () => {
  expect(signIn.given.length).toBeGreaterThan(0);
  for (const secret of [azureKey, identityHeader, ...signIn.given]) {
    expect(pictor.output()).not.toContain(secret);
  }
});
