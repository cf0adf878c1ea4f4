import { readFile } from 'node:fs/promises';
import { imageBytes, Pictor as PictorClient, type RequestSummary } from '@pictor/sdk';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAccessFaults, listOverflowing, openSignedIn, useBrowser } from '../support/open-browser.ts';
import { type Pictor, removeDataDirs, startPictor } from '../support/start-pictor.ts';

const hostile = `A "fox": <img src=x onerror="document.title='owned'"> ../../\u202Egnp.exe ${'w'.repeat(400)}`;

const { openPage } = useBrowser();
let pictor: Pictor;
let sdk: PictorClient;
/** Two pictures. */
let pair: RequestSummary;
/** Made from the first of the pair, by a model that fits what it is asked. */
let child: RequestSummary;

beforeAll(async () => {
  pictor = await startPictor();
  sdk = new PictorClient({ baseUrl: pictor.url, apiKey: pictor.key });
  const made = await sdk.images.generate({ model: 'gpt-image-2', prompt: hostile, n: 2, size: '1024x1024' });
  pair = await sdk.requests.get(made.pictor?.request ?? '');
  const [first] = made.data;
  const edited = await sdk.images.edit({
    model: 'nano-banana-pro',
    prompt: 'The same fox in the snow',
    image: imageBytes(first ?? {}),
    quality: 'high',
    size: '1000x1000',
  });
  child = await sdk.requests.get(edited.pictor?.request ?? '');
});

afterAll(async () => {
  await pictor?.stop();
  await removeDataDirs();
});

const card = (page: Page) => page.getByRole('article', { name: 'Image Generation' });
const viewer = (page: Page) => page.getByRole('dialog', { name: 'Image viewer' });

/** How large an image of the viewer is shown, in parts of its own size. */
async function scaleOf(page: Page): Promise<number> {
  return await viewer(page)
    .locator('img[data-state]')
    .evaluate(
      (element) => element.getBoundingClientRect().width / (element as HTMLImageElement).naturalWidth,
    );
}

test('the card tells what was asked and done, what it came from and what came of it', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, `/?request=${child.id}`);
  const parameters = card(page).getByLabel('Parameters');
  await parameters.waitFor();
  expect(await parameters.textContent()).toContain('1000 × 1000');
  expect(await parameters.textContent()).toContain('approximated');
  expect(await parameters.textContent()).toContain('dropped');
  await card(page).getByText('Family').click();
  const parent = card(page).getByRole('link', { name: /^Image: A "fox"/ });
  await parent.waitFor();
  expect(await parent.getAttribute('href')).toContain(pair.images[0]?.id);
  const mask = card(page).getByRole('link', { name: 'Edit with a mask' });
  const address = new URL((await mask.getAttribute('href')) ?? '', pictor.url);
  expect(address.searchParams.get('references')).toContain(child.images[0]?.id);

  await page.goto(`${pictor.url}/?request=${pair.id}`);
  await card(page).getByText('Family').click();
  await card(page).getByRole('link', { name: 'Image: The same fox in the snow' }).waitFor();
  expect(await page.title()).not.toContain('owned');
  expect(await listOverflowing(page)).toEqual([]);
});

test('an image is saved under a safe name, and copied as a picture, a link and base64', async () => {
  const page = await openPage({ permissions: ['clipboard-read', 'clipboard-write'] });
  const [image] = pair.images;
  await openSignedIn(page, pictor, `/?request=${pair.id}`);
  const download = page.waitForEvent('download');
  await card(page).getByRole('link', { name: 'Download' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(
    /^A-fox-img-src-x-onerror-document-title-owned-gnp-exe-img_[0-9a-f]{32}\.png$/,
  );
  const bytes = await readFile((await file.path()) ?? '');
  expect((await sharp(bytes).metadata()).width).toBe(1024);

  const copy = async (way: string): Promise<void> => {
    await card(page).getByRole('button', { name: /^Cop/ }).click();
    await page.getByRole('menuitem', { name: way }).click();
    await card(page).getByRole('button', { name: 'Copied' }).waitFor();
  };
  const readText = () => page.evaluate(() => navigator.clipboard.readText());
  await copy('Copy link');
  expect(await readText()).toBe(`${pictor.url}${image?.url}`);
  await copy('Copy as base64');
  expect(Buffer.from(await readText(), 'base64').equals(bytes)).toBe(true);
  await copy('Copy image');
  const pasted = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const blob = await item?.getType('image/png');
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))];
  });
  const raw = (png: Buffer) => sharp(png).ensureAlpha().raw().toBuffer();
  expect((await raw(Buffer.from(pasted))).equals(await raw(bytes))).toBe(true);
});

