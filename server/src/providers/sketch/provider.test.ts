import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SettingsError } from '../../foundation/index.ts';
import type { ImageJob, ImageModel, ModelRow, OpenProvider } from '../../models/index.ts';
import { collectEvents, decodePicture } from '../../models/testing/collect-events.ts';
import { runToError } from '../../models/testing/run-to-error.ts';
import { toInput } from '../../models/testing/sample-inputs.ts';
import { provider } from './provider.ts';
import { sketchRow } from './sketch-row.ts';

const fixedRow: ModelRow = {
  ...sketchRow,
  id: 'dall-e-3',
  family: 'dall-e',
  endpoints: ['images.generations'],
  outputFormats: ['png'],
  parameters: {
    n: { kind: 'integer', min: 1, max: 1, default: 1 },
    quality: { kind: 'choice', values: ['standard', 'hd'], default: 'standard' },
  },
  size: { kind: 'fixed', sizes: ['1024x1024', '1792x1024'], default: '1024x1024' },
};

async function openSketch(delay?: string): Promise<OpenProvider> {
  const [open] = await provider.open({ variable: () => delay, dataDir: '/nowhere', settings: undefined });
  if (open === undefined) throw new Error('It is always configured.');
  return open;
}

const jobOf = (changes: Partial<ImageJob>): ImageJob => ({
  kind: 'generate',
  row: sketchRow,
  upstreamModel: sketchRow.id,
  prompt: 'a cat wearing a top hat',
  images: [],
  n: 1,
  size: { width: 192, height: 192 },
  partialImages: 0,
  passThrough: {},
  ...changes,
});

const modelOf = (open: OpenProvider, row: ModelRow = sketchRow): ImageModel => {
  const model = open.imageModel(row, 'images.generations');
  if (model === null) throw new Error('It serves every image model.');
  return model;
};

let shared: OpenProvider;
beforeAll(async () => {
  shared = await openSketch();
});
afterAll(() => shared.close());

const draw = async (changes: Partial<ImageJob>): Promise<Buffer[]> =>
  (await collectEvents(modelOf(shared), jobOf(changes))).images.map(({ bytes }) => bytes);

const drawOne = async (changes: Partial<ImageJob>): Promise<Buffer> => {
  const [bytes] = await draw(changes);
  if (bytes === undefined) throw new Error('No picture came.');
  return bytes;
};

const pixelsOf = (bytes: Buffer): Promise<Buffer> => sharp(bytes).ensureAlpha().raw().toBuffer();

describe('the same words', () => {
  it.each([
    {},
    { prompt: 'a watercolor garden with two dogs', partialImages: 1 },
    { prompt: 'a photo of a "Wörd" ✓' },
  ])('give the same bytes in every worker: %j', async (changes) => {
    const runs = [];
    for (let round = 0; round < 2; round += 1) {
      const open = await openSketch();
      runs.push(await collectEvents(modelOf(open), jobOf({ ...changes, n: 2, seed: 7 })));
      await open.close();
    }
    const [first, second] = runs;
    expect(first?.images.map(({ bytes }) => bytes)).toEqual(second?.images.map(({ bytes }) => bytes));
    expect(first?.partials.map(({ bytes }) => bytes)).toEqual(second?.partials.map(({ bytes }) => bytes));
  });

  it('give another picture for another seed', async () => {
    expect(await drawOne({ seed: 1 })).not.toEqual(await drawOne({ seed: 2 }));
  });

  it('show more at a higher quality', async () => {
    const garden = { prompt: 'a garden', size: { width: 512, height: 512 } };
    const low = await drawOne({ ...garden, quality: 'low' });
    const medium = await drawOne({ ...garden, quality: 'medium' });
    expect(low.length).toBeLessThan(medium.length);
    expect(medium.length).toBeLessThan((await drawOne({ ...garden, quality: 'high' })).length);
  });
});

describe('sizes and grounds', () => {
  it.each([
    [64, 64],
    [65, 777],
    [1023, 64],
    [3840, 100],
    [2048, 1152],
  ])('%i by %i is exactly that', async (width, height) => {
    expect(await decodePicture(await drawOne({ size: { width, height } }))).toMatchObject({ width, height });
  });

  it.each(['png', 'webp'] as const)(
    'a transparent %s is clear in its corners and not in its middle',
    async (outputFormat) => {
      const bytes = await drawOne({ background: 'transparent', outputFormat });
      const data = await pixelsOf(bytes);
      const alphaAt = (x: number, y: number) => data[(y * 192 + x) * 4 + 3];
      expect([alphaAt(0, 0), alphaAt(191, 0), alphaAt(0, 191), alphaAt(191, 191)]).toEqual([0, 0, 0, 0]);
      expect(alphaAt(96, 140)).toBe(255);
    },
  );

  it('compression makes files smaller', async () => {
    const photo = {
      prompt: 'a photo of a garden',
      outputFormat: 'jpeg',
      size: { width: 512, height: 512 },
    } as const;
    const rough = await drawOne({ ...photo, outputCompression: 10 });
    expect(rough.length).toBeLessThan((await drawOne({ ...photo, outputCompression: 100 })).length / 2);
  });
});

