import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Body, completion, imagesModel, openRegistry, type Registry } from './support/open-registry.ts';
import { removeDataDirs } from './support/start-pictor.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(async () => {
  await registry.pictor.stop();
  await removeDataDirs();
});

type Answer = { readonly status: number; readonly body: Body };

/** A call as PromptLayer's clients make it: the key as X-API-KEY. */
async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const reply = await fetch(`${registry.pictor.url}${path}`, {
    method,
    headers: { 'x-api-key': registry.pictor.key, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await reply.text();
  return { status: reply.status, body: text === '' ? {} : (JSON.parse(text) as Body) };
}
const pl = async (method: string, path: string, body?: unknown) =>
  await call(method, `/promptlayer${path}`, body);
const v2 = async (method: string, path: string, body?: unknown) =>
  await pl(method, `/api/public/v2${path}`, body);

const publish = async (name: string, text: string, more: Body = {}): Promise<Body> => {
  const { status, body } = await pl('POST', '/rest/prompt-templates', {
    prompt_template: { prompt_name: name, tags: ['x'] },
    prompt_version: { prompt_template: completion(text), metadata: { model: imagesModel, team: 'blue' } },
    ...more,
  });
  expect(status).toBe(201);
  return body;
};

const log = async (more: Body): Promise<Body> => {
  const { status, body } = await pl('POST', '/log-request', {
    provider: 'openai',
    model: 'gpt-image-1',
    input: { prompt: 'x' },
    output: { data: [{ url: 'https://p.example/a.png' }] },
    ...more,
  });
  expect(status).toBe(201);
  return body;
};

describe('errors', () => {
  test.each([
    ['without a key', 'GET', '/promptlayer/prompt-templates', { 'x-api-key': '' }, 401],
    ['with a wrong key', 'GET', '/promptlayer/prompt-templates', { 'x-api-key': 'sk-no' }, 401],
    ['with a wrong key in the body', 'POST', '/promptlayer/create-group', { 'x-api-key': 'sk-no' }, 401],
    ['for what is not there', 'GET', '/promptlayer/prompt-templates/nothing', {}, 404],
    ['for routes that are not there', 'GET', '/promptlayer/nothing/here', {}, 404],
    ['for addresses that cannot be read', 'POST', '/promptlayer/prompt-templates/100%%20wool', {}, 404],
    [
      'for a body that is no JSON',
      'POST',
      '/promptlayer/rest/prompt-templates',
      { 'content-type': 'text/plain' },
      415,
    ],
  ])('have a message and nothing else: %s', async (_, method, path, headers, status) => {
    const answer = await call(method, path, method === 'POST' ? '{}' : undefined, headers);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ success: false, message: expect.any(String) });
  });

  test('of the rest of the server stay as OpenAI has them', async () => {
    expect((await call('GET', '/promptlayers')).body).toMatchObject({ error: { code: 'route_not_found' } });
  });
});

describe('addresses and bodies', () => {
  test('take slashes at their end, slashes twice, and bodies without content', async () => {
    const { id } = await publish('slashed/one two', 'A kite');
    for (const path of [
      '/promptlayer//prompt-templates/slashed/one%20two',
      '/promptlayer/prompt-templates/slashed/one%20two/',
      '/promptlayer/prompt-templates/slashed%2Fone%20two',
      `/promptlayer/prompt-templates/${id}`,
    ]) {
      expect((await call('POST', path, '')).body).toMatchObject({ id, prompt_name: 'slashed/one two' });
    }
  });

  test('take the key from the body where no header has it', async () => {
    const reply = await fetch(`${registry.pictor.url}/promptlayer/create-group`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ api_key: registry.pictor.key }),
    });
    expect(await reply.json()).toEqual({ success: true, id: expect.any(Number) });
  });

  test('may be large: whole pictures come in them', async () => {
    const answer = await pl('POST', '/track-request', {
      function_name: 'openai.images.generate',
      kwargs: { model: 'gpt-image-1', prompt: 'Large' },
      request_response: { data: [{ b64_json: 'A'.repeat(12_000_000) }] },
      return_prompt_blueprint: true,
    });
    // What is no picture is left out; that it was made is still told.
    expect(answer).toMatchObject({ status: 200, body: { success: true, request_id: expect.any(Number) } });
    expect(JSON.stringify(answer.body).length).toBeLessThan(2000);
  });
});

