import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPromptLayer, type PromptLayerBench } from './support/open-promptlayer.ts';
import { type Body, completion, imagesModel, type Registry } from './support/open-registry.ts';
import { removeDataDirs } from './support/start-pictor.ts';

let bench: PromptLayerBench;
let registry: Registry;
let prompt: string;
beforeAll(async () => {
  bench = await openPromptLayer();
  registry = bench.registry;
  prompt = `/api/prompts/${(await registry.save('A {thing}', { labels: ['live'] })).body.id}`;
});
afterAll(async () => {
  await bench.close();
  await removeDataDirs();
});

const huge = 2 ** 40;
const nameOf = (): string => `name ${Math.random()}`;
const codesOf = ({ body }: { body: Body }) => (body.problems as Body[]).map(({ code }) => code);
const fileOf = (name: string, more = '', created = '2026-01-01T00:00:00Z'): string =>
  `id: pmpt_${Math.random().toString(16).slice(2, 10).padEnd(32, 'a')}
name: ${JSON.stringify(name)}
created_at: ${created}
${more}versions:
  - version: 1
    created_at: 2026-01-01T00:00:00Z
    template: { type: completion, content: [{ type: text, text: hi }] }
`;

describe('what no database holds', () => {
  test('is kept as it can be, or refused, and never a fault of the server', async () => {
    for (const text of ['nul \0 here', 'half \ud800 here']) {
      const tags = [text];
      const made = await registry.send('POST', '/api/prompts', {
        name: nameOf(),
        template: completion('x'),
        tags,
      });
      expect(made).toMatchObject({ status: 201, body: { tags: [text.replace(/[\0\ud800]/u, '\uFFFD')] } });
      expect((await registry.send('PATCH', prompt, { tags })).status).toBe(200);
      const published = await bench.publish(nameOf(), completion('x'), imagesModel, { tags });
      expect(published).toMatchObject({ version_number: 1 });
    }
    expect((await registry.send('GET', '/api/prompts?tag=a%00b')).body.total).toBe(0);
    expect((await registry.send('GET', '/promptlayer/prompt-templates?tags=%00')).status).toBe(200);
  });

  test.each<[string, string, () => [string, Body]]>([
    ['rendered', 'POST', () => [`${prompt}/render`, { version: huge }]],
    ['run', 'POST', () => [`${prompt}/run`, { version: huge }]],
    ['run in a group', 'POST', () => [`${prompt}/run`, { group: huge, model: 'sketch-1' }]],
    ['labelled', 'PUT', () => [`${prompt}/labels/x`, { version: huge }]],
    [
      'dealt out',
      'PUT',
      () => [`${prompt}/labels/x`, { version: 1, split: { shares: [{ version: huge, percent: 100 }] } }],
    ],
    [
      'named on the wire',
      'POST',
      () => ['/v1/images/generations', { prompt_template: { id: 'x', version: huge } }],
    ],
  ])('is no number of a version that is %s', async (_, method, ask) => {
    expect((await registry.send(method, ...ask())).status).toBe(400);
  });

  test('is no number of a snippet’s version, and no number that logs are compared with', async () => {
    const { name } = await registry.save('words');
    const check = { template: completion(`@@@${name}@version_number:1e12@@@`) };
    expect(codesOf(await registry.send('POST', '/api/registry/check', check))).toEqual(['template_failed']);
    const filters = [
      { field: 'cost', operator: 'lt', value: 1e300 },
      { field: 'latency_ms', operator: 'gt', value: -1e300 },
    ];
    const search = await registry.send('POST', '/promptlayer/api/public/v2/requests/search', {
      filter_group: { logic: 'AND', filters },
    });
    expect(search.status).toBe(200);
    let nested: Body = { logic: 'AND', filters: [] };
    for (let depth = 0; depth < 400; depth += 1) nested = { logic: 'AND', filters: [nested] };
    const deep = await registry.send('POST', '/promptlayer/api/public/v2/requests/search', {
      filter_group: nested,
    });
    expect(deep.status).toBe(400);
  });
});

