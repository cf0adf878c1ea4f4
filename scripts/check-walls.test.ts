import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { checkTree } from './walls/check-tree.ts';
import { rooms } from './walls/policy.ts';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** A small house in which nothing is forbidden. */
const soundHouse: Readonly<Record<string, string>> = {
  'api/src/index.ts': "import { z } from 'zod';\nexport const wire = z.string();\n",
  'sdk/src/index.ts': "export { wire } from '@pictor/api';\n",
  'web/src/main.tsx':
    "import './app.css';\nimport { wire } from '@pictor/sdk';\nexport const app = <p>{String(wire)}</p>;\n",
  'web/src/app.css': 'p { margin: 0 }\n',
  'scripts/tool.ts': "import { openHttp } from '../server/src/http/index.ts';\nopenHttp();\n",
  'server/src/main.ts':
    "import { openHouse } from './house.ts';\nimport { port } from './settings.ts';\nopenHouse(port);\n",
  'server/src/house.ts':
    "import { openHttp } from './http/index.ts';\nimport { findProviders } from './providers/catalog.ts';\n" +
    'export const openHouse = (port?: string) => [openHttp(), findProviders, port];\n',
  'server/src/settings.ts': 'export const port = process.env.PICTOR_PORT;\n',
  'server/src/foundation/index.ts': "export const newId = () => 'id';\n",
  'server/src/models/index.ts': 'export type Provider = { readonly name: string };\n',
  'server/src/http/index.ts': "export { openHttp } from './open-http.ts';\n",
  'server/src/http/open-http.ts':
    "import fastify from 'fastify';\nimport { newId } from '../foundation/index.ts';\nexport const openHttp = () => [fastify, newId];\n",
  'server/src/providers/catalog.ts': 'export const findProviders = (file: string) => import(file);\n',
  'server/src/providers/kit/send.ts': 'export const send = 1;\n',
  'server/src/providers/acme/provider.ts':
    "import type { Provider } from '../../models/index.ts';\nimport { send } from '../kit/send.ts';\n" +
    'export const provider: Provider = { name: String(send) };\n',
  'server/src/providers/acme/provider.test.ts': "import { provider } from './provider.ts';\nprovider;\n",
};

const planted: string[] = [];

