import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Body, completion, openRegistry, type Registry, textsOf } from './support/open-registry.ts';
import { removeDataDirs } from './support/start-pictor.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(async () => {
  await registry.pictor.stop();
  await removeDataDirs();
});

describe('rendering', () => {
  test('puts variables in, and tells of missing and unknown ones', async () => {
    const { name } = await registry.save('A {colour} {thing} at {place!r:>10}, {{literal}} {"json": 1}');
    const { body } = await registry.render(name, { variables: { colour: 'red', thing: 3, mood: 'x' } });
    expect(textsOf(body.template)).toEqual(['A red 3 at , {literal} {"json": 1}']);
    expect(body).toMatchObject({ version: 1, label: null, missing: ['place'], unknown: ['mood'] });
  });

  test('reads Jinja, with loops, conditions and filters', async () => {
    const template = completion(
      '{% for a in animals %}{{ a.name | upper }}{% if not loop.last %}, {% endif %}{% endfor %} {{ end }}',
      { template_format: 'jinja2' },
    );
    const { name, body: saved } = await registry.save('', { template });
    expect(saved.current).toMatchObject({ template: { input_variables: ['animals', 'end'] } });
    const animals = [{ name: 'cat' }, { name: 'dog' }];
    const { body } = await registry.render(name, { variables: { animals } });
    expect(textsOf(body.template)).toEqual(['CAT, DOG ']);
    expect(body.missing).toEqual(['end']);
  });

  test('never reads a variable as a template', async () => {
    const evil = '{colour} {{ 7 * 7 }} {% raw %} @@@secret@@@ $& $1';
    const plain = await registry.save('see {text}');
    const jinja = await registry.save('', {
      template: completion('see {{ text }}', { template_format: 'jinja2' }),
    });
    for (const { name } of [plain, jinja]) {
      const { body } = await registry.render(name, { variables: { text: evil } });
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
    const { name } = await registry.save('', { template: completion(text, { template_format: 'jinja2' }) });
    const { status, body } = await registry.render(name, { variables: { x: {} } });
    if (status === 200) expect(textsOf(body.template)).toEqual(['']);
    else expect(body).toMatchObject({ error: { code: 'template_failed' } });
    expect((await registry.pictor.call('/healthz')).status).toBe(200);
    const { name: next } = await registry.save('', {
      template: completion('{{ x }}', { template_format: 'jinja2' }),
    });
    expect(textsOf((await registry.render(next, { variables: { x: 'fine' } })).body.template)).toEqual([
      'fine',
    ]);
  });

  test('takes prototype names for ordinary variables', async () => {
    const { name } = await registry.save('{constructor}|{__proto__}|{toString}');
    const { body } = await registry.render(name, { variables: { toString: 'own' } });
    expect(textsOf(body.template)).toEqual(['||own']);
    expect(body.missing).toEqual(['constructor', '__proto__']);
  });

  test('does not save what is no Jinja', async () => {
    const template = completion('{% if %}', { template_format: 'jinja2' });
    expect(
      await registry.send('POST', '/api/prompts', { name: `x ${Math.random()}`, template }),
    ).toMatchObject({
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
    const { name, body: saved } = await registry.save('', { template });
    expect(saved.current).toMatchObject({ template: { input_variables: ['mood', 'refs', 'history'] } });
    const history = [{ role: 'user', content: [{ type: 'text', text: 'Hi {mood}' }] }];
    const refs = ['https://example.com/a.png', 'AAAA'];
    const { body } = await registry.render(name, { variables: { mood: 'kind', history, refs } });
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
    expect((await registry.render(name, { variables: { history: 'no list' } })).body).toMatchObject({
      error: { code: 'invalid_value', param: 'history' },
    });
  });
});

describe('snippets', () => {
  test('go into prompts by name, version and label, and into each other', async () => {
    const inner = await registry.save('bold {ink}');
    const outer = await registry.save(`style: @@@${inner.name}@@@`, { labels: ['live'] });
    await registry.send('POST', `/api/prompts/${outer.body.id}/versions`, { template: completion('plain') });
    const { name } = await registry.save(
      `@@@${outer.name}@version_number:1@@@ / @@@${outer.name}@label:live@@@ / @@@${outer.name}@@@`,
    );
    const { body } = await registry.render(name, { variables: { ink: 'red' } });
    expect(textsOf(body.template)).toEqual(['style: bold red / style: bold red / plain']);
    expect(body.snippets).toHaveLength(4);
    expect((await registry.send('GET', `/api/prompts/${inner.body.id}/uses`)).body.data).toEqual([
      { prompt: outer.name, version: 1, is_latest: false, pinned_version: null, pinned_label: null },
    ]);
  });

  test('that include themselves end in a clear error', async () => {
    const first = await registry.save('one');
    const second = await registry.save(`two @@@${first.name}@@@`);
    const path = `/api/prompts/${first.body.id}/versions`;
    await registry.send('POST', path, { template: completion(`one @@@${second.name}@@@`) });
    const { body } = await registry.render(second.name);
    expect(body.error).toMatchObject({ code: 'template_failed' });
    expect(String((body.error as Body).message)).toContain('includes itself');
    expect((await registry.send('POST', path, { template: completion(`@@@${first.name}@@@`) })).status).toBe(
      400,
    );
  });

  test('that grow beyond all bounds end in a clear error', async () => {
    let { name } = await registry.save('x'.repeat(2000));
    for (let depth = 0; depth < 3; depth += 1) {
      const saved = await registry.send('POST', '/api/prompts', {
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
    const chat = await registry.save('', { template: { type: 'chat', messages: [] } });
    for (const text of ['@@@no such@@@', `@@@${chat.name}@@@`, `@@@${chat.name}@label:x@@@`]) {
      expect(
        await registry.send('POST', '/api/prompts', {
          name: `x ${Math.random()}`,
          template: completion(text),
        }),
      ).toMatchObject({
        status: 400,
        body: { error: { code: 'template_failed' } },
      });
    }
  });
});