describe('two at once', () => {
  test('make one prompt of a name, and only one of them is told that it did', async () => {
    const name = nameOf();
    const made = await Promise.all(
      Array.from({ length: 6 }, () =>
        registry.send('POST', '/api/prompts', { name, template: completion('x') }),
      ),
    );
    expect(made.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409, 409]);
    expect(made.find(({ status }) => status === 201)?.body.latest_version).toBe(1);
  });

  test('publish by PromptLayer’s client under one name, and every one gets a version', async () => {
    const name = nameOf();
    const made = await Promise.all([1, 2, 3, 4].map(() => bench.publish(name, completion('x'), imagesModel)));
    expect(made.map((each) => each.version_number).toSorted()).toEqual([1, 2, 3, 4]);
  });

  test('cannot give two prompts one name', async () => {
    const [one, other] = [await registry.save('1'), await registry.save('2')];
    const name = nameOf();
    const renamed = await Promise.all(
      [one, other].map(({ body }) => registry.send('PATCH', `/api/prompts/${body.id}`, { name })),
    );
    expect(renamed.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  test('move a label, and its history is one unbroken line', async () => {
    const { body } = await registry.save('1');
    const path = `/api/prompts/${body.id}`;
    await registry.send('POST', `${path}/versions`, { template: completion('2') });
    const moves = Array.from({ length: 10 }, (_, index) =>
      registry.send('PUT', `${path}/labels/l`, { version: 1 + (index % 2) }),
    );
    expect((await Promise.all(moves)).every(({ status }) => status === 200)).toBe(true);
    const history = (await registry.send('GET', `${path}/history`)).body.data as Body[];
    const oldestFirst = history.toReversed();
    expect(oldestFirst.slice(1).map((move) => move.from_version)).toEqual(
      oldestFirst.slice(0, -1).map((move) => move.to_version),
    );
  });
});

describe('hostile texts', () => {
  test('of snippets that name each other many times over are put together once', async () => {
    const name = nameOf();
    const level = (depth: number): string => `${name} ${depth}`;
    for (let depth = 0; depth < 9; depth += 1) {
      const text = depth === 0 ? 'x' : ` @@@${level(depth - 1)}@@@`.repeat(6);
      const made = await registry.send('POST', '/api/prompts', {
        name: level(depth),
        template: completion(text),
      });
      // 6^8 characters and more are too many; nobody waits for them.
      expect(made.status, level(depth)).toBe(depth < 8 ? 201 : 400);
      if (made.status !== 201) expect(made.body.error).toMatchObject({ code: 'template_failed' });
    }
  });

  test('of more characters than a text can hold are refused', async () => {
    const check = { template: completion('{a}'.repeat(1000)), variables: { a: 'x'.repeat(1_000_000) } };
    expect(codesOf(await registry.send('POST', '/api/registry/check', check))).toEqual(['template_failed']);
  });

  test('of Jinja that take long to read are refused before they are read', async () => {
    const template = completion('{{ a }} '.repeat(20_000), { template_format: 'jinja2' });
    const { body } = await registry.send('POST', '/api/registry/check', { template });
    expect((body.problems as Body[])[0]).toMatchObject({
      message: expect.stringContaining('100000 characters'),
    });
  });
});

describe('files and folders', () => {
  test('from elsewhere are refused where a name is taken or none, and nothing of them stays', async () => {
    const { name } = await registry.save('here');
    const { body: other } = await registry.save('other');
    const bring = async (...contents: string[]) =>
      await registry.send('POST', '/api/registry/import', {
        files: contents.map((content, index) => ({ path: `${index}.yaml`, content })),
      });
    const good = nameOf();
    const taken = fileOf(name).replace(/^id: .*/, `id: ${other.id}`);
    expect((await bring(fileOf(good), taken)).body.error).toMatchObject({ code: 'already_exists' });
    expect((await registry.send('GET', `/api/prompts/${encodeURIComponent(good)}`)).status).toBe(404);
    for (const broken of [
      fileOf('bad@name'),
      fileOf(''),
      fileOf(nameOf(), '', '0000-01-01T00:00:00Z'),
      fileOf(nameOf(), 'labels: { l: { version: 9999999999, created_at: 2026-01-01T00:00:00Z } }\n'),
    ]) {
      expect((await bring(broken)).status).toBe(400);
    }
    expect((await bring(fileOf(nameOf(), 'tags: ["a\\0b", "\\uD800"]\n'))).status).toBe(200);
  });

  test('are where they are meant, however their path is written', async () => {
    const folder = `f${Math.random()}`;
    await registry.save('x', { folder: `/${folder}//deep/` });
    const found = await registry.send('GET', `/api/prompts?folder=${folder}/`);
    expect((found.body.data as Body[])[0]?.folder).toBe(`${folder}/deep`);
    const make = async (name: string) =>
      await registry.send('POST', '/promptlayer/api/public/v2/folders', { name });
    expect((await make(`${folder}/a//b/`)).body.folder).toMatchObject({ path: `${folder}/a/b` });
    expect((await make('/')).status).toBe(400);
  });
});