afterEach(() => {
  for (const folder of planted.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Builds the sound house with some files added or replaced, as a git repository. Answers its path. */
function plant(changes: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'pictor-walls-'));
  planted.push(root);
  for (const [file, text] of Object.entries({ ...soundHouse, ...changes })) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  git(root, 'init', '--quiet');
  return root;
}

/** Runs git without what a surrounding git (in a hook, for instance) left in the environment. */
function git(root: string, ...args: string[]): void {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  execFileSync('git', args, { cwd: root, env });
}

/** What the checker says of the sound house with these changes: `file:line rule` for each violation. */
function findings(changes: Readonly<Record<string, string>>): string[] {
  return checkTree(plant(changes)).violations.map(({ file, line, rule }) => `${file}:${line} ${rule}`);
}

describe('a sound house', () => {
  it('has no violations, and every file was read', () => {
    const sources = Object.keys(soundHouse).filter((file) => /\.tsx?$/.test(file));
    expect(checkTree(plant({}))).toEqual({ fileCount: sources.length, violations: [] });
  });

  it('is what this repository is', () => {
    expect(checkTree(projectFolder).violations).toEqual([]);
  });
});

describe('rooms', () => {
  const secret = {
    'server/src/access/index.ts': 'export {};\n',
    'server/src/access/secret.ts': 'export {};\n',
  };

  it.each([
    ['an import', "import '../access/secret.ts';"],
    ['an import of a type', "import type {} from '../access/secret.ts';"],
    ['an export from', "export * from '../access/secret.ts';"],
    ['a dynamic import', "export const later = () => import('../access/secret.ts');"],
    ['a dynamic import with backquotes', 'export const later = () => import(`../access/secret.ts`);'],
    ['a type of an import', "export type Secret = typeof import('../access/secret.ts');"],
    ['a require', "require('../access/secret.ts');"],
    ['an import by assignment', "import secret = require('../access/secret.ts');"],
    ['a worker', "export const worker = new URL('../access/secret.ts', import.meta.url);"],
    ['a resolved name', "export const worker = import.meta.resolve('../access/secret.ts');"],
  ])('are entered by their door: %s', (_title, line) => {
    const found = findings({ ...secret, 'server/src/files/index.ts': `\n${line}\n` });
    expect(found).toEqual(['server/src/files/index.ts:2 room']);
  });

  it('are entered only by rooms that are listed', () => {
    expect(findings({ 'server/src/foundation/index.ts': "import '../models/index.ts';\n" })).toContain(
      'server/src/foundation/index.ts:1 room',
    );
  });

  it('need a row in the policy', () => {
    expect(findings({ 'server/src/cellar/index.ts': 'export {};\n' })).toEqual([
      'server/src/cellar/index.ts:1 room',
    ]);
  });

  it('include the files that join them: only those listed, and no room imports them', () => {
    expect(findings({ 'server/src/attic.ts': 'export {};\n' })).toEqual(['server/src/attic.ts:1 room']);
    expect(findings({ 'server/src/storage/index.ts': "import '../settings.ts';\n" })).toEqual([
      'server/src/storage/index.ts:1 room',
    ]);
    expect(
      findings({ 'server/src/settings.ts': "import './models/index.ts';\nexport const port = '1';\n" }),
    ).toEqual(['server/src/settings.ts:1 room']);
  });

  it('are listed in an order without rings', () => {
    const reaches = (from: string): string[] =>
      rooms[from]?.rooms.flatMap((room) => [room, ...reaches(room)]) ?? [];
    for (const room of Object.keys(rooms)) expect(reaches(room)).not.toContain(room);
  });
});

describe('providers', () => {
  const acme = 'server/src/providers/acme/send.ts';

  it('import no sibling', () => {
    expect(
      findings({
        'server/src/providers/other/provider.ts': 'export {};\n',
        [acme]: "import '../other/provider.ts';\n",
      }),
    ).toEqual([`${acme}:1 provider`]);
  });

  it('import no room but the contract and the ground', () => {
    const found = findings({
      'server/src/catalogue/index.ts': 'export {};\n',
      [acme]: "import '../../catalogue/index.ts';\n",
    });
    expect(found).toContain(`${acme}:1 provider`);
  });

  it('are known to nobody by name', () => {
    const line = "import './acme/provider.ts';\n";
    expect(findings({ 'server/src/providers/index.ts': line })).toEqual([
      'server/src/providers/index.ts:1 provider',
    ]);
    expect(findings({ 'scripts/tool.ts': "import '../server/src/providers/acme/provider.ts';\n" })).toEqual([
      'scripts/tool.ts:1 provider',
    ]);
  });
});

describe('libraries', () => {
  it.each(['fastify', '@fastify/static', 'kysely', 'pg', '@electric-sql/pglite', 'sharp'])(
    'stay behind their wall: %s',
    (library) => {
      expect(findings({ 'server/src/files/index.ts': `import '${library}';\n` })).toEqual([
        'server/src/files/index.ts:1 library',
      ]);
    },
  );

  it('are used where the policy says', () => {
    expect(
      findings({
        'server/src/files/file-routes.ts': "import 'fastify';\n",
        'server/src/files/queries.ts': "import 'kysely';\n",
        'server/src/storage/index.ts': "import 'sharp';\n",
      }),
    ).toEqual([]);
  });
});

describe('the environment', () => {
  it.each([
    'export const home = process.env.HOME;',
    "export const home = process['env']['HOME'];",
    'export const home = globalThis.process.env.HOME;',
    'export const home = process?.env?.HOME;',
    'export const home = (process as { env: { HOME: string } }).env.HOME;',
    'export const { env } = process;',
    'export const { env: surroundings } = process;',
    "export { env } from './x.ts'; import { env as surroundings } from 'node:process'; surroundings.HOME;",
    "import program from 'node:process'; export const home = program.env.HOME;",
    'const program = process; export const home = program.env.HOME;',
  ])('is read by the settings only: %s', (line) => {
    const found = findings({
      'server/src/storage/x.ts': 'export const env = 1;\n',
      'server/src/storage/index.ts': `\n${line}\n`,
    });
    expect(found).toEqual(['server/src/storage/index.ts:2 environment']);
  });

  it('may be read by scripts and tests, and a comment is no reading', () => {
    expect(
      findings({
        'scripts/tool.ts': 'export const home = process.env.HOME;\n',
        'server/src/http/open.test.ts': 'export const home = process.env.HOME;\n',
        'server/src/models/index.ts': '// process.env\nexport const text = "process.env";\n',
      }),
    ).toEqual([]);
  });
});

describe('cycles', () => {
  it('are found between files, also when only types are imported', () => {
    const found = findings({
      'server/src/storage/index.ts': "export * from './a.ts';\n",
      'server/src/storage/a.ts': "import type { B } from './b.ts';\nexport type A = B;\n",
      'server/src/storage/b.ts': "\nimport type { C } from './c.ts';\nexport type B = C;\n",
      'server/src/storage/c.ts': "import type { A } from './a.ts';\nexport type C = A;\n",
    });
    expect(found).toEqual(['server/src/storage/a.ts:1 cycle']);
  });
});

describe('packages', () => {
  it.each([
    ['api/src/index.ts', '@pictor/sdk'],
    ['api/src/index.ts', 'yaml'],
    ['api/src/index.ts', 'node:fs'],
    ['sdk/src/index.ts', '@pictor/server'],
    ['sdk/src/index.ts', 'undici'],
    ['web/src/app.ts', '@pictor/server'],
    ['web/src/app.ts', '../../server/src/main.ts'],
    ['web/src/app.ts', 'node:path'],
    ['server/src/storage/index.ts', '@pictor/sdk'],
    ['server/src/storage/index.ts', '../../../api/src/index.ts'],
    ['server/src/http/x.test.ts', '../../../sdk/src/index.ts'],
  ])('keep to themselves: %s does not import %s', (file, specifier) => {
    expect(findings({ [file]: `import '${specifier}';\n` })).toContain(`${file}:1 package`);
  });

  it('let tests of the server use the client', () => {
    expect(findings({ 'server/tests/whole.test.ts': "import '@pictor/sdk';\n" })).toEqual([]);
  });
});

describe('other rules', () => {
  const file = 'server/src/storage/index.ts';

  it.each(['./nothing.ts', './open', '#inside', '@pictor/api/inside'])(
    'an import leads somewhere: %s',
    (specifier) => {
      expect(findings({ [file]: `import '${specifier}';\n` })).toEqual([`${file}:1 unresolved`]);
    },
  );

  it('an import is written out', () => {
    expect(
      findings({ [file]: 'export const load = (name: string) => import(`./$' + '{name}.ts`);\n' }),
    ).toEqual([`${file}:1 computed`]);
  });

  it('a program does not import tests', () => {
    expect(
      findings({ [file]: "import './x.test.ts';\n", 'server/src/storage/x.test.ts': 'export {};\n' }),
    ).toEqual([`${file}:1 test`]);
  });

  it('a file has at most 400 lines', () => {
    expect(findings({ [file]: 'export {};\n'.repeat(400) })).toEqual([]);
    expect(findings({ [file]: 'export {};\n'.repeat(401) })).toEqual([`${file}:401 length`]);
  });
});

describe('every source file is seen', () => {
  it('one that cannot be parsed', () => {
    expect(findings({ 'web/src/broken.tsx': 'export const = ;\n' })).toEqual(['web/src/broken.tsx:1 unseen']);
  });

  it('one that git knows, in a folder that the checker does not enter', () => {
    expect(findings({ 'server/dist/hidden.ts': 'export {};\n' })).toEqual(['server/dist/hidden.ts:1 unseen']);
  });

  it('one that git ignores, and so is in no clone', () => {
    expect(findings({ '.gitignore': 'data/\n', 'server/src/files/data/x.ts': 'export {};\n' })).toEqual([
      'server/src/files/data/x.ts:1 unseen',
    ]);
  });
});

describe('the program', () => {
  const run = (root: string) =>
    spawnSync(process.execPath, [path.join(projectFolder, 'scripts/check-walls.ts'), root], {
      encoding: 'utf8',
    });

  it('prints a line for each violation, and fails', () => {
    const { status, stdout } = run(plant({ 'server/src/storage/index.ts': "\nimport 'fastify';\n" }));
    expect(status).toBe(1);
    expect(stdout).toMatch(/^server\/src\/storage\/index\.ts:2 library — fastify is used only in http/m);
    expect(stdout).toMatch(/, 1 violations\n$/);
  });

  it('succeeds where there is nothing to say', () => {
    expect(run(plant({})).status).toBe(0);
  });

  it('fails outside a repository, where nobody knows what it missed', () => {
    const root = plant({});
    rmSync(path.join(root, '.git'), { recursive: true });
    expect(run(root).status).not.toBe(0);
  });
});
