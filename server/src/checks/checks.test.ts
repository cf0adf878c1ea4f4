import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CheckInputs, type Checks, openChecks } from './index.ts';

let folder: string;
let checks: Checks;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pictor-checks-'));
  checks = openChecks({ processes: 1 });
});
afterAll(async () => {
  await checks.close();
  await rm(folder, { recursive: true, force: true });
});

async function keep(bytes: Uint8Array | string): Promise<string> {
  count += 1;
  const path = join(folder, `${count}`);
  await writeFile(path, bytes);
  return path;
}

/** A drawing of 200 × 100. */
async function draw(
  shapes: string,
  change: (image: Sharp) => Sharp = (image) => image.png(),
): Promise<string> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">${shapes}</svg>`;
  return await keep(await change(sharp(Buffer.from(svg))).toBuffer());
}

const ground = '<rect width="200" height="100" fill="#fff"/>';
const disc = (x: number, colour = '#c33') => `<circle cx="${x}" cy="50" r="18" fill="${colour}"/>`;

const check = (name: string, inputs: CheckInputs, options: Readonly<Record<string, unknown>> = {}) =>
  checks.run(name, inputs, options);

test('sizes are those of the picture as it is seen', async () => {
  const image = await draw(ground, (drawn) => drawn.jpeg().withMetadata({ orientation: 6 }));
  expect(await check('width', { image, expected: '100' })).toMatchObject({ value: 100, passed: true });
  expect(await check('height', { image }, { min: 100, max: 150 })).toMatchObject({
    value: 200,
    passed: false,
  });
  expect(await check('height', { image })).toMatchObject({ value: 200, passed: null });
  expect(await check('ratio', { image, expected: '1:2' })).toMatchObject({ value: 0.5, passed: true });
  expect(await check('ratio', { image }, { equals: '16x9' })).toMatchObject({ passed: false });
  expect(await check('format', { image }, { allowed: ['image/jpeg'] })).toMatchObject({
    value: 'jpeg',
    passed: true,
  });
  expect(await check('format', { image, expected: 'png, webp' })).toMatchObject({ passed: false });
  expect(await check('byte_count', { image }, { max: 10 })).toMatchObject({ passed: false });
});

test('transparency is counted in pixels, and blank is what shows nothing', async () => {
  const sticker = await draw(disc(100));
  const opaque = await draw(ground + disc(100), (drawn) => drawn.ensureAlpha().png());
  const nothing = await draw('');
  expect((await check('transparency', { image: sticker })).value).toBeCloseTo(
    1 - (Math.PI * 18 ** 2) / 20_000,
    2,
  );
  const painted = await check('transparency', { image: opaque });
  expect(painted).toMatchObject({ value: 0, passed: false, evidence: { has_alpha_channel: true } });
  expect(await check('transparency', { image: nothing })).toMatchObject({ value: 1, passed: false });
  expect(await check('blank', { image: sticker })).toMatchObject({ passed: true });
  expect(await check('blank', { image: nothing })).toMatchObject({ value: 0, passed: false });
});

test('duplicates are found by pixels and by looks, and named by their places', async () => {
  const image = await draw(ground + disc(60));
  const again = await draw(ground + disc(60), (drawn) => drawn.png({ compressionLevel: 0 }));
  const near = await draw(ground + disc(60), (drawn) => drawn.jpeg({ quality: 60 }));
  const other = await draw(ground + disc(140));
  const others = [other, near, again];
  expect(await check('exact_duplicate', { image, others })).toMatchObject({
    value: 1,
    passed: false,
    evidence: { same_as: [2] },
  });
  expect(await check('exact_duplicate', { image, others }, { compare: 'bytes' })).toMatchObject({
    passed: true,
  });
  const found = await check('near_duplicate', { image, others });
  expect(found.passed).toBe(false);
  expect(found.evidence.near).toMatchObject([{ other: 2 }, { other: 1 }]);
  expect(await check('near_duplicate', { image, others: [other] })).toMatchObject({ passed: true });
});

test('a reference is compared by structure, by colour and by palette', async () => {
  const reference = await draw(ground + disc(60));
  const moved = await draw(ground + disc(140));
  const recoloured = await draw(ground + disc(60, '#2a2'));
  const measure = async (name: string, image: string) => (await check(name, { image, reference })).value;
  expect(await measure('similarity', reference)).toBeCloseTo(1, 6);
  expect(await measure('colour_distance', reference)).toBe(0);
  expect(await check('similarity', { image: moved, reference })).toMatchObject({ passed: false });
  expect(await check('palette_distance', { image: moved, reference })).toMatchObject({ passed: true });
  expect(await check('palette_distance', { image: recoloured, reference })).toMatchObject({ passed: false });
  const green = { image: recoloured, expected: '#22aa22, #ffffff' };
  expect(await check('palette_distance', green)).toMatchObject({ passed: true });
});