describe('any prompt', () => {
  it.each([
    ['nothing', ' '],
    ['control characters', '\u0000\u0001\u001b[2J\u202e'],
    ['half a surrogate', '\ud83d \udc00'],
    ['markup', '"</svg><script>&amp;\'" <image href="file:///etc/passwd"/>'],
    ['words in many scripts', '女性と猫 مرحبا שלום สวัสดี नमस्ते «здравствуй»'],
    ['emoji', '👩‍🚀🏳️‍🌈🦦👍🏽🇩🇪'],
    ['names of properties', 'constructor __proto__ toString hasOwnProperty'],
    ['a book', 'a cat and two dogs under a tree at night, '.repeat(760).slice(0, 32_000)],
    ['quotation marks', `"${'W'.repeat(400)}" 'a' 'b' ''''`],
    [
      'every style',
      'watercolor pixel art line drawing pencil neon black and white sepia oil storybook photo comic pastel crayon blueprint',
    ],
  ])('%s gives a picture', async (_title, prompt) => {
    const bytes = await drawOne({ prompt });
    expect(await decodePicture(bytes)).toMatchObject({ format: 'png', width: 192, height: 192 });
    const { channels } = await sharp(bytes).stats();
    expect(Math.max(...channels.slice(0, 3).map(({ stdev }) => stdev))).toBeGreaterThan(4);
  });
});

