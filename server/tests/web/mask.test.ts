import { Pictor as PictorClient } from '@pictor/sdk';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAccessFaults, listOverflowing, openSignedIn, useBrowser } from '../support/open-browser.ts';
import { paintMask, paintPlain } from '../support/pictures.ts';
import { type Pictor, removeDataDirs, startPictor } from '../support/start-pictor.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from '../upstreams/openai-upstream.ts';

const { openPage } = useBrowser();
const size = { width: 1536, height: 1024 };
let upstream: OpenAiUpstream;
let pictor: Pictor;
let imageId: string;

beforeAll(async () => {
  upstream = await openOpenAiUpstream();
  pictor = await startPictor({
    env: { OPENAI_API_KEY: upstreamKey, PICTOR_OPENAI_BASE_URL: upstream.baseUrl },
  });
  const sdk = new PictorClient({ baseUrl: pictor.url, apiKey: pictor.key });
  const made = await sdk.images.generate({ model: 'gpt-image-2', prompt: 'A room', size: '1536x1024' });
  imageId = (await sdk.requests.get(made.pictor?.request ?? '')).images[0]?.id ?? '';
});

afterAll(async () => {
  await pictor?.stop();
  await upstream?.close();
  await removeDataDirs();
});

const painter = (page: Page) => page.getByRole('dialog', { name: 'Paint a mask' });
const picture = (page: Page) => painter(page).getByRole('application', { name: 'Picture to paint on' });

/** Opens the painter over the image, and waits until it can be painted on. */
async function openPainter(page: Page): Promise<void> {
  await openSignedIn(page, pictor, `/?references=${imageId}&mask=1`);
  await painter(page).getByText('Nothing is painted yet').waitFor();
  await picture(page).locator('canvas').waitFor();
}

/** Draws with the mouse through points of the picture, each 0 to 1 across and down. */
async function draw(page: Page, points: readonly (readonly [number, number])[]): Promise<void> {
  const box = await picture(page).locator('canvas').boundingBox();
  if (box === null) throw new Error('The picture is not shown.');
  for (const [index, [x, y]] of points.entries()) {
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 4 });
    if (index === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

/** Of each pixel, what the painter shows as to be changed. */
async function shownBy(canvas: Locator): Promise<readonly number[]> {
  return await canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const context = (element as HTMLCanvasElement).getContext('2d');
    const { data } = context?.getImageData(0, 0, width, height) ?? { data: new Uint8ClampedArray(0) };
    const painted: number[] = [];
    for (let at = 0; at < width * height; at += 1) if (data[at * 4 + 3] !== 0) painted.push(at);
    return painted;
  });
}

/** Of each pixel of a mask on the wire, what it leaves open. Any alpha between open and closed is a fault. */
async function openIn(mask: Buffer): Promise<readonly number[]> {
  const { data, info } = await sharp(mask).raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ ...size, channels: 4 });
  const open: number[] = [];
  for (let at = 0; at < info.width * info.height; at += 1) {
    const alpha = data[at * 4 + 3];
    if (alpha === 0) open.push(at);
    else if (alpha !== 255) throw new Error(`Pixel ${at} has an alpha of ${alpha}.`);
  }
  return open;
}

test('what is painted is what the provider gets, pixel by pixel', async () => {
  const page = await openPage();
  await openPainter(page);
  await draw(page, [
    [0.2, 0.3],
    [0.45, 0.2],
    [0.5, 0.6],
  ]);
  await page.keyboard.press('r');
  await draw(page, [
    [0.6, 0.55],
    [0.85, 0.9],
  ]);
  await page.keyboard.press('e');
  await page.keyboard.press('[');
  await draw(page, [
    [0.1, 0.35],
    [0.9, 0.7],
  ]);
  // By keys: the brush goes on from where the mouse left it.
  await page.keyboard.press('b');
  await picture(page).focus();
  for (let press = 0; press < 12; press += 1) await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.down(' ');
  for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowUp');
  await page.keyboard.up(' ');
  const canvas = picture(page).locator('canvas');
  const before = await shownBy(canvas);
  // Something painted and undone leaves nothing.
  await page.keyboard.press('+');
  await draw(page, [
    [0.3, 0.8],
    [0.5, 0.8],
  ]);
  expect((await shownBy(canvas)).length).toBeGreaterThan(before.length);
  await page.keyboard.press('Control+z');
  expect(await shownBy(canvas)).toEqual(before);

  // A reload in the middle keeps the strokes, and that they can be undone.
  await page.reload();
  await painter(page).getByText('% of the picture').waitFor();
  const painted = await shownBy(canvas);
  expect(painted).toEqual(before);
  expect(painted.length).toBeGreaterThan(50_000);
  await painter(page).getByRole('button', { name: 'Undo' }).click();
  expect((await shownBy(canvas)).length).not.toBe(painted.length);
  await painter(page).getByRole('button', { name: 'Redo' }).click();

  await painter(page).getByRole('button', { name: 'Use this mask' }).click();
  await painter(page).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Change the mask' }).waitFor();
  await page.getByRole('textbox', { name: 'Prompt' }).fill('The same room with a rubber plant');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page
    .getByRole('region', { name: 'Result' })
    .getByRole('img', { name: /rubber plant/ })
    .waitFor();
  const call = upstream.calls.at(-1);
  expect(call?.path).toBe('/v1/images/edits');
  const at = call?.files.findIndex(({ name }) => name === 'mask') ?? -1;
  expect(await openIn(call?.fileBytes[at] ?? Buffer.alloc(0))).toEqual(painted);
});

