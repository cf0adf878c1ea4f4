import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
beforeAll(async () => {
  pictor = await startPictor();
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

type Body = Record<string, unknown>;

async function send(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> {
  const reply = await pictor.call(path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: reply.status, body: (await reply.json()) as Body };
}

const images = {
  provider: 'openai',
  name: 'gpt-image-2',
  api_type: 'images',
  parameters: { size: '1024x1024' },
};

const completion = (text: string, more: Body = {}): Body => ({
  type: 'completion',
  content: [{ type: 'text', text }],
  ...more,
});

/** Saves a prompt under a name of its own. */
async function save(text: string, more: Body = {}): Promise<{ name: string; body: Body }> {
  const name = `prompt ${Math.random().toString(36).slice(2)}`;
  const { status, body } = await send('POST', '/api/prompts', { name, template: completion(text), ...more });
  expect(body).not.toHaveProperty('error');
  expect(status).toBe(201);
  return { name, body };
}

const render = async (name: string, body: Body = {}) =>
  await send('POST', `/api/prompts/${encodeURIComponent(name)}/render`, body);

function textsOf(template: unknown): string[] {
  const { content } = template as { content: { type: string; text: string }[] };
  return content.flatMap((block) => (block.type === 'text' ? [block.text] : []));
}

describe('a prompt', () => {
  test('is saved with its first version and found by id, number and name', async () => {
    const { name, body } = await save('A photo of {subject}', {
      model: images,
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
        model: images,
        template: { input_variables: ['subject'] },
      },
    });
    for (const by of [body.id, body.number, encodeURIComponent(name)]) {
      expect((await send('GET', `/api/prompts/${by}`)).body).toEqual(body);
    }
  });

  test('gets new versions, and keeps the old ones as they were', async () => {
    const { name } = await save('one');
    const path = `/api/prompts/${encodeURIComponent(name)}/versions`;
    expect((await send('POST', path, { template: completion('two') })).body).toMatchObject({ version: 2 });
    const { body } = await send('GET', path);
    const versions = body.data as { version: number; template: unknown }[];
    expect(versions.map((each) => [each.version, textsOf(each.template)])).toEqual([
      [2, ['two']],
      [1, ['one']],
    ]);
    expect((await send('GET', `${path}/1`)).body).toMatchObject({ version: 1 });
    expect((await send('GET', `${path}/3`)).status).toBe(404);
  });

  test('gives every version a number of its own when many are saved at once', async () => {
    const { name } = await save('first');
    const path = `/api/prompts/${encodeURIComponent(name)}/versions`;
    const saved = await Promise.all(
      Array.from({ length: 8 }, (_, index) => send('POST', path, { template: completion(`copy ${index}`) })),
    );
    expect(saved.map(({ body }) => body.version).toSorted()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('takes no name twice, and no name that a snippet could not be called by', async () => {
    const { name } = await save('one');
    expect(await send('POST', '/api/prompts', { name, template: completion('two') })).toMatchObject({
      status: 409,
      body: { error: { code: 'already_exists', param: 'name' } },
    });
    for (const wrong of ['', ' x', 'a@b', 'line\nbreak', 'x'.repeat(513)]) {
      expect(await send('POST', '/api/prompts', { name: wrong, template: completion('x') })).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_value', param: 'name' } },
      });
    }
  });

  test('can be renamed, filed elsewhere, archived and brought back', async () => {
    const { body } = await save('one');
    const name = `renamed ${Math.random()}`;
    const path = `/api/prompts/${body.id}`;
    expect((await send('PATCH', path, { name, folder: 'x', tags: ['a'] })).body).toMatchObject({
      name,
      folder: 'x',
      tags: ['a'],
    });
    expect((await send('PATCH', path, { archived: true })).body).toMatchObject({ archived: true });
    const find = async (status: string) =>
      (await send('GET', `/api/prompts?status=${status}&q=${encodeURIComponent(name)}`)).body.total;
    expect([await find('active'), await find('archived'), await find('all')]).toEqual([0, 1, 1]);
    expect((await send('PATCH', path, { archived: false })).body).toMatchObject({ archived: false });
    expect(await find('active')).toBe(1);
  });

  test('is listed by folder, tag, label and words', async () => {
    const tag = `tag${Math.random()}`;
    const { name } = await save('one', { folder: 'f_1/deep', tags: [tag], labels: ['live'] });
    await save('two', { folder: 'fx1/deep', tags: [tag] });
    const names = async (query: string) =>
      ((await send('GET', `/api/prompts?tag=${tag}&${query}`)).body.data as { name: string }[]).map(
        (prompt) => prompt.name,
      );
    expect(await names('')).toHaveLength(2);
    expect(await names('folder=f_1')).toEqual([name]);
    expect(await names('label=live')).toEqual([name]);
    expect(await names(`q=${encodeURIComponent(name.toUpperCase())}`)).toEqual([name]);
    expect(await names('limit=1&page=2')).toHaveLength(1);
    expect((await send('GET', '/api/prompts?limit=0')).status).toBe(400);
  });

  test.each([
    ['a model that is not there', { ...images, name: 'gpt-image-9' }, 'model.name'],
    ['a parameter that the model does not have', { ...images, parameters: { style: 'vivid' } }, 'style'],
    ['a value that the model does not take', { ...images, parameters: { size: '7x7' } }, 'size'],
    ['a text model', { provider: 'openai', name: 'gpt-5.4', api_type: 'images' }, 'model.name'],
    ['another API', { ...images, api_type: 'responses' }, 'model.api_type'],
  ])('is not saved with %s', async (_, model, param) => {
    const name = `prompt ${Math.random()}`;
    const { status, body } = await send('POST', '/api/prompts', { name, template: completion('x'), model });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ param });
    expect((await send('GET', `/api/prompts/${encodeURIComponent(name)}`)).status).toBe(404);
  });

  test('shows what changed between two versions', async () => {
    const { name } = await save('a cat\non a mat', { model: images });
    const path = `/api/prompts/${encodeURIComponent(name)}`;
    const model = { ...images, parameters: { size: '1536x1024', quality: 'low' } };
    await send('POST', `${path}/versions`, { template: completion('a dog\non a mat'), model });
    expect((await send('GET', `${path}/diff?from=1&to=2`)).body).toEqual({
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

describe('rendering', () => {
  test('puts variables in, and tells of missing and unknown ones', async () => {
    const { name } = await save('A {colour} {thing} at {place!r:>10}, {{literal}} {"json": 1}');
    const { body } = await render(name, { variables: { colour: 'red', thing: 3, mood: 'x' } });
    expect(textsOf(body.template)).toEqual(['A red 3 at , {literal} {"json": 1}']);
    expect(body).toMatchObject({ version: 1, label: null, missing: ['place'], unknown: ['mood'] });
  });

  test('reads Jinja, with loops, conditions and filters', async () => {
    const template = completion(
      '{% for a in animals %}{{ a.name | upper }}{% if not loop.last %}, {% endif %}{% endfor %} {{ end }}',
      { template_format: 'jinja2' },
    );
    const { name, body: saved } = await save('', { template });
    expect(saved.current).toMatchObject({ template: { input_variables: ['animals', 'end'] } });
    const animals = [{ name: 'cat' }, { name: 'dog' }];
    const { body } = await render(name, { variables: { animals } });
    expect(textsOf(body.template)).toEqual(['CAT, DOG ']);
    expect(body.missing).toEqual(['end']);
  });

  test('never reads a variable as a template', async () => {
    const evil = '{colour} {{ 7 * 7 }} {% raw %} @@@secret@@@ $& $1';
    const plain = await save('see {text}');
    const jinja = await save('', { template: completion('see {{ text }}', { template_format: 'jinja2' }) });
    for (const { name } of [plain, jinja]) {
      const { body } = await render(name, { variables: { text: evil } });
      expect(textsOf(body.template)).toEqual([`see ${evil}`]);
    }
  });

  test.each([
    "{{ ''.constructor.constructor('return process')().exit() }}",
    '{{ x.__proto__.polluted }}{{ x.constructor.name }}',
    '{% for i in range(100000000) %}{{ i }}{% endfor %}',
    '{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}',
    '{% set ns = namespace(s="xxxxxxxxxx") %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}{{ ns.s }}',
  ])('lets nothing out of a hostile template: %s', async (text) => {
    const { name } = await save('', { template: completion(text, { template_format: 'jinja2' }) });
    const { status, body } = await render(name, { variables: { x: {} } });
    if (status === 200) expect(textsOf(body.template)).toEqual(['']);
    else expect(body).toMatchObject({ error: { code: 'template_failed' } });
    expect((await pictor.call('/healthz')).status).toBe(200);
    const { name: next } = await save('', { template: completion('{{ x }}', { template_format: 'jinja2' }) });
    expect(textsOf((await render(next, { variables: { x: 'fine' } })).body.template)).toEqual(['fine']);
  });

  test('takes prototype names for ordinary variables', async () => {
    const { name } = await save('{constructor}|{__proto__}|{toString}');
    const { body } = await render(name, { variables: { toString: 'own' } });
    expect(textsOf(body.template)).toEqual(['||own']);
    expect(body.missing).toEqual(['constructor', '__proto__']);
  });

  test('does not save what is no Jinja', async () => {
    const template = completion('{% if %}', { template_format: 'jinja2' });
    expect(await send('POST', '/api/prompts', { name: `x ${Math.random()}`, template })).toMatchObject({
      status: 400,
      body: { error: { code: 'template_failed' } },
    });
  });

  test('fills places for pictures and for messages', async () => {
    const template = {
      type: 'chat',
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be {mood}' }] },
        { role: 'placeholder', name: 'history' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Draw' },
            { type: 'media_variable', name: 'refs' },
          ],
        },
      ],
    };
    const { name, body: saved } = await save('', { template });
    expect(saved.current).toMatchObject({ template: { input_variables: ['mood', 'refs', 'history'] } });
    const history = [{ role: 'user', content: [{ type: 'text', text: 'Hi {mood}' }] }];
    const refs = ['https://example.com/a.png', 'AAAA'];
    const { body } = await render(name, { variables: { mood: 'kind', history, refs } });
    expect(body.template).toMatchObject({
      messages: [
        { role: 'system', content: [{ text: 'Be kind' }] },
        { role: 'user', content: [{ text: 'Hi {mood}' }] },
        {
          role: 'user',
          content: [
            { text: 'Draw' },
            { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          ],
        },
      ],
    });
    expect((await render(name, { variables: { history: 'no list' } })).body).toMatchObject({
      error: { code: 'invalid_value', param: 'history' },
    });
  });
});

describe('snippets', () => {
  test('go into prompts by name, version and label, and into each other', async () => {
    const inner = await save('bold {ink}');
    const outer = await save(`style: @@@${inner.name}@@@`, { labels: ['live'] });
    await send('POST', `/api/prompts/${outer.body.id}/versions`, { template: completion('plain') });
    const { name } = await save(
      `@@@${outer.name}@version_number:1@@@ / @@@${outer.name}@label:live@@@ / @@@${outer.name}@@@`,
    );
    const { body } = await render(name, { variables: { ink: 'red' } });
    expect(textsOf(body.template)).toEqual(['style: bold red / style: bold red / plain']);
    expect(body.snippets).toHaveLength(4);
    expect((await send('GET', `/api/prompts/${inner.body.id}/uses`)).body.data).toEqual([
      { prompt: outer.name, version: 1, is_latest: false, pinned_version: null, pinned_label: null },
    ]);
  });

  test('that include themselves end in a clear error', async () => {
    const first = await save('one');
    const second = await save(`two @@@${first.name}@@@`);
    const path = `/api/prompts/${first.body.id}/versions`;
    await send('POST', path, { template: completion(`one @@@${second.name}@@@`) });
    const { body } = await render(second.name);
    expect(body.error).toMatchObject({ code: 'template_failed' });
    expect(String((body.error as Body).message)).toContain('includes itself');
    expect((await send('POST', path, { template: completion(`@@@${first.name}@@@`) })).status).toBe(400);
  });

  test('that grow beyond all bounds end in a clear error', async () => {
    let { name } = await save('x'.repeat(2000));
    for (let depth = 0; depth < 3; depth += 1) {
      const saved = await send('POST', '/api/prompts', {
        name: `${name} ${depth}`,
        template: completion(`@@@${name}@@@`.repeat(12)),
      });
      if (saved.status === 400) {
        expect(saved.body.error).toMatchObject({ code: 'template_failed' });
        return;
      }
      name = `${name} ${depth}`;
    }
    throw new Error('Nothing stopped it.');
  });

  test('that are missing, or are chats, end in a clear error', async () => {
    const chat = await save('', { template: { type: 'chat', messages: [] } });
    for (const text of ['@@@no such@@@', `@@@${chat.name}@@@`, `@@@${chat.name}@label:x@@@`]) {
      expect(
        await send('POST', '/api/prompts', { name: `x ${Math.random()}`, template: completion(text) }),
      ).toMatchObject({
        status: 400,
        body: { error: { code: 'template_failed' } },
      });
    }
  });
});

describe('labels', () => {
  const label = async (id: unknown, name: string, body: Body) =>
    await send('PUT', `/api/prompts/${id}/labels/${name}`, body);

  test('point at a version, are moved, and remember how', async () => {
    const { body: prompt } = await save('one');
    await send('POST', `/api/prompts/${prompt.id}/versions`, { template: completion('two') });
    expect((await label(prompt.id, 'live', { version: 1 })).body).toMatchObject({ name: 'live', version: 1 });
    expect(textsOf((await render(String(prompt.id), { label: 'live' })).body.template)).toEqual(['one']);
    await label(prompt.id, 'live', { version: 2 });
    expect(textsOf((await render(String(prompt.id), { label: 'live' })).body.template)).toEqual(['two']);
    await send('DELETE', `/api/prompts/${prompt.id}/labels/live`);
    expect((await render(String(prompt.id), { label: 'live' })).status).toBe(404);
    const { body } = await send('GET', `/api/prompts/${prompt.id}/history`);
    expect((body.data as Body[]).map((move) => [move.from_version, move.to_version])).toEqual([
      [2, null],
      [1, 2],
      [null, 1],
    ]);
    expect((await label(prompt.id, 'live', { version: 9 })).status).toBe(404);
  });

  test('that are protected move only when that is confirmed', async () => {
    const { body: prompt } = await save('one');
    await send('POST', `/api/prompts/${prompt.id}/versions`, { template: completion('two') });
    await label(prompt.id, 'live', { version: 1, protected: true });
    expect(await label(prompt.id, 'live', { version: 2 })).toMatchObject({
      status: 409,
      body: { error: { code: 'label_protected' } },
    });
    expect((await send('DELETE', `/api/prompts/${prompt.id}/labels/live`)).status).toBe(409);
    expect((await label(prompt.id, 'live', { version: 2, confirm: true })).body).toMatchObject({
      version: 2,
      protected: true,
    });
    expect((await send('DELETE', `/api/prompts/${prompt.id}/labels/live?confirm=true`)).status).toBe(200);
  });

  test('deal traffic out by metadata, the same value always the same way', async () => {
    const { body: prompt } = await save('one');
    await send('POST', `/api/prompts/${prompt.id}/versions`, { template: completion('two') });
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
      (await render(String(prompt.id), { label: 'ab', metadata })).body.version;
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
    const { body } = await save('line one\nline two: "{x}"', {
      model: images,
      folder: 'Brand/Herbst 🍂',
      labels: ['live'],
    });
    await send('PUT', `/api/prompts/${body.id}/labels/live`, { version: 1, protected: true, split });
    const files = await exported(pictor);
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
    const { body } = await save('first words');
    const file = (await exported(pictor)).find((each) => each.content.includes(String(body.id)));
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
      await send('POST', '/api/registry/import', { files: [{ path: file.path, content }] });
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
