import { InvalidRequestError, NotFoundError, Pictor as PictorClient } from '@pictor/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { paintLandscape } from './support/pictures.ts';
import { type Pictor, removeDataDirs, startPictor } from './support/start-pictor.ts';

let pictor: Pictor;
let client: PictorClient;
const text = (content: string) => new TextEncoder().encode(content);

beforeAll(async () => {
  pictor = await startPictor({ env: { PICTOR_SKETCH_DELAY_MS: '0' } });
  client = new PictorClient({ baseUrl: pictor.url, apiKey: pictor.key });
});
afterAll(async () => {
  await pictor.stop();
  await removeDataDirs();
});

async function zipOf(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(bytes, name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InvalidRequestError);
  return (error as InvalidRequestError).message;
}

test('versions never change, and the draft can go back to one', async () => {
  const { id } = await client.datasets.create({ name: 'Animals', description: 'for a test' });
  const added = await client.datasets.addRows(
    id,
    ['an otter', 'a fox', 'a hen'].map((subject) => ({ subject, expected_legs: 4 })),
  );
  expect(added.data.map(({ position }) => position)).toEqual([0, 1, 2]);
  expect(await client.datasets.publish(id, 'three')).toMatchObject({ version: 1, rows: 3, note: 'three' });
  expect(await client.datasets.get(id)).toMatchObject({
    latest_version: 1,
    draft: { rows: 3, changed: false },
    fields: [
      { name: 'subject', kind: 'variable' },
      { name: 'expected_legs', kind: 'expected' },
    ],
  });
  const [otter, fox, hen] = added.data.map((row) => row.id);
  await client.datasets.updateRow(id, hen ?? '', { values: { expected_legs: 2 }, remove: ['subject'] });
  await client.datasets.updateRow(id, hen ?? '', { values: { subject: 'a cock' } });
  await client.datasets.removeRows(id, [fox ?? '']);
  expect((await client.datasets.get(id)).draft).toEqual({ rows: 2, changed: true });
  await client.datasets.publish(id);
  const valuesOf = async (version?: number) =>
    (await client.datasets.rows(id, { version })).data.map((row) => [row.id, row.values.subject]);
  expect(await valuesOf(1)).toEqual([
    [otter, 'an otter'],
    [fox, 'a fox'],
    [hen, 'a hen'],
  ]);
  expect(await valuesOf(2)).toEqual([
    [otter, 'an otter'],
    [hen, 'a cock'],
  ]);
  expect(await client.datasets.restore(id, 1)).toMatchObject({ draft: { rows: 3, changed: true } });
  expect(await valuesOf()).toEqual(await valuesOf(1));
  expect(await valuesOf(2)).toHaveLength(2);
  expect((await client.datasets.versions(id)).data.map(({ version }) => version)).toEqual([2, 1]);
  await expect(client.datasets.rows(id, { version: 3 })).rejects.toBeInstanceOf(NotFoundError);
  await expect(client.datasets.create({ name: 'Animals' })).rejects.toMatchObject({ code: 'already_exists' });
});

test('a thousand rows come page by page', async () => {
  const { id } = await client.datasets.create({ name: 'Many' });
  const csv = ['number;word', ...Array.from({ length: 1200 }, (_, number) => `${number};"word; ${number}"`)];
  const file = { name: 'many.csv', bytes: text(csv.join('\r\n')) };
  expect(await client.datasets.import(id, { files: [file] })).toMatchObject({ rows: 1200, images: 0 });
  const page = await client.datasets.rows(id, { limit: 500, offset: 1000 });
  expect(page).toMatchObject({ total: 1200, offset: 1000 });
  expect(page.data).toHaveLength(200);
  expect(page.data.at(-1)?.values).toEqual({ number: '1199', word: 'word; 1199' });
});

