import { readdirSync, readFileSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCatalogue } from '../src/foundation/index.ts';
import { findProviders } from '../src/providers/index.ts';
import { broughtPictures, type GuideFolder, openGuideFolder } from './support/open-guide-folder.ts';
import { isRunnable, readGuide } from './support/read-guide.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const projectFolder = fileURLToPath(new URL('../../', import.meta.url));
const guidesFolder = join(projectFolder, 'docs/guides');
const decisionsFolder = join(projectFolder, 'docs/decisions');

const pages = await Promise.all(
  ['README.md', ...readdirSync(guidesFolder).map((name) => `docs/guides/${name}`)].map(async (name) => ({
    name,
    ...(await readGuide(join(projectFolder, name))),
  })),
);
const notRun = pages.flatMap(({ name, blocks }) =>
  blocks.filter((block) => block.language === 'python').map((block) => `${name}:${block.line}`),
);

/** Blocks that show something: what a terminal or a server answers, settings, other languages. */
const shown: readonly string[] = ['console', 'json', 'text', 'python', 'yaml'];

/** What of a mask counts, one byte a pixel. */
async function readAlpha(folder: GuideFolder, name: string): Promise<Buffer> {
  return await sharp(join(folder.path, name)).extractChannel('alpha').raw().toBuffer();
}

function formatOf(name: string): string {
  const ending = name.split('.').at(-1) ?? '';
  return ending === 'jpg' ? 'jpeg' : ending;
}

test(`every block either runs or only shows; python, for which there is no client here, does not run: ${notRun.join(', ')}`, () => {
  const languages = pages.flatMap(({ name, blocks }) =>
    blocks.filter((block) => !isRunnable(block)).map((block) => `${name}:${block.line} ${block.language}`),
  );
  expect(languages.filter((each) => !shown.includes(each.split(' ')[1] ?? ''))).toEqual([]);
});

const linked = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'docs/architecture.md'];
const decisions = readdirSync(decisionsFolder).map((name) => `docs/decisions/${name}`);
const guides = pages.map((page) => page.name).filter((name) => name !== 'README.md');

test.each([...linked, ...decisions, ...guides])('%s links to nothing that is not there', async (name) => {
  const { links } = await readGuide(join(projectFolder, name));
  for (const link of links) {
    await expect(access(join(projectFolder, dirname(name), link)), link).resolves.toBeUndefined();
  }
});

test('errors.md has every code of the catalogue with its status and its type, and no other', () => {
  const page = readFileSync(join(guidesFolder, 'errors.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z0-9_]+)` \| (\d{3}) \| `([a-z_]+)` \|/gm)];
  const documented = Object.fromEntries(
    rows.map(([, code = '', status, type]) => [code, { status: Number(status), type }]),
  );
  expect(documented).toEqual(errorCatalogue);
  expect(rows).toHaveLength(Object.keys(errorCatalogue).length);
});

test('README.md lists every setting that is read, by a provider too, and every one of .env.example', async () => {
  const readme = await readFile(join(projectFolder, 'README.md'), 'utf8');
  const settings = await readFile(join(projectFolder, 'server/src/settings.ts'), 'utf8');
  const example = await readFile(join(projectFolder, '.env.example'), 'utf8');
  const providers = await findProviders();
  const names = [
    ...providers.flatMap((provider) => provider.variables.map((variable) => variable.name)),
    ...[...settings.matchAll(/'((?:PICTOR|DATABASE)_[A-Z_]+)'/g)].map(([, name]) => name),
    ...[...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name),
  ];
  expect(names.length).toBeGreaterThan(10);
  expect([...new Set(names)].filter((name) => !readme.includes(`| \`${name}\` |`))).toEqual([]);
});

describe('with a running Pictor', () => {
  let pictor: Pictor;
  beforeAll(async () => {
    // webhooks.md has its receiver on this machine.
    pictor = await startPictor({ env: { PICTOR_FETCH_ALLOW: '127.0.0.1' } });
  });
  afterAll(async () => {
    await pictor.stop();
    await removeDataDirs();
  });

  describe.each(pages.filter((page) => page.blocks.some(isRunnable)))('$name, step by step', (page) => {
    let folder: GuideFolder;
    beforeAll(async () => {
      folder = await openGuideFolder();
    });
    afterAll(async () => {
      await folder.remove();
    });

    test.each(page.blocks.filter(isRunnable))(
      'line $line, $language',
      async (block) => {
        await folder.run(block, pictor);
      },
      60_000,
    );

    test('its pictures are there, and are what their names say', async () => {
      const made = page.pictures.filter((name) => !broughtPictures.includes(name));
      for (const name of page.pictures) {
        const { format, width } = await sharp(join(folder.path, name)).metadata();
        expect({ name, format }).toEqual({ name, format: formatOf(name) });
        expect(width).toBeGreaterThan(0);
      }
      expect(made.length > 0 || page.name.endsWith('errors.md')).toBe(true);
      if (made.includes('mask.png')) {
        expect(await readAlpha(folder, 'mask.png')).toEqual(await readAlpha(folder, 'room-mask.png'));
      }
    });
  });

  test('generate.md names every image model that can be used', async () => {
    const page = await readFile(join(guidesFolder, 'generate.md'), 'utf8');
    const models = await pictor.client().models.list();
    const drawing = models.data.filter((model) => JSON.stringify(model).includes('"images.generations"'));
    const families = drawing.map((model) => model.id.replace(/-\d{4}-\d{2}-\d{2}$/, ''));
    expect(families.length).toBeGreaterThan(10);
    expect(families.filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
  });
});