test('an edit may change what is under the mask, and nothing else', async () => {
  const reference = await draw(ground + disc(60));
  const mask = await draw('<rect width="100" height="100" fill="#000"/>');
  const within = { image: await draw(ground + disc(60) + disc(150)), reference, mask };
  const beyond = { image: await draw(ground + disc(40) + disc(150)), reference, mask };
  expect(await check('mask_drift', within)).toMatchObject({ value: 0, passed: true });
  const spilt = await check('mask_drift', beyond);
  expect(spilt).toMatchObject({ passed: false, evidence: { box: { top: expect.any(Number) } } });
  const wide = await sharp({ create: { width: 300, height: 100, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const stretched = { image: await keep(wide), reference, mask };
  expect(await check('mask_drift', stretched)).toMatchObject({ value: 1, passed: false });
});

test('things on flat ground are counted, and in a scene they are not', async () => {
  const three = await draw(ground + disc(40) + disc(100) + disc(160));
  expect(await check('object_count', { image: three, expected: '3' })).toMatchObject({
    value: 3,
    passed: true,
  });
  expect(await check('object_count', { image: three }, { max: 2 })).toMatchObject({ passed: false });
  const clear = await draw(disc(40) + disc(160, '#fff'));
  expect(await check('object_count', { image: clear })).toMatchObject({ value: 2, passed: null });
  const scene = await draw(
    '<rect width="200" height="55" fill="#39f"/><rect y="55" width="200" height="45" fill="#3a3"/>',
  );
  expect(await check('object_count', { image: scene, expected: '1' })).toMatchObject({
    value: null,
    passed: false,
  });
});

test('blur takes sharpness away, whatever the size', async () => {
  const stripes =
    ground + Array.from({ length: 10 }, (_, at) => `<rect x="${at * 20}" width="9" height="100"/>`).join('');
  const image = await draw(stripes);
  const blurred = await draw(stripes, (drawn) => drawn.blur(6).png());
  expect(await check('sharpness', { image })).toMatchObject({ passed: true });
  expect(await check('sharpness', { image: blurred })).toMatchObject({ passed: false });
});

test('lettering is read and compared letter by letter', async () => {
  const letters = (text: string) =>
    `${ground}<text x="20" y="62" font-family="sans-serif" font-size="34" fill="#146">${text}</text>`;
  const image = await draw(letters('Market 24'));
  expect(await check('text', { image, expected: 'MARKET 24' })).toMatchObject({ value: 0, passed: true });
  const slip = await check('text', { image: await draw(letters('Markt 24')), expected: 'Market 24' });
  expect(slip.value).toBeCloseTo(1 / 8, 6);
  expect(slip.passed).toBe(false);
  expect(await check('text', { image, expected: 'Market 24' }, { max: 0.2 })).toMatchObject({ passed: true });
});

test('metadata and credentials are found in files', async () => {
  const plain = await draw(ground);
  const told = await draw(ground, (drawn) => drawn.jpeg().withExif({ IFD0: { Artist: 'Somebody' } }));
  expect(await check('metadata', { image: plain })).toMatchObject({ value: false, passed: false });
  expect(await check('metadata', { image: plain }, { wanted: false })).toMatchObject({ passed: true });
  const found = await check('metadata', { image: told });
  expect(found).toMatchObject({ value: true, evidence: { found: { exif: expect.any(String) } } });
  expect(await check('content_credentials', { image: told })).toMatchObject({ value: false, passed: false });
});

describe('what cannot be checked says why, and the next check runs', () => {
  test.each([
    ['unknown_check', 'beauty', {}, {}],
    ['invalid_options', 'width', {}, { minimum: 3 }],
    ['missing_input', 'similarity', {}, {}],
    ['invalid_expected', 'width', { expected: 'wide' }, {}],
    ['invalid_expected', 'ratio', { expected: '16:0' }, {}],
    ['invalid_expected', 'palette_distance', { expected: 'red' }, {}],
  ])('%s', async (reason, name, inputs, options) => {
    const image = await draw(ground);
    await expect(check(name, { image, ...inputs }, options)).rejects.toMatchObject({ reason });
  });

  test('a file that is no picture, breaks off, or is not there', async () => {
    const whole = await sharp({
      create: {
        width: 300,
        height: 300,
        channels: 3,
        background: '#fff',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .png()
      .toBuffer();
    const drawing =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
    for (const path of [
      await keep('words'),
      await keep(whole.subarray(0, 4000)),
      await keep(drawing),
      join(folder, 'none'),
    ]) {
      await expect(check('blank', { image: path })).rejects.toMatchObject({ reason: 'unreadable_image' });
    }
  });

  test('a check that takes too long is ended, and the next one has a new process', async () => {
    const image = await draw(ground + disc(60));
    const hasty = openChecks({ processes: 1, maxCheckMs: 1 });
    await expect(hasty.run('text', { image, expected: 'x' })).rejects.toMatchObject({ reason: 'timed_out' });
    await expect(hasty.run('text', { image, expected: 'x' })).rejects.toMatchObject({ reason: 'timed_out' });
    await hasty.close();
  });

  test('what waits when all is closed does not begin', async () => {
    const closing = openChecks({ processes: 1 });
    const image = await draw(ground);
    const runs = [closing.run('width', { image }), closing.run('width', { image })].map((run) =>
      run.then(
        () => 'done',
        (error: { reason: string }) => error.reason,
      ),
    );
    await closing.close();
    for (const end of await Promise.all(runs)) expect(['done', 'aborted']).toContain(end);
    await expect(closing.run('width', { image })).rejects.toMatchObject({ reason: 'aborted' });
    const given = AbortSignal.abort();
    await expect(checks.run('width', { image }, {}, given)).rejects.toMatchObject({ reason: 'aborted' });
  });
});