describe('templates', () => {
  test('are shown as saved, with their snippets put in or not, and listed page by page', async () => {
    await pl('POST', '/rest/prompt-templates', {
      prompt_template: { prompt_name: 'style' },
      prompt_version: { prompt_template: completion('in ink') },
    });
    const { id } = await publish('with style', 'A {colour} kite @@@style@@@');
    const { body } = await pl('GET', `/prompt-templates/${id}?include_llm_kwargs=true`);
    expect(body).toMatchObject({
      success: true,
      version: 1,
      metadata: { team: 'blue', model: { name: 'gpt-image-2' } },
      llm_kwargs: { prompt: 'A {colour} kite in ink' },
      snippets: [{ prompt_name: 'style', version: 1 }],
    });
    const raw = await pl('GET', `/prompt-templates/${id}?resolve_snippets=false`);
    expect(JSON.stringify(raw.body.prompt_template)).toContain('@@@style@@@');
    const usage = await pl('GET', '/prompt-templates/style/snippet-usage');
    expect(usage.body).toMatchObject({
      snippet_name: 'style',
      snippet_usage: [{ prompt_name: 'with style' }],
    });
    const page = await pl('GET', '/prompt-templates?per_page=1&page=2');
    expect(page.body).toMatchObject({
      page: 2,
      has_prev: true,
      prev_num: 1,
      items: [{ prompt_name: expect.any(String) }],
    });
  });

  test('are changed in parts, which makes a new version', async () => {
    await publish('patched', 'One');
    const { status, body } = await pl('PATCH', '/rest/prompt-templates/patched', {
      content: [{ type: 'text', text: 'Two' }],
      model_parameters: { quality: 'low' },
      commit_message: 'Second',
      release_labels: ['live'],
    });
    expect([status, body.version_number]).toEqual([201, 2]);
    const got = await pl('POST', '/prompt-templates/patched', { label: 'live' });
    expect(got.body.llm_kwargs).toMatchObject({ prompt: 'Two', quality: 'low', size: '1024x1024' });
  });

  test('have labels that are made, moved and removed by number', async () => {
    const { id } = await publish('labelled', 'One');
    await publish('labelled', 'Two');
    const made = await pl('POST', `/prompts/${id}/label`, { name: 'live', prompt_version_number: 1 });
    expect(made).toMatchObject({
      status: 201,
      body: { id: expect.any(Number), name: 'live', prompt_id: id },
    });
    const label = Number(made.body.id);
    await pl('PATCH', `/prompt-labels/${label}`, { prompt_version_number: 2 });
    expect((await pl('GET', `/prompt-templates/${id}/labels`)).body.release_labels).toMatchObject([
      { release_label: 'live', release_label_id: label, prompt_version_number: 2 },
    ]);
    expect((await pl('DELETE', `/prompt-labels/${label}`)).status).toBe(204);
    expect((await pl('DELETE', `/prompt-labels/${label}`)).status).toBe(404);
  });

  test('stand in folders that have numbers', async () => {
    const brand = await v2('POST', '/folders', { name: 'brand' });
    const { id: parent } = brand.body.folder as { id: number };
    const autumn = await v2('POST', '/folders', { name: 'autumn', parent_id: parent });
    expect(autumn).toMatchObject({
      status: 201,
      body: { folder: { path: 'brand/autumn', parent_id: parent } },
    });
    const { id: folder } = autumn.body.folder as { id: number };
    const { id } = await publish('filed', 'A kite');
    await v2('POST', '/folders/entities', { folder_id: folder, entities: [{ type: 'PROMPT', id }] });
    expect((await v2('GET', '/folders/resolve-id?path=brand/autumn')).body).toMatchObject({ id: folder });
    expect((await v2('GET', `/folders/entities?folder_id=${folder}`)).body.entities).toEqual([
      { id, name: 'filed', type: 'PROMPT' },
    ]);
    await v2('DELETE', '/folders/entities', { entities: [{ type: 'PROMPT', id }] });
    expect((await v2('GET', `/folders/entities?folder_id=${folder}`)).body.entities).toEqual([]);
  });
});

