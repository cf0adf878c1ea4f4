import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Body,
  completion,
  imagesModel,
  openRegistry,
  type Registry,
  textsOf,
} from './support/open-registry.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(async () => {
  await registry.pictor.stop();
  await removeDataDirs();
});

describe('a prompt', () => {
  test('is saved with its first version and found by id, number and name', async () => {
    const { name, body } = await registry.save('A photo of {subject}', {
      model: imagesModel,
      folder: 'brand/autumn',
      tags: ['shop'],
      commit_message: 'The first',
    });
    expect(body).toMatchObject({
      object: 'prompt',
      name,
      folder: 'brand/autumn',
      tags: ['shop'],
      latest_version: 1,
      archived: false,
      current: {
        version: 1,
        commit_message: 'The first',
        model: imagesModel,
        template: { input_variables: ['subject'] },
      },
    });
    for (const by of [body.id, body.number, encodeURIComponent(name)]) {
      expect((await registry.send('GET', `/api/prompts/${by}`)).body).toEqual(body);
    }
  });

  test('gets new versions, and keeps the old ones as they were', async () => {
    const { name } = await registry.save('one');
    const path = `/api/prompts/${encodeURIComponent(name)}/versions`;
    expect((await registry.send('POST', path, { template: completion('two') })).body).toMatchObject({
      version: 2,
    });
    const { body } = await registry.send('GET', path);
    const versions = body.data as { version: number; template: unknown }[];
    expect(versions.map((each) => [each.version, textsOf(each.template)])).toEqual([
      [2, ['two']],
      [1, ['one']],
    ]);
    expect((await registry.send('GET', `${path}/1`)).body).toMatchObject({ version: 1 });
    expect((await registry.send('GET', `${path}/3`)).status).toBe(404);
  });

  test('gives every version a number of its own when many are saved at once', async () => {
    const { name } = await registry.save('first');
    const path = `/api/prompts/${encodeURIComponent(name)}/versions`;
    const saved = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        registry.send('POST', path, { template: completion(`copy ${index}`) }),
      ),
    );
    expect(saved.map(({ body }) => body.version).toSorted()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('takes no name twice, and no name that a snippet could not be called by', async () => {
    const { name } = await registry.save('one');
    expect(await registry.send('POST', '/api/prompts', { name, template: completion('two') })).toMatchObject({
      status: 409,
      body: { error: { code: 'already_exists', param: 'name' } },
    });
    for (const wrong of ['', ' x', 'a@b', 'line\nbreak', 'x'.repeat(513)]) {
      expect(
        await registry.send('POST', '/api/prompts', { name: wrong, template: completion('x') }),
      ).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_value', param: 'name' } },
      });
    }
  });

  test('can be renamed, filed elsewhere, archived and brought back', async () => {
    const { body } = await registry.save('one');
    const name = `renamed ${Math.random()}`;
    const path = `/api/prompts/${body.id}`;
    expect((await registry.send('PATCH', path, { name, folder: 'x', tags: ['a'] })).body).toMatchObject({
      name,
      folder: 'x',
      tags: ['a'],
    });
    expect((await registry.send('PATCH', path, { archived: true })).body).toMatchObject({ archived: true });
    const find = async (status: string) =>
      (await registry.send('GET', `/api/prompts?status=${status}&q=${encodeURIComponent(name)}`)).body.total;
    expect([await find('active'), await find('archived'), await find('all')]).toEqual([0, 1, 1]);
    expect((await registry.send('PATCH', path, { archived: false })).body).toMatchObject({ archived: false });
    expect(await find('active')).toBe(1);
  });

  test('is listed by folder, tag, label and words', async () => {
    const tag = `tag${Math.random()}`;
    const { name } = await registry.save('one', { folder: 'f_1/deep', tags: [tag], labels: ['live'] });
    await registry.save('two', { folder: 'fx1/deep', tags: [tag] });
    const names = async (query: string) =>
      ((await registry.send('GET', `/api/prompts?tag=${tag}&${query}`)).body.data as { name: string }[]).map(
        (prompt) => prompt.name,
      );
    expect(await names('')).toHaveLength(2);
    expect(await names('folder=f_1')).toEqual([name]);
    expect(await names('label=live')).toEqual([name]);
    expect(await names(`q=${encodeURIComponent(name.toUpperCase())}`)).toEqual([name]);
    expect(await names('limit=1&page=2')).toHaveLength(1);
    expect((await registry.send('GET', '/api/prompts?limit=0')).status).toBe(400);
  });

  test.each([
    ['a model that is not there', { ...imagesModel, name: 'gpt-image-9' }, 'model.name'],
    ['a parameter that the model does not have', { ...imagesModel, parameters: { style: 'vivid' } }, 'style'],
    ['a value that the model does not take', { ...imagesModel, parameters: { size: '7x7' } }, 'size'],
    ['a text model', { provider: 'openai', name: 'gpt-5.4', api_type: 'images' }, 'model.name'],
    ['another API', { ...imagesModel, api_type: 'responses' }, 'model.api_type'],
  ])('is not saved with %s', async (_, model, param) => {
    const name = `prompt ${Math.random()}`;
    const { status, body } = await registry.send('POST', '/api/prompts', {
      name,
      template: completion('x'),
      model,
    });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ param });
    expect((await registry.send('GET', `/api/prompts/${encodeURIComponent(name)}`)).status).toBe(404);
  });

  test('shows what changed between two versions', async () => {
    const { name } = await registry.save('a cat\non a mat', { model: imagesModel });
    const path = `/api/prompts/${encodeURIComponent(name)}`;
    const model = { ...imagesModel, parameters: { size: '1536x1024', quality: 'low' } };
    await registry.send('POST', `${path}/versions`, { template: completion('a dog\non a mat'), model });
    expect((await registry.send('GET', `${path}/diff?from=1&to=2`)).body).toEqual({
      object: 'prompt.diff',
      from: 1,
      to: 2,
      text: [
        { kind: 'removed', text: 'a cat' },
        { kind: 'added', text: 'a dog' },
        { kind: 'same', text: 'on a mat' },
      ],
      members: [
        { path: 'model.parameters.size', before: '1024x1024', after: '1536x1024' },
        { path: 'model.parameters.quality', before: null, after: 'low' },
      ],
    });
  });
});