test('masks are imported by white or by transparency, scaled if they must be, and inverted', async () => {
  const page = await openPage();
  await openPainter(page);
  const canvas = picture(page).locator('canvas');
  const square = { left: 100, top: 200, width: 300, height: 400 };
  const isInside = (at: number, { left, top, width, height }: typeof square): boolean => {
    const [x, y] = [at % size.width, Math.floor(at / size.width)];
    return x >= left && x < left + width && y >= top && y < top + height;
  };
  const importMask = async (name: string, buffer: Buffer, words: RegExp): Promise<readonly number[]> => {
    const chooser = page.waitForEvent('filechooser');
    await painter(page).getByRole('button', { name: 'Import a mask' }).click();
    await (await chooser).setFiles({ name, mimeType: 'image/png', buffer });
    await painter(page).getByRole('status').filter({ hasText: words }).waitFor();
    return await shownBy(canvas);
  };

  const black = sharp(await paintPlain(size, '#000000'));
  const bw = await black
    .composite([{ input: await paintPlain(square, '#ffffff'), left: square.left, top: square.top }])
    .png()
    .toBuffer();
  const white = await importMask('bw.png', bw, /its white parts/);
  expect(white.length).toBe(square.width * square.height);
  expect(white.filter((at) => !isInside(at, square))).toEqual([]);
  const transparent = await paintMask(size, square);
  expect(await importMask('alpha.png', transparent, /its transparent parts/)).toEqual(white);
  const half = await sharp(bw).resize(768, 512, { kernel: 'nearest' }).png().toBuffer();
  const scaled = await importMask('half.png', half, /scaled to that of the picture/);
  expect(scaled).toEqual(white);

  await painter(page).getByRole('button', { name: 'Invert' }).click();
  expect((await shownBy(canvas)).length).toBe(size.width * size.height - white.length);
  await painter(page).getByRole('button', { name: 'Clear' }).click();
  expect(await shownBy(canvas)).toEqual([]);
  await page.keyboard.press('Escape');
  await painter(page).waitFor({ state: 'detached' });
});

test('a finger paints, and two fingers zoom and leave no stroke', async () => {
  const page = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await openPainter(page);
  const canvas = picture(page).locator('canvas');
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('The picture is not shown.');
  const session = await page.context().newCDPSession(page);
  const touch = async (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    ...points: (readonly [number, number])[]
  ) =>
    await session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(([x, y], id) => ({ x: box.x + x * box.width, y: box.y + y * box.height, id })),
    });
  await touch('touchStart', [0.3, 0.5]);
  await touch('touchMove', [0.5, 0.5]);
  await touch('touchEnd');
  await painter(page).getByText('% of the picture').waitFor();
  const stroke = await shownBy(canvas);
  expect(stroke.length).toBeGreaterThan(10_000);
  await touch('touchStart', [0.4, 0.2]);
  await touch('touchStart', [0.4, 0.2], [0.5, 0.2]);
  await touch('touchMove', [0.2, 0.2], [0.7, 0.2]);
  await touch('touchEnd');
  await expect.poll(async () => (await canvas.boundingBox())?.width).toBeGreaterThan(box.width * 2);
  expect(await shownBy(canvas)).toEqual(stroke);
});

test.each([
  { width: 390, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 2560, colorScheme: 'light' },
] as const)('$width px, $colorScheme: the painter is accessible and fits', async ({ width, colorScheme }) => {
  const page = await openPage({ viewport: { width, height: 844 }, colorScheme });
  await openPainter(page);
  await draw(page, [
    [0.2, 0.3],
    [0.6, 0.5],
  ]);
  expect(await listOverflowing(page)).toEqual([]);
  expect(await listAccessFaults(page)).toEqual([]);
});
