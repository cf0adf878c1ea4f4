import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modelList } from '@pictor/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** A whole provider in one file, as somebody would write it who has read nothing but the contract. */
const source = `
import sharp from 'sharp';
import type { ModelRow, Provider } from '../../models/index.ts';

const row: ModelRow = {
  id: 'plain-1',
  title: 'Plain 1',
  vendor: 'plain',
  family: 'other',
  aliases: ['plain'],
  endpoints: ['images.generations', 'images.edits'],
  unknownParameters: 'drop',
  promptMaxChars: 1000,
  parameters: { n: { kind: 'integer', min: 1, max: 4, default: 1 } },
  outputFormats: ['png'],
  passThrough: [],
  tokens: 'none',
  lifecycle: { source: 'itself', sourceDate: '2026-11-21' },
  notes: [],
};

export const provider: Provider = {
  id: 'plain',
  title: 'Plain',
  order: 70,
  vendors: ['plain'],
  prefixes: ['plain'],
  external: true,
  variables: [{ name: 'PLAIN_COLOUR', purpose: 'The colour of everything', secret: false }],
  models: [row],
  prices: [],
  proven: { live: null, wire: 'nothing' },
  open: async ({ variable }) => {
    const colour = variable('PLAIN_COLOUR');
    if (colour === undefined) return [];
    const cell = {
      name: 'plain',
      models: [],
      prices: [],
      aliases: {},
      imageModel: () => ({
        run: async function* (job: { n: number }) {
          yield { type: 'started' as const };
          for (let imageIndex = 0; imageIndex < job.n; imageIndex += 1) {
            const picture = sharp({ create: { width: 16, height: 16, channels: 3, background: colour } });
            const bytes = await picture.png().toBuffer();
            const chunks = (async function* () {
              yield bytes;
            })();
            yield { type: 'image' as const, imageIndex, bytes: { chunks }, applied: {} };
          }
          yield { type: 'finished' as const };
        },
      }),
      check: async () => [{ part: 'model' as const, status: 'works' as const, message: 'It is plain.' }],
      close: async () => {},
    };
    return [cell];
  },
};
`;

let pictor: Pictor;

/** A copy of the program with one folder more; nothing else differs. */
beforeAll(async () => {
  const copy = await newDataDir();
  await cp(join(project, 'server/src'), join(copy, 'server/src'), { recursive: true });
  await cp(join(project, 'server/package.json'), join(copy, 'server/package.json'));
  await symlink(join(project, 'node_modules'), join(copy, 'node_modules'));
  await mkdir(join(copy, 'server/src/providers/plain'));
  await writeFile(join(copy, 'server/src/providers/plain/provider.ts'), source);
  pictor = await startPictor({
    mainFile: join(copy, 'server/src/main.ts'),
    env: { PLAIN_COLOUR: '#c04' },
  });
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

test('a folder that is dropped in is a provider: its models are listed, draw and are told as its own', async () => {
  const list = modelList.parse(await (await pictor.call('/v1/models')).json());
  expect(list.data.map(({ id }) => id)).toContain('plain-1');
  for (const model of ['plain-1', 'plain', 'plain/plain-1']) {
    const { data: answer, response } = await pictor
      .client()
      .images.generate({ model, prompt: 'anything', n: 2 })
      .withResponse();
    expect(answer.data, model).toHaveLength(2);
    expect(answer).toMatchObject({ output_format: 'png', pictor: { engine: 'plain', model: 'plain-1' } });
    expect(response.headers.get('x-pictor-engine')).toBe('plain');
  }
  const providers = (await (await pictor.call('/api/providers')).json()) as { data: { name: string }[] };
  expect(providers.data.map(({ name }) => name)).toEqual(['plain', 'sketch']);
});

test('its checks are made like those of the others', async () => {
  const checked = await pictor.call('/api/providers/check', { method: 'POST' });
  expect(await checked.json()).toMatchObject({
    data: [{ name: 'plain', status: 'works' }, { name: 'sketch' }],
  });
});