describe('labels', () => {
  const label = async (id: unknown, name: string, body: Body) =>
    await registry.send('PUT', `/api/prompts/${id}/labels/${name}`, body);

  test('point at a version, are moved, and remember how', async () => {
    const { body: prompt } = await registry.save('one');
    await registry.send('POST', `/api/prompts/${prompt.id}/versions`, { template: completion('two') });
    expect((await label(prompt.id, 'live', { version: 1 })).body).toMatchObject({ name: 'live', version: 1 });
    expect(textsOf((await registry.render(String(prompt.id), { label: 'live' })).body.template)).toEqual([
      'one',
    ]);
    await label(prompt.id, 'live', { version: 2 });
    expect(textsOf((await registry.render(String(prompt.id), { label: 'live' })).body.template)).toEqual([
      'two',
    ]);
    await registry.send('DELETE', `/api/prompts/${prompt.id}/labels/live`);
    expect((await registry.render(String(prompt.id), { label: 'live' })).status).toBe(404);
    const { body } = await registry.send('GET', `/api/prompts/${prompt.id}/history`);
    expect((body.data as Body[]).map((move) => [move.from_version, move.to_version])).toEqual([
      [2, null],
      [1, 2],
      [null, 1],
    ]);
    expect((await label(prompt.id, 'live', { version: 9 })).status).toBe(404);
  });

  test('that are protected move only when that is confirmed', async () => {
    const { body: prompt } = await registry.save('one');
    await registry.send('POST', `/api/prompts/${prompt.id}/versions`, { template: completion('two') });
    await label(prompt.id, 'live', { version: 1, protected: true });
    expect(await label(prompt.id, 'live', { version: 2 })).toMatchObject({
      status: 409,
      body: { error: { code: 'label_protected' } },
    });
    expect((await registry.send('DELETE', `/api/prompts/${prompt.id}/labels/live`)).status).toBe(409);
    expect((await label(prompt.id, 'live', { version: 2, confirm: true })).body).toMatchObject({
      version: 2,
      protected: true,
    });
    expect((await registry.send('DELETE', `/api/prompts/${prompt.id}/labels/live?confirm=true`)).status).toBe(
      200,
    );
  });

  test('deal traffic out by metadata, the same value always the same way', async () => {
    const { body: prompt } = await registry.save('one');
    await registry.send('POST', `/api/prompts/${prompt.id}/versions`, { template: completion('two') });
    const split = {
      shares: [
        { version: 1, percent: 50 },
        { version: 2, percent: 50 },
      ],
      segments: [{ metadata: { plan: ['pro', 'team'] }, shares: [{ version: 2, percent: 100 }] }],
      sticky_by: 'user',
    };
    expect((await label(prompt.id, 'ab', { version: 1, split })).body).toMatchObject({ split });
    const draw = async (metadata: Body) =>
      (await registry.render(String(prompt.id), { label: 'ab', metadata })).body.version;
    expect(await draw({ plan: 'team' })).toBe(2);
    const drawn = await Promise.all(
      Array.from({ length: 12 }, async (_, user) => {
        const metadata = { user: `user-${user}` };
        const first = await draw(metadata);
        expect(await draw(metadata)).toBe(first);
        return first;
      }),
    );
    expect(new Set(drawn)).toEqual(new Set([1, 2]));
    const wrong = { shares: [{ version: 1, percent: 60 }] };
    expect((await label(prompt.id, 'ab', { version: 1, split: wrong })).body).toMatchObject({
      error: { code: 'invalid_value', param: 'split' },
    });
  });
});