describe('files', () => {
  test('of a table and its pictures make rows with ids', async () => {
    const { id } = await client.datasets.create({ name: 'Table with pictures' });
    const [room, mask] = [
      await paintLandscape({ width: 64, height: 64 }),
      await paintLandscape({ width: 32, height: 32 }),
    ];
    const lines = [
      '{"photo":"room.png","mask":"m.png","tags":["a","b"]}',
      '{"values":{"photo":["room.png","m.png"]}}',
    ];
    const imported = await client.datasets.import(id, {
      files: [
        { name: 'rows.jsonl', bytes: text(lines.join('\n')) },
        { name: 'room.png', bytes: room },
        { name: 'm.png', bytes: mask },
      ],
    });
    expect(imported).toMatchObject({ rows: 2, images: 2 });
    expect(imported.fields).toEqual([
      { name: 'photo', kind: 'image' },
      { name: 'mask', kind: 'mask' },
      { name: 'tags', kind: 'variable' },
    ]);
    const { data } = await client.datasets.rows(id);
    expect(data[0]?.values.photo).toMatch(/^file-[0-9a-f]{32}$/);
    expect(data[1]?.images.photo).toHaveLength(2);
    expect(JSON.stringify(data)).not.toContain('base64');
    const [picture] = data[0]?.images.photo ?? [];
    const bytes = Buffer.from(await (await pictor.call(picture?.url ?? '')).arrayBuffer());
    expect(bytes.equals(room)).toBe(true);
    const thumbnail = await pictor.call(picture?.thumbnail_url ?? '');
    expect(thumbnail.headers.get('content-type')).toBe('image/webp');
  });

  test('of a zip are rows by their names, folder by folder', async () => {
    const { id } = await client.datasets.create({ name: 'Zip' });
    const paint = (width: number) => paintLandscape({ width, height: 16 });
    const zip = await zipOf({
      'set/photo/1.png': await paint(16),
      'set/photo/2.png': await paint(24),
      'set/mask/1.png': await paint(32),
      '__MACOSX/set/photo/._1.png': Buffer.from('nothing'),
    });
    await client.datasets.import(id, { files: [{ name: 'set.zip', bytes: zip }] });
    const { data } = await client.datasets.rows(id);
    expect(data.map(({ values }) => Object.keys(values).sort())).toEqual([
      ['mask', 'name', 'photo'],
      ['name', 'photo'],
    ]);
    const one = { name: 'one.png', bytes: await paint(40) };
    await client.datasets.import(id, { files: [one], imageField: 'look', mode: 'replace' });
    expect((await client.datasets.rows(id)).data.map(({ values }) => Object.keys(values))).toEqual([
      ['name', 'look'],
    ]);
  });

  test.each([
    [
      'a picture that no row names',
      [
        ['rows.csv', 'a\n1'],
        ['lost.png', 'picture'],
      ],
      'No row names',
    ],
    ['a line that is no JSON', [['rows.jsonl', '{"a":1}\n{"a":']], 'line 2 is no JSON'],
    ['a broken CSV', [['rows.csv', 'a,b\n"1,2']], 'cannot be read'],
    ['a file of another kind', [['notes.txt', 'hello']], 'neither a picture'],
    ['a damaged zip', [['set.zip', 'PK nothing']], 'no directory'],
    ['nothing', [['rows.csv', 'a,b\n']], 'no rows'],
  ] as const)('%s brings nothing in', async (what, files, message) => {
    const { id } = await client.datasets.create({ name: what });
    const filesBefore = await countFiles();
    const picture = await paintLandscape({ width: 16, height: 16 });
    const sent = files.map(([name, content]) => ({
      name,
      bytes: content === 'picture' ? picture : text(content),
    }));
    expect(await refusalOf(client.datasets.import(id, { files: sent }))).toContain(message);
    expect((await client.datasets.rows(id)).total).toBe(0);
    expect(await countFiles()).toBe(filesBefore);
  });
});

async function countFiles(): Promise<number> {
  const { data } = (await (await pictor.call('/v1/files?limit=1000')).json()) as { data: unknown[] };
  return data.length;
}

test('a picture is named by an id of the project, and nothing else', async () => {
  const { id } = await client.datasets.create({ name: 'Ids', fields: [{ name: 'photo', kind: 'image' }] });
  const bytes = 'data:image/png;base64,iVBORw0KGgo=';
  expect(await refusalOf(client.datasets.addRows(id, [{ photo: bytes }]))).toContain('by the id of a file');
  const foreign = `img_${'0'.repeat(32)}`;
  await expect(client.datasets.addRows(id, [{ photo: foreign }])).rejects.toBeInstanceOf(NotFoundError);
});

test('requests become rows with their pictures', async () => {
  await client.images.generate({ model: 'sketch-1', prompt: 'A lantern for rows', size: '256x256' });
  const { id } = await client.datasets.create({ name: 'Requests' });
  expect(await client.datasets.importRequests(id, { q: 'lantern rows' })).toMatchObject({ rows: 1 });
  const { data } = await client.datasets.rows(id);
  expect(data[0]?.values).toMatchObject({
    prompt: 'A lantern for rows',
    request: expect.stringMatching(/^req_/),
  });
  expect(data[0]?.images.image).toHaveLength(1);
});
