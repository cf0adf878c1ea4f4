import { gzipSync } from 'node:zlib';
import { Pictor as PictorClient } from '@pictor/sdk';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAccessFaults, listOverflowing, openSignedIn, useBrowser } from '../support/open-browser.ts';
import { type Pictor, removeDataDirs, startPictor } from '../support/start-pictor.ts';

const hostile = `<img src=x onerror="document.title='owned'"> \u202Egnp.exe ${'w'.repeat(4_000)}`;
const firstViewBytes = 200_000;

const { openPage } = useBrowser();
let pictor: Pictor;
let sdk: PictorClient;

beforeAll(async () => {
  pictor = await startPictor();
  sdk = new PictorClient({ baseUrl: pictor.url, apiKey: pictor.key });
});

afterAll(async () => {
  await pictor?.stop();
  await removeDataDirs();
});

const promptBox = (page: Page) => page.getByRole('textbox', { name: 'Prompt' });
const result = (page: Page) => page.getByRole('region', { name: 'Result' });
const runButton = (page: Page) => page.getByRole('button', { name: 'Run' });

/** Runs what is written and gives the row of the request that ended. */
async function runToEnd(page: Page) {
  const before = (await sdk.requests.list({ limit: 1 })).first_id;
  await runButton(page).click();
  await expect.poll(async () => (await sdk.requests.list({ limit: 1 })).first_id).not.toBe(before);
  const [row] = (await sdk.requests.list({ limit: 1 })).data;
  await page.waitForURL((url) => url.searchParams.get('request') === row?.id);
  await result(page).getByRole('article', { name: 'Image Generation' }).waitFor();
  return await sdk.requests.get(row?.id ?? '');
}

test('the first view needs less than 200 kB of compressed script', async () => {
  const page = await openPage();
  const scripts: Promise<number>[] = [];
  page.on('response', (response) => {
    if (/\.js$/.test(response.url())) {
      scripts.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
    }
  });
  await openSignedIn(page, pictor);
  await page.getByRole('heading', { name: 'Say what you want to see' }).waitFor();
  await page.waitForLoadState('networkidle');
  const sizes = await Promise.all(scripts);
  expect(sizes.length).toBeGreaterThan(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(firstViewBytes);
});

test('what a model offers is told by its row and reaches the server; a size is judged while it is typed', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/?model=gpt-image-2');
  await promptBox(page).fill('A {animal} in {place}, {{not a place}}');
  await page.getByRole('textbox', { name: 'Variable animal' }).fill('hare');
  await page.getByRole('textbox', { name: 'Variable place' }).fill('snow');
  await page.getByRole('radio', { name: 'Custom…' }).check();
  await page.getByRole('textbox', { name: 'Width' }).fill('1000');
  await page.getByRole('textbox', { name: 'Height' }).fill('800');
  await page.getByText('Width and height must be multiples of 16.').first().waitFor();
  expect(await runButton(page).isDisabled()).toBe(true);
  await page.getByRole('button', { name: /^Use \d/ }).click();
  await page.getByText(/^Fits: 0\.8 megapixels/).waitFor();
  await page.getByRole('radio', { name: 'High', exact: true }).check();
  await page.getByRole('radio', { name: 'Opaque' }).check();
  await page.getByRole('radio', { name: 'WebP' }).check();
  await page.getByRole('spinbutton', { name: 'Compression' }).fill('80');
  await page.getByText('More parameters').click();
  await page.getByRole('radio', { name: 'Low', exact: true }).last().check();
  await page.getByText(/\$\d.* at list price/).click();
  await page.getByRole('table').getByText('image out').waitFor();
  const row = await runToEnd(page);
  expect(row.prompt).toBe('A hare in snow, {not a place}');
  expect(row.parameters).toMatchObject({
    size: '1008x800',
    quality: 'high',
    background: 'opaque',
    output_format: 'webp',
    output_compression: 80,
    moderation: 'low',
  });
  expect(row.images[0]?.media_type).toBe('image/webp');

  await page.getByRole('combobox', { name: 'Provider' }).selectOption('google');
  expect(await page.getByRole('combobox', { name: 'API' }).inputValue()).toBe('gemini');
  await page.getByRole('button', { name: /^Model:/ }).click();
  await page.getByRole('textbox', { name: 'Find a model' }).fill('3.1-flash-image thinking');
  await page.keyboard.press('Enter');
  await page.getByText('TEXT + IMAGE').waitFor();
  await page.getByRole('radio', { name: '16:9' }).check();
  await page.getByRole('radio', { name: '2K' }).check();
  await page.getByRole('radio', { name: 'High', exact: true }).first().check();
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('7');
  const drawn = await runToEnd(page);
  expect(drawn.model_id).toBe('gemini-3.1-flash-image');
  expect(drawn.parameters).toMatchObject({
    aspect_ratio: '16:9',
    image_size: '2K',
    thinking_level: 'high',
    seed: 7,
    response_modalities: ['text', 'image'],
  });
  expect(drawn.parameters.quality).toBeUndefined();
  expect(await listOverflowing(page)).toEqual([]);
});

test('everything works by keyboard alone', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/?model=sketch-1');
  await promptBox(page).waitFor();
  // The cursor stands in the prompt when the page opens.
  await page.keyboard.type('A small kite');
  const walkTo = async (name: RegExp): Promise<void> => {
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press('Tab');
      const label = await page.evaluate(() => {
        const at = document.activeElement;
        const labels = at instanceof HTMLInputElement ? [...(at.labels ?? [])] : [];
        return `${at?.getAttribute('aria-label') ?? ''} ${at?.textContent ?? ''} ${labels.map((each) => each.textContent).join(' ')}`;
      });
      if (name.test(label)) return;
    }
    throw new Error(`No step leads to ${name}`);
  };
  await walkTo(/1024 × 1024|Auto/);
  await page.keyboard.press('ArrowDown');
  await walkTo(/Seed/);
  await page.keyboard.type('12');
  await walkTo(/^ *Run *$/);
  await page.keyboard.press('Enter');
  await result(page).getByRole('img', { name: 'A small kite' }).waitFor();
  const [row] = (await sdk.requests.list({ limit: 1 })).data;
  expect(row?.parameters).toMatchObject({ seed: 12 });
  expect(row?.parameters.size).toMatch(/^\d+x\d+$|^auto$/);
});

test.each([
  { width: 390, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const)(
  '$width px, $colorScheme: hostile words stay words and break nothing',
  async ({ width, colorScheme }) => {
    const page = await openPage({ viewport: { width, height: 900 }, colorScheme });
    await openSignedIn(page, pictor, '/?model=sketch-1');
    await promptBox(page).fill(`${hostile} {place}`);
    await page.getByRole('textbox', { name: 'Variable place' }).fill(hostile);
    await runButton(page).click();
    await result(page).getByRole('article', { name: 'Image Generation' }).waitFor();
    expect(await page.title()).not.toBe('owned');
    expect(await listOverflowing(page)).toEqual([]);
    expect(await listAccessFaults(page)).toEqual([]);
  },
);
