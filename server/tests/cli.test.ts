import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paintLandscape, paintMask } from './support/pictures.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

const program = join(fileURLToPath(new URL('../../', import.meta.url)), 'cli/bin/pictor.mjs');
const size = { width: 256, height: 256 };

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

let pictor: Pictor;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pictor-cli-'));
  await writeFile(join(folder, 'room.png'), await paintLandscape(size));
  await writeFile(
    join(folder, 'mask.png'),
    await paintMask(size, { left: 96, top: 64, width: 96, height: 96 }),
  );
  pictor = await startPictor();
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
  await rm(folder, { recursive: true, force: true });
});

/** Types one line, in a shell that knows where Pictor is. */
async function type(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const known = { PATH: process.env.PATH ?? '', PICTOR_URL: pictor.url, PICTOR_API_KEY: pictor.key };
  return await new Promise((resolve) => {
    const options = {
      cwd: folder,
      env: { ...known, ...env },
      encoding: 'buffer' as const,
      maxBuffer: 1 << 26,
    };
    const child = execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
      resolve({ code, stdout: stdout.toString('latin1'), stderr: stderr.toString('utf8') });
    });
    child.stdin?.end();
  });
}

const formatOf = async (name: string) => (await sharp(join(folder, name)).metadata()).format;

describe('pictor generate', () => {
  test('writes the picture, and says what it took and cost', async () => {
    const { code, stdout, stderr } = await type([
      'generate',
      'An otter on a skateboard',
      '-o',
      'otter.png',
      '-m',
      'gpt-image-2',
      '-t',
      'cli',
    ]);
    expect(stdout).toMatch(/^otter\.png {2}\(\d+\.\d s, \$0\.0000, sketch with gpt-image-2\)\n$/);
    expect(stderr).toMatch(/request req_/);
    expect(code).toBe(0);
    expect(await formatOf('otter.png')).toBe('png');
  });

  test('with --json gives one document and nothing else', async () => {
    const { code, stdout } = await type([
      'generate',
      'Two cups',
      '-n',
      '2',
      '-o',
      'cup.webp',
      '-p',
      'output_compression=80',
      '-m',
      'gpt-image-2',
      '--json',
    ]);
    expect({ code, told: JSON.parse(stdout) }).toMatchObject({
      code: 0,
      told: { files: ['cup-1.webp', 'cup-2.webp'], pictor: { engine: 'sketch', cost: 0 } },
    });
    expect(await formatOf('cup-2.webp')).toBe('webp');
  });

  test('writes to standard output, also by a model without streams', async () => {
    const { code, stdout, stderr } = await type([
      'generate',
      'A map',
      '-m',
      'dall-e-2',
      '-s',
      '256x256',
      '-o',
      '-',
    ]);
    const { format, width } = await sharp(Buffer.from(stdout, 'latin1')).metadata();
    expect({ code, format, width }).toEqual({ code: 0, format: 'png', width: 256 });
    expect(stderr).toContain('sketch with dall-e-2');
  });

  test('the same key gives the same request', async () => {
    const line = ['generate', 'A seal', '-m', 'gpt-image-2', '--key', 'seal-1', '-o', 'seal.png', '--json'];
    const requests = [await type(line), await type(line)].map(
      ({ stdout }) => JSON.parse(stdout).pictor.request,
    );
    expect(requests[0]).toBe(requests[1]);
  });
});

test('pictor edit takes pictures and a mask', async () => {
  const { code, stderr } = await type([
    'edit',
    'A pond',
    '-i',
    'room.png',
    '--mask',
    'mask.png',
    '-m',
    'gpt-image-2',
    '-o',
    'pond.jpg',
  ]);
  expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 0, lines: 1 });
  expect(await formatOf('pond.jpg')).toBe('jpeg');
});

test('pictor prompts: export, import, list and run go round', async () => {
  const template = { type: 'completion', content: [{ type: 'text', text: 'A poster of a {animal}' }] };
  const model = { provider: 'openai', name: 'gpt-image-2', api_type: 'images' };
  const body = JSON.stringify({ name: 'poster', folder: 'brand', template, model, labels: ['prod'] });
  await pictor.call('/api/prompts', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });

  expect(await type(['prompts', 'export', 'registry'])).toMatchObject({
    code: 0,
    stdout: '1 prompts are in registry.\n',
  });
  const dry = await type(['prompts', 'import', 'registry', '--dry-run', '--json']);
  expect(JSON.parse(dry.stdout)).toMatchObject({ dry_run: true, files: [{ change: 'unchanged' }] });
  expect((await type(['prompts', 'list'])).stdout).toMatch(/^poster +1 +prod=1 +brand$/m);

  const ran = await type([
    'prompts',
    'run',
    'poster',
    '-v',
    'animal=otter',
    '--label',
    'prod',
    '-o',
    'poster.png',
  ]);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.stdout).toMatch(/^poster\.png {2}request req_/);
  expect(await formatOf('poster.png')).toBe('png');
});