describe('files', () => {
  const exported = async (from: Pictor) =>
    (
      (await (await from.call('/api/registry/export')).json()) as {
        files: { path: string; content: string }[];
      }
    ).files;

  test('carry the registry into an empty database, and twice changes nothing', async () => {
    const split = { shares: [{ version: 1, percent: 100 }], segments: [], sticky_by: 'user' };
    const { body } = await registry.save('line one\nline two: "{x}"', {
      model: imagesModel,
      folder: 'Brand/Herbst 🍂',
      labels: ['live'],
    });
    await registry.send('PUT', `/api/prompts/${body.id}/labels/live`, { version: 1, protected: true, split });
    const files = await exported(registry.pictor);
    expect(new Set(files.map((file) => file.path)).size).toBe(files.length);
    const other = await startPictor();
    try {
      const bring = async (dry_run: boolean) => {
        const reply = await other.call('/api/registry/import', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ files, dry_run }),
        });
        expect(reply.status).toBe(200);
        const { files: done } = (await reply.json()) as { files: { change: string }[] };
        return new Set(done.map((file) => file.change));
      };
      expect(await bring(true)).toEqual(new Set(['created']));
      expect(await exported(other)).toEqual([]);
      expect(await bring(false)).toEqual(new Set(['created']));
      expect(await exported(other)).toEqual(files);
      expect(await bring(false)).toEqual(new Set(['unchanged']));
      expect(await exported(other)).toEqual(files);
    } finally {
      await other.stop();
    }
  });

  test('add versions that were written by hand, and change none that is there', async () => {
    const { body } = await registry.save('first words');
    const file = (await exported(registry.pictor)).find((each) => each.content.includes(String(body.id)));
    if (file === undefined) throw new Error('It was not exported.');
    const more = `${file.content}  - version: 2
    created_at: 2026-11-21T00:00:00Z
    template:
      type: completion
      content:
        - type: text
          text: second words
`;
    const bring = async (content: string) =>
      await registry.send('POST', '/api/registry/import', { files: [{ path: file.path, content }] });
    expect((await bring(more)).body.files).toMatchObject([{ change: 'updated', versions: [2] }]);
    const changed = more.replace('first words', 'other words');
    expect(await bring(changed)).toMatchObject({ status: 409, body: { error: { code: 'already_exists' } } });
    for (const broken of [
      '{',
      'name: x',
      more.replace('version: 2', 'version: 3'),
      `a: &a [*a, *a]\n${more}`,
    ]) {
      expect(await bring(broken)).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_value', param: 'files' } },
      });
    }
  });
});
