import { Pictor } from '@pictor/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imagesModel, openRegistry, type Registry } from './support/open-registry.ts';
import { removeDataDirs } from './support/start-pictor.ts';

let registry: Registry;
let pictor: Pictor;
beforeAll(async () => {
  registry = await openRegistry();
  pictor = new Pictor({ baseUrl: registry.pictor.url, apiKey: registry.pictor.key });
});
afterAll(async () => {
  await registry.pictor.stop();
  await removeDataDirs();
});

const textOf = (text: string, format: 'f-string' | 'jinja2' = 'f-string') => ({
  type: 'completion' as const,
  template_format: format,
  content: [{ type: 'text' as const, text }],
});
const model = { ...imagesModel, api_type: 'images' as const };

describe('the registry as a whole, by the SDK', () => {
  test('counts folders with those above them, tags and labels, and leaves archived prompts out', async () => {
    const marks = { tags: ['print', 'autumn'], labels: ['live'] };
    await registry.save('one', { ...marks, folder: 'brand/autumn' });
    await registry.save('two', { tags: ['print'], folder: 'brand' });
    const { body } = await registry.save('three', { ...marks, folder: 'brand/old' });
    await pictor.prompts.update(String(body.id), { archived: true });
    expect(await pictor.prompts.summary()).toMatchObject({
      prompts: 2,
      folders: [
        { name: 'brand', prompts: 2 },
        { name: 'brand/autumn', prompts: 1 },
      ],
      tags: [
        { name: 'autumn', prompts: 1 },
        { name: 'print', prompts: 2 },
      ],
      labels: [{ name: 'live', prompts: 1 }],
    });
  });

  test('lists what the newest versions are, and by that', async () => {
    const folder = 'kinds';
    const { body: picture } = await registry.save('A kite', { folder, model: imagesModel });
    const { body: snippet } = await registry.save('In watercolour', { folder });
    const { body: chat } = await registry.save('', { folder, template: { type: 'chat', messages: [] } });
    const idsOf = async (type?: 'completion' | 'chat' | 'snippet') =>
      (await pictor.prompts.list({ folder, type })).data.map(({ id }) => id).toSorted();
    const sorted = (...prompts: readonly { id?: unknown }[]) => prompts.map(({ id }) => id).toSorted();
    expect(await idsOf('completion')).toEqual(sorted(picture, snippet));
    expect(await idsOf('snippet')).toEqual(sorted(snippet));
    expect(await idsOf('chat')).toEqual(sorted(chat));
    expect(await pictor.prompts.get(String(picture.id))).toMatchObject({
      type: 'completion',
      model: 'gpt-image-2',
      current: { created_by_name: expect.any(String) },
    });
    await expect(pictor.prompts.list({ type: 'none' as 'chat' })).rejects.toMatchObject({ param: 'type' });
  });

  test('tells of a draft what saving would say, what it renders to, and saves nothing', async () => {
    const { name: snippet } = await registry.save('in {style}');
    const before = (await pictor.prompts.list({ status: 'all' })).total;
    const draft = { template: textOf(`A {thing} @@@${snippet}@@@`), model };
    expect(
      await pictor.prompts.check({ ...draft, variables: { thing: 'kite', mood: 'calm' } }),
    ).toMatchObject({
      problems: [],
      variables: ['thing', 'style'],
      snippets: [{ name: snippet, resolvedVersion: 1 }],
      rendering: {
        template: { content: [{ text: 'A kite in ' }] },
        missing: ['style'],
        unknown: ['mood'],
      },
    });
    const broken = await pictor.prompts.check({
      name: 'a@b',
      template: textOf('{% if %}', 'jinja2'),
      model: { ...model, parameters: { size: '7x7' } },
    });
    expect(broken.problems.map(({ code, param }) => [code, param])).toEqual([
      ['invalid_value', 'name'],
      ['invalid_value', 'size'],
      ['template_failed', 'prompt_template'],
    ]);
    expect(broken.rendering).toBeNull();
    expect((await pictor.prompts.list({ status: 'all' })).total).toBe(before);
  });

  test('tells versions, differences, labels and their moves, and where a snippet is used', async () => {
    const { name } = await registry.save('first', { labels: ['live'] });
    const { name: user } = await registry.save(`Uses @@@${name}@@@`);
    await pictor.prompts.addVersion(name, { template: textOf('second') });
    expect(await pictor.prompts.version(name, 1)).toMatchObject({
      version: 1,
      created_by_name: expect.any(String),
    });
    expect((await pictor.prompts.diff(name, 1, 2)).text.map(({ kind }) => kind)).toEqual([
      'removed',
      'added',
    ]);
    await pictor.prompts.setLabel(name, 'live', { version: 2, protected: true });
    expect((await pictor.prompts.labels(name)).data).toMatchObject([
      { name: 'live', version: 2, split: null },
    ]);
    await expect(pictor.prompts.removeLabel(name, 'live')).rejects.toMatchObject({ code: 'label_protected' });
    await pictor.prompts.removeLabel(name, 'live', { confirm: true });
    expect((await pictor.prompts.history(name)).data).toMatchObject([
      { from_version: 2, to_version: null, moved_by_name: expect.any(String) },
      { from_version: 1, to_version: 2 },
      { from_version: null, to_version: 1 },
    ]);
    expect((await pictor.prompts.uses(name)).data).toMatchObject([
      { prompt: user, version: 1, is_latest: true },
    ]);
  });

  test('counts the requests of each version', async () => {
    const { name, body } = await registry.save('A kite', { model: imagesModel });
    await pictor.prompts.addVersion(name, { template: textOf('Two kites'), model });
    for (const version of [1, 2, 2])
      await pictor.prompts.run(name, { version, model: 'sketch-1', parameters: {} });
    const { groups } = await pictor.requests.analyse({
      group_by: ['prompt_version'],
      filter_group: {
        logic: 'AND',
        filters: [{ field: 'prompt_id', operator: 'is', value: String(body.id) }],
      },
    });
    expect(groups.prompt_version?.map(({ group, requests }) => [group, requests])).toEqual([
      ['2', 2],
      ['1', 1],
    ]);
  });
});