test('pictor requests search, spend and check-providers tell what happened', async () => {
  const found = await type(['requests', 'search', 'skateboard', '--tag', 'cli', '--status', 'succeeded']);
  expect(found.stdout.split('\n')).toHaveLength(3);
  expect(found.stdout).toMatch(/req_\w+ .+ succeeded +gpt-image-2 .+ An otter on a skateboard/);
  expect(JSON.parse((await type(['requests', 'search', '--limit', '3', '--json'])).stdout)).toHaveLength(3);
  const spent = await type(['spend', '--by', 'model']);
  expect(spent.stdout).toMatch(/^gpt-image-2 +\$0\.0000 +\d+ +\d+$/m);
  expect(spent.stdout).toMatch(/^total /m);
  const checked = await type(['check-providers']);
  expect(checked).toMatchObject({ code: 0, stderr: '' });
  expect(checked.stdout).toContain('sketch');
});

describe('what goes wrong', () => {
  test.each([
    ['an unknown command', ['draw'], {}, 64, "There is no command 'draw'"],
    ['an unknown option', ['generate', 'x', '--sise', '1'], {}, 64, '--sise'],
    ['a missing prompt', ['generate'], {}, 64, 'Usage: pictor generate'],
    ['a size that no model has', ['generate', 'x', '-m', 'gpt-image-2', '-s', 'huge'], {}, 65, 'size'],
    ['a picture that is not there', ['edit', 'x', '-i', 'none.png'], {}, 66, 'none.png'],
    ['a prompt that is not there', ['prompts', 'run', 'none'], {}, 66, 'none'],
    [
      'a server that is not there',
      ['spend'],
      { PICTOR_URL: 'http://127.0.0.1:9' },
      69,
      'is the server running',
    ],
    [
      'a folder that is not there',
      ['generate', 'x', '-m', 'gpt-image-2', '-o', 'none/x.png'],
      {},
      73,
      'none/x.png',
    ],
    ['a wrong key', ['spend'], { PICTOR_API_KEY: 'sk-wrong-0123456789' }, 77, 'key'],
    ['no key', ['spend'], { PICTOR_API_KEY: '', PICTOR_DATA_DIR: 'none' }, 78, 'PICTOR_API_KEY'],
  ])('%s has its exit code and a sentence', async (_name, args, env, code, sentence) => {
    const ended = await type(args, env);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
    expect(ended.stderr).toContain(sentence);
  });

  test('with --json the error is JSON too', async () => {
    const { code, stdout } = await type(['generate', 'x', '-m', 'gpt-image-2', '-s', 'huge', '--json']);
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({
      code: 65,
      exit_code: 65,
      error: { code: 'invalid_value', param: 'size' },
    });
  });
});

test('the key of a server on this machine is found in its data folder, and goes to no other machine', async () => {
  await writeFile(join(folder, 'api-key'), `${pictor.key}\n`);
  const env = { PICTOR_API_KEY: '', PICTOR_DATA_DIR: folder };
  expect((await type(['spend'], env)).code).toBe(0);
  expect((await type(['spend'], { ...env, PICTOR_URL: 'http://pictor.example' })).code).toBe(78);
});

test('every command teaches itself: its help has an example, and the guide names it', async () => {
  const help = await type(['--help']);
  const names = [...help.stdout.matchAll(/^ {2}([a-z-]+(?: [a-z]+)?) {2,}[A-Z]/gm)].map(
    ([, name]) => name ?? '',
  );
  expect(names).toHaveLength(10);
  const guide = await readFile(new URL('../../docs/guides/command-line.md', import.meta.url), 'utf8');
  for (const name of names) {
    const { code, stdout } = await type([...name.split(' '), '--help']);
    expect({
      name,
      code,
      hasExample: stdout.includes(`Examples:\n  pictor ${name}`),
      inGuide: guide.includes(`pictor ${name}`),
    }).toEqual({ name, code: 0, hasExample: true, inGuide: true });
  }
});