describe('requests', () => {
  test('are found by what they are, and counted', async () => {
    const tag = `tag ${Math.random()}`;
    await log({ tags: [tag], metadata: { user: 'ann' }, price: 0.25, input: { prompt: 'A found kite' } });
    await log({
      tags: [tag],
      metadata: { user: 'bob' },
      price: 0.5,
      status: 'ERROR',
      error_type: 'PROVIDER_TIMEOUT',
    });
    const ofTag = { field: 'tags', operator: 'contains', value: tag };
    const find = async (...filters: Body[]) =>
      (await v2('POST', '/requests/search', { filter_group: { logic: 'AND', filters: [ofTag, ...filters] } }))
        .body;
    expect(await find()).toMatchObject({ total: 2, page: 1, pages: 1 });
    expect(
      await find({ field: 'metadata', operator: 'key_equals', nested_key: 'user', value: 'ann' }),
    ).toMatchObject({
      items: [{ price: 0.25 }],
    });
    expect(await find({ field: 'cost', operator: 'gt', value: 0.3 })).toMatchObject({
      total: 1,
      items: [{ price: 0.5 }],
    });
    expect(await find({ field: 'input_text', operator: 'contains', value: 'FOUND' })).toMatchObject({
      total: 1,
    });
    expect(
      await find({
        logic: 'OR',
        filters: [
          { field: 'status', operator: 'is', value: 'ERROR' },
          { field: 'request_start_time', operator: 'before', value: '2020-01-01' },
        ],
      }),
    ).toMatchObject({ total: 1, items: [{ error_type: 'PROVIDER_TIMEOUT' }] });
    const { body } = await v2('POST', '/requests/analytics', {
      filter_group: { logic: 'AND', filters: [ofTag] },
    });
    expect(body).toMatchObject({
      totalRequests: 2,
      totalCost: 0.75,
      mostUsedModels: [{ name: 'gpt-image-1', count: 2, cost: 0.75 }],
      errorTypes: [{ name: 'PROVIDER_TIMEOUT', count: 1 }],
      stats: [{ requests: 2, cost: 0.75, statusCounts: { SUCCESS: 1, ERROR: 1 } }],
    });
    const suggested = await v2('GET', `/requests/suggestions?field=tags&prefix=${encodeURIComponent(tag)}`);
    expect(suggested.body.suggestions).toEqual([tag]);
  });

  test.each([
    ['a field that is not there', { field: 'colour', operator: 'is', value: 'x' }],
    ['an operator that is not there', { field: 'engine', operator: 'resembles', value: 'x' }],
    ['no number where one is compared', { field: 'cost', operator: 'gt', value: 'much' }],
    ['no time where one is compared', { field: 'request_start_time', operator: 'after', value: 'soon' }],
  ])('are not searched by %s', async (_, filter) => {
    expect(
      await v2('POST', '/requests/search', { filter_group: { logic: 'AND', filters: [filter] } }),
    ).toMatchObject({
      status: 400,
      body: { success: false },
    });
  });

  test('that nobody told of are there as well, under a number', async () => {
    const made = await registry.send('POST', '/v1/images/generations', {
      model: 'sketch-1',
      prompt: 'An untold kite',
    });
    const { request } = made.body.pictor as { request: string };
    const found = await v2('POST', '/requests/search', { q: 'untold kite' });
    expect(found.body).toMatchObject({ total: 1, items: [{ engine: 'sketch-1', status: 'SUCCESS' }] });
    const { body } = await v2('GET', `/requests/${request}`);
    expect(body).toMatchObject({
      prompt_blueprint: { prompt_template: { content: [{ type: 'output_media' }] } },
    });
    expect((await v2('GET', `/requests/${body.request_id}`)).body.request_id).toBe(body.request_id);
  });

  test('told of at the same moment twice are one', async () => {
    const body = {
      provider: 'openai',
      model: 'gpt-image-1',
      input: { prompt: 'Same moment' },
      output: { data: [{ url: 'https://p.example/z.png' }] },
    };
    const [first, second] = await Promise.all([log(body), log(body)]);
    expect(first?.id).toBe(second?.id);
  });

  test('open no picture of another project by naming it', async () => {
    const logged = await log({
      output: { type: 'completion', content: [{ type: 'output_media', url: `image:img_${'0'.repeat(32)}` }] },
    });
    expect(JSON.stringify(logged)).not.toContain('signature=');
  });
});

test('spans keep neither pictures nor the key', async () => {
  const trace = 'a'.repeat(32);
  const output = JSON.stringify({
    api_key: registry.pictor.key,
    data: [{ b64_json: 'iVBORw0KGgo'.repeat(100) }],
  });
  await pl('POST', '/spans-bulk', {
    spans: [
      {
        name: 'PromptLayer Run',
        context: { trace_id: trace, span_id: 'b'.repeat(16) },
        start_time: '1795000000000000000',
        end_time: '1795000001000000000',
        status: { status_code: 'StatusCode.OK' },
        attributes: { function_output: output },
      },
    ],
  });
  const otlp = await pl('POST', '/v1/traces', {
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                traceId: trace,
                spanId: 'c'.repeat(16),
                parentSpanId: 'b'.repeat(16),
                name: 'child',
                startTimeUnixNano: '1795000000500000000',
                endTimeUnixNano: '1795000000900000000',
                attributes: [{ key: 'node_type', value: { stringValue: 'PROMPT_TEMPLATE' } }],
              },
            ],
          },
        ],
      },
    ],
  });
  expect(otlp.status).toBe(200);
  const { body } = await v2('GET', `/traces/${trace}`);
  expect(body).toMatchObject({
    trace_id: trace,
    spans: [
      { name: 'PromptLayer Run', status: 'OK', start_time: '2026-11-18T11:06:40.000Z' },
      { name: 'child', parent_id: 'b'.repeat(16), attributes: { node_type: 'PROMPT_TEMPLATE' } },
    ],
  });
  expect(JSON.stringify(body)).not.toContain(registry.pictor.key);
  expect(JSON.stringify(body)).not.toContain('iVBORw0KGgoiVBORw0KGgo');
});