test('the viewer shows the thumbnail first, zooms and goes on by keys, and gives the focus back', async () => {
  const page = await openPage();
  const [first, second] = pair.images;
  await openSignedIn(page, pictor, `/?request=${pair.id}`);
  // The bytes of the second one wait, so that what is shown meanwhile can be seen.
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(`**${second?.url}`, async (route) => {
    await released;
    await route.continue();
  });
  const open = card(page).getByRole('button', { name: 'Open the viewer' });
  await open.focus();
  await page.keyboard.press('Enter');
  const whole = viewer(page).locator('img[data-state="whole"]');
  await whole.waitFor();
  const fitted = await scaleOf(page);
  expect(fitted).toBeLessThan(0.8);
  await page.keyboard.press('1');
  expect(await scaleOf(page)).toBeCloseTo(1);
  await page.keyboard.press('+');
  expect(await scaleOf(page)).toBeCloseTo(1.25);
  await page.keyboard.press('-');
  expect(await scaleOf(page)).toBeCloseTo(1);
  await page.keyboard.press('0');
  expect(await scaleOf(page)).toBeCloseTo(fitted);
  await whole.hover();
  await page.mouse.wheel(0, -400);
  await expect.poll(() => scaleOf(page)).toBeGreaterThan(fitted * 1.5);
  await whole.dblclick();
  expect(await scaleOf(page)).toBeCloseTo(fitted);

  await page.keyboard.press('ArrowRight');
  await viewer(page).getByText('2 of 2').waitFor();
  await viewer(page).locator(`img[src="${second?.thumbnail_url}"]`).waitFor();
  release();
  await viewer(page).locator(`img[src="${second?.url}"][data-state="whole"]`).waitFor();
  expect(await viewer(page).locator(`img[src="${second?.thumbnail_url}"]`).count()).toBe(0);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await viewer(page).locator(`img[src="${first?.url}"]`).waitFor();

  await page.keyboard.press('i');
  const details = viewer(page).getByRole('complementary', { name: 'Details' });
  await details.getByRole('link', { name: pair.id }).waitFor();
  const { hash } = await sdk.gallery.get(first?.id ?? '');
  expect(await details.textContent()).toContain(hash);
  for (let press = 0; press < 14; press += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
  }
  await page.keyboard.press('Escape');
  await viewer(page).waitFor({ state: 'detached' });
  expect(await open.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('fingers pinch to zoom, pan what is zoomed, and sweep to the next image', async () => {
  const page = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await openSignedIn(page, pictor, `/?request=${pair.id}`);
  await card(page).getByRole('img', { name: /fox/ }).tap();
  await viewer(page).locator('img[data-state="whole"]').waitFor();
  const fitted = await scaleOf(page);
  const session = await page.context().newCDPSession(page);
  const touch = async (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    points: readonly (readonly [number, number])[],
  ) =>
    await session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });
  await touch('touchStart', [[300, 400]]);
  await touch('touchMove', [[200, 402]]);
  await touch('touchMove', [[90, 404]]);
  await touch('touchEnd', []);
  await viewer(page).getByText('2 of 2').waitFor();
  await touch('touchStart', [[190, 400]]);
  await touch('touchStart', [
    [190, 400],
    [210, 400],
  ]);
  await touch('touchMove', [
    [150, 400],
    [250, 400],
  ]);
  await touch('touchMove', [
    [100, 400],
    [300, 400],
  ]);
  await touch('touchEnd', []);
  await expect.poll(() => scaleOf(page)).toBeGreaterThan(fitted * 2);
  await viewer(page).getByText('2 of 2').waitFor();
  await viewer(page).getByRole('button', { name: 'Close' }).tap();
  await viewer(page).waitFor({ state: 'detached' });
});

const screens = [390, 1280, 2560].map(
  (width) => ({ width, colorScheme: width === 390 ? 'dark' : 'light' }) as const,
);
test.each([...screens, { width: 1280, colorScheme: 'dark' } as const])(
  '$width px, $colorScheme: card and viewer are accessible, and nothing sticks out',
  async ({ width, colorScheme }) => {
    const page = await openPage({ viewport: { width, height: 900 }, colorScheme });
    await openSignedIn(page, pictor, `/?request=${child.id}`);
    await card(page).getByText('Family').click();
    await card(page).getByText('Made from').waitFor();
    expect(await listOverflowing(page)).toEqual([]);
    expect(await listAccessFaults(page)).toEqual([]);
    await card(page).getByRole('button', { name: 'Open the viewer' }).click();
    await viewer(page).locator('img[data-state="whole"]').waitFor();
    await page.keyboard.press('i');
    await viewer(page).getByText('BLAKE3').waitFor();
    expect(await listOverflowing(page)).toEqual([]);
    expect(await listAccessFaults(page)).toEqual([]);
  },
);