describe('edits', () => {
  const width = 200;
  const height = 160;
  const paint = (svg: string) =>
    sharp(
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`),
    );
  const pool = () =>
    paint(
      '<rect width="200" height="160" fill="#e8d0a0"/><rect y="70" width="200" height="90" fill="#4cc7dc"/><circle cx="9" cy="9" r="7" fill="#a03"/>',
    )
      .png()
      .toBuffer();
  const facts = { width, height, mediaType: 'image/png' };

  it('leave every pixel outside the mask as it was, and change what is inside', async () => {
    const base = await pool();
    const hole = await paint('<ellipse cx="110" cy="95" rx="50" ry="45" fill="#fff"/>').png().toBuffer();
    const mask = await sharp({ create: { width, height, channels: 4, background: '#000' } })
      .composite([{ input: hole, blend: 'dest-out' }])
      .png()
      .toBuffer();
    const edited = await drawOne({
      kind: 'edit',
      prompt: 'a pool containing a flamingo',
      images: [toInput(base, facts)],
      mask: toInput(mask, facts),
      size: { width, height },
    });
    const [before, after, cover] = await Promise.all([base, edited, mask].map(pixelsOf));
    let changedOutside = 0;
    let changedInside = 0;
    for (let at = 0; at < (before?.length ?? 0); at += 4) {
      const same =
        before?.subarray(at, at + 4).equals(after?.subarray(at, at + 4) ?? Buffer.alloc(0)) ?? false;
      if (same) continue;
      if (cover?.[at + 3] === 255) changedOutside += 1;
      else changedInside += 1;
    }
    expect(changedOutside).toBe(0);
    expect(changedInside).toBeGreaterThan(800);
  });

  it.each(['make it night', 'make it winter', 'black and white', 'add a hat', 'blur it', 'xyzzy'])(
    'do something: %s',
    async (prompt) => {
      const base = await pool();
      const edited = await drawOne({
        kind: 'edit',
        prompt,
        images: [toInput(base, facts)],
        size: { width, height },
      });
      expect(await pixelsOf(edited)).not.toEqual(await pixelsOf(base));
    },
  );

  it('turn pictures upright before anything else', async () => {
    const sideways = await sharp(await pool())
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toBuffer();
    const edited = await drawOne({
      kind: 'edit',
      prompt: 'brighter',
      images: [toInput(sideways, { ...facts, mediaType: 'image/jpeg' })],
      size: { width: height, height: width },
    });
    const data = await pixelsOf(edited);
    const at = (x: number, y: number) => [...data.subarray((y * height + x) * 4, (y * height + x) * 4 + 3)];
    const [red = 0, , blue = 0] = at(10, 100);
    expect(blue).toBeGreaterThan(red);
    const [warm = 0, , cold = 0] = at(140, 100);
    expect(warm).toBeGreaterThan(cold);
  });

  it('read pictures in printing colours', async () => {
    const printed = await sharp(await pool())
      .removeAlpha()
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    const edited = await drawOne({
      kind: 'edit',
      prompt: 'add a cat',
      images: [toInput(printed, { ...facts, mediaType: 'image/jpeg' })],
      size: { width, height },
    });
    expect(await decodePicture(edited)).toMatchObject({ width, height });
  });

  it('bring several pictures into one', async () => {
    const bases = await Promise.all(
      ['#d33', '#3a3', '#33d'].map((fill) =>
        paint(`<rect width="200" height="160" fill="#fff"/><circle cx="100" cy="80" r="60" fill="${fill}"/>`)
          .png()
          .toBuffer(),
      ),
    );
    const edited = await drawOne({
      kind: 'edit',
      prompt: 'a gift basket with all of these',
      images: bases.map((bytes) => toInput(bytes, facts)),
      size: { width: 400, height: 400 },
    });
    const data = await pixelsOf(edited);
    const seen = [0, 0, 0];
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
      if (Math.abs(red - 221) + Math.abs(green - 51) + Math.abs(blue - 51) < 20) seen[0] = (seen[0] ?? 0) + 1;
      if (Math.abs(red - 51) + Math.abs(green - 170) + Math.abs(blue - 51) < 20) seen[1] = (seen[1] ?? 0) + 1;
      if (Math.abs(red - 51) + Math.abs(green - 51) + Math.abs(blue - 221) < 20) seen[2] = (seen[2] ?? 0) + 1;
    }
    for (const count of seen) expect(count).toBeGreaterThan(100);
  });

  it('refuse bytes that are no picture', async () => {
    const broken = toInput(Buffer.from('not a picture at all'), facts);
    const error = await runToError(modelOf(shared), jobOf({ kind: 'edit', images: [broken] }));
    expect(error.facts).toMatchObject({ kind: 'rejected', charged: 'no', param: 'image' });
    expect(await draw({})).toHaveLength(1);
  });

  it('vary a picture n times, each differently', async () => {
    const base = await pool();
    const images = await draw({
      kind: 'vary',
      prompt: '',
      images: [toInput(base, facts)],
      n: 3,
      size: { width, height },
    });
    expect(new Set([base, ...images].map((bytes) => bytes.toString('base64'))).size).toBe(4);
  });
});

describe('patience', () => {
  it('tells how far it is, and spreads previews over the time', async () => {
    const open = await openSketch('500');
    const { types, partials } = await collectEvents(modelOf(open), jobOf({ partialImages: 2 }));
    await open.close();
    expect(types.filter((type) => type === 'progress').length).toBeGreaterThanOrEqual(4);
    expect(partials.map(({ partialIndex }) => partialIndex)).toEqual([0, 1]);
    expect(types.indexOf('partial')).toBeLessThan(types.lastIndexOf('progress'));
  });

  it('ends at once when it is cancelled', async () => {
    const open = await openSketch('600000');
    const error = await runToError(modelOf(open), jobOf({}), AbortSignal.timeout(50));
    await open.close();
    expect(error.facts).toMatchObject({ kind: 'unavailable', charged: 'no' });
  });

  it.each(['soon', '-1', '1.5'])('refuses %s as a delay', async (delay) => {
    await expect(openSketch(delay)).rejects.toThrow(SettingsError);
  });

  it('says that it is closing to those who wait', async () => {
    const open = await openSketch();
    const waiting = runToError(
      modelOf(open),
      jobOf({ size: { width: 3840, height: 3840 }, prompt: 'an oil painting of a garden' }),
    );
    setTimeout(() => void open.close(), 30);
    expect((await waiting).facts).toMatchObject({ kind: 'unavailable', charged: 'no' });
    expect((await runToError(modelOf(open), jobOf({}))).facts).toMatchObject({
      kind: 'unavailable',
      charged: 'no',
    });
  });
});

describe('other rows', () => {
  it('of DALL-E 3 get a revised prompt', async () => {
    const { images } = await collectEvents(
      modelOf(shared, fixedRow),
      jobOf({ row: fixedRow, size: { width: 1024, height: 1024 } }),
    );
    expect(images[0]?.revisedPrompt).toMatch(/cat/);
    expect(images[0]?.applied).toEqual({
      size: { width: 1024, height: 1024 },
      quality: 'standard',
      outputFormat: 'png',
    });
  });

  it('of Gemini say something when text is wanted', async () => {
    const row: ModelRow = { ...sketchRow, family: 'gemini' };
    const { types } = await collectEvents(
      modelOf(shared, row),
      jobOf({ row, responseModalities: ['text', 'image'] }),
    );
    expect(types.filter((type) => type === 'text')).toHaveLength(1);
  });
});
