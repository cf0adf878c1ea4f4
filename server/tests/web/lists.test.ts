import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAccessFaults, listOverflowing, openSignedIn, useBrowser } from '../support/open-browser.ts';
import { readZip } from '../support/read-zip.ts';
import { startSeeded } from '../support/seed-rows.ts';
import { type Pictor, removeDataDirs } from '../support/start-pictor.ts';

const requestCount = 100_000;
const startMs = 180_000;
/** What a whole list may take, page by page, on a busy machine. */
const longMs = 120_000;
/** What a step may take on a busy machine. */
const stepMs = 15_000;
/** Of a list, whatever its length: what is near the window, and some beyond. */
const mostNodes = 150;

const { openPage } = useBrowser();
let pictor: Pictor;

beforeAll(async () => {
  pictor = await startSeeded(requestCount);
}, startMs);

afterAll(async () => {
  await pictor?.stop();
  await removeDataDirs();
});

const images = (page: Page) => page.getByRole('list', { name: 'Images' });
const tiles = (page: Page) => images(page).getByRole('link');
const requests = (page: Page) => page.getByRole('list', { name: 'Requests' });
const lines = (page: Page) => requests(page).getByRole('link');
const seededRequest = (number: number) => `req_${number.toString(16).padStart(32, '0')}`;

async function openAt(path: string, options?: Parameters<typeof openPage>[0]): Promise<Page> {
  const page = await openPage(options);
  page.setDefaultTimeout(stepMs);
  await openSignedIn(page, pictor, path);
  return page;
}

/** Scrolls down for as long as more is loaded, and gives the most rows that were in the document at once. */
async function scrollToEnd(page: Page, loading: string): Promise<number> {
  return await page.evaluate(async (label) => {
    const scroller = document.querySelector('main');
    let most = 0;
    while (document.querySelector(`[aria-label="${label}"]`) !== null) {
      scroller?.scrollTo({ top: scroller.scrollHeight });
      await new Promise((resolve) => requestAnimationFrame(resolve));
      most = Math.max(most, document.querySelectorAll('main li').length);
    }
    return most;
  }, loading);
}

/** Adds a filter by its menu. */
async function addFilter(page: Page, field: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Add filter' }).click();
  const editor = page.getByRole('dialog', { name: 'Filter' });
  await editor.getByRole('combobox', { name: 'Field' }).fill(field);
  await editor.getByRole('option', { name: field, exact: true }).click();
  const choice = editor.getByRole('checkbox', { name: value, exact: true });
  if (await choice.isVisible()) await choice.check({ force: true });
  else await editor.getByRole('textbox', { name: /value/i }).fill(value);
  await editor.getByRole('button', { name: 'Add', exact: true }).click();
}

/** The body of the next search, and what was found. */
async function nextSearch(page: Page, path: string, act: () => Promise<void>) {
  const answered = page.waitForResponse(
    (response) => response.url().endsWith(path) && response.request().postDataJSON()?.limit >= 100,
  );
  await act();
  const response = await answered;
  return { body: response.request().postDataJSON(), found: await response.json() };
}

const textOf = async (download: Download): Promise<string> => await readFile(await download.path(), 'utf8');

async function generate(prompt: string): Promise<void> {
  await pictor.client().images.generate({ model: 'sketch-1', prompt });
}

const scrollTopOf = (page: Page) => () => page.getByRole('main').evaluate((main) => main.scrollTop);

/** A browser among other work takes a while to come back to where it was. */
const patiently = { timeout: 15_000 };

describe('the gallery', () => {
  test('shows ten thousand images with few nodes, jumps to a month, and goes by the keys', {
    timeout: longMs,
  }, async () => {
    const page = await openAt('/images');
    await tiles(page).first().waitFor();
    await tiles(page).first().getByRole('img').waitFor();
    expect(await scrollToEnd(page, 'Loading more images')).toBeLessThan(mostNodes);
    await images(page).locator('[data-index="10005"]').waitFor();

    const month = page.getByRole('combobox', { name: 'Jump to a month' });
    const chosen = await month.locator('option').nth(4).getAttribute('value');
    await month.selectOption(chosen);
    const name = await month.locator('option:checked').textContent();
    await images(page)
      .getByRole('heading')
      .first()
      .filter({ hasText: name ?? '' })
      .waitFor();
    expect(new URL(page.url()).searchParams.get('month')).toBe(chosen);
    await page.getByRole('button', { name: 'Back to the newest' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('month')).toBeNull();

    await tiles(page).first().waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const focused = page.locator('[data-index]:focus');
    expect(Number(await focused.getAttribute('data-index'))).toBeGreaterThan(2);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Image viewer' }).waitFor();
    expect(new URL(page.url()).searchParams.get('image')).toMatch(/^img_/);
    await page.reload();
    await page.getByRole('dialog', { name: 'Image viewer' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => new URL(page.url()).searchParams.get('image')).toBeNull();
  });

  test('filters by the API, in the address, with chips that go away', async () => {
    const page = await openAt('/images');
    await tiles(page).first().waitFor();
    const words = page.getByRole('searchbox', { name: /Search images/ });
    await page.keyboard.press('/');
    expect(await words.evaluate((box) => box === document.activeElement)).toBe(true);
    const byWords = await nextSearch(page, '/api/images/search', () => words.fill('otter harbour'));
    expect(byWords.body).toMatchObject({ q: 'otter harbour' });
    const byModel = await nextSearch(page, '/api/images/search', () => addFilter(page, 'Quality', 'high'));
    expect(byModel.body.filter_group.filters).toEqual([
      { field: 'quality', operator: 'in', value: ['high'] },
    ]);
    await nextSearch(page, '/api/images/search', () => words.fill(''));
    const byTag = await nextSearch(page, '/api/images/search', () => addFilter(page, 'Image tag', 'best'));
    expect(byTag.body).toMatchObject({ tags: ['best'] });
    expect(byTag.found.data).toHaveLength(100);
    await page.reload();
    await tiles(page).first().waitFor();
    const chip = page.getByRole('button', { name: 'Remove filter: Image tag has best' });
    const without = await nextSearch(page, '/api/images/search', () => chip.click());
    expect(without.body.tags).toBeUndefined();
    await page.getByRole('button', { name: 'Remove filter: Quality is one of high' }).waitFor();
  });

  test('chosen images are tagged, put into a zip, and deleted after what refers to them was said', async () => {
    const page = await openAt('/images?order=asc');
    await tiles(page).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    const bar = page.getByRole('region', { name: 'Chosen images' });
    await bar.getByText('3 images chosen').waitFor();
    const ids = [0, 1, 2].map((number) => `img_${number.toString(16).padStart(32, '0')}`);
    expect(await bar.getByRole('link', { name: 'Compare' }).getAttribute('href')).toBe(
      `/compare?images=${ids.join(',')}`,
    );

    const [zip] = await Promise.all([
      page.waitForEvent('download'),
      bar.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(zip.suggestedFilename()).toBe('pictor-images-3.zip');
    const names = readZip(await readFile(await zip.path())).map((entry) => entry.name);
    expect(names).toHaveLength(4);
    for (const id of ids) expect(names.some((name) => name.includes(id))).toBe(true);

    await bar.getByRole('button', { name: 'Tag', exact: true }).click();
    const tagging = page.getByRole('dialog', { name: 'Tag 3 images' });
    await tagging.getByRole('combobox', { name: 'Add tags' }).fill('keep');
    await tagging.getByRole('button', { name: 'Save tags' }).click();
    await tagging.waitFor({ state: 'hidden' });
    const tagged = await pictor.call('/api/images?tag=keep');
    expect(((await tagged.json()) as { data: unknown[] }).data).toHaveLength(3);

    await bar.getByRole('button', { name: 'Delete' }).click();
    const deleting = page.getByRole('dialog', { name: 'Delete 3 images?' });
    await deleting.getByText('3 requests show them').waitFor();
    await deleting.getByRole('button', { name: 'Delete 3 images' }).click();
    await deleting.waitFor({ state: 'hidden' });
    expect((await pictor.call(`/api/images/${ids[0]}`)).status).toBe(404);
    expect(await images(page).locator(`a[href*="${ids[0]}"]`).count()).toBe(0);
    expect(await bar.count()).toBe(0);
  });

  test('tells of new images without moving those that one looks at', async () => {
    const page = await openAt('/images');
    await tiles(page).first().waitFor();
    await page.getByRole('main').evaluate((main) => main.scrollTo({ top: 600 }));
    await generate('A paper boat in the rain');
    await page.getByRole('button', { name: '1 new image' }).waitFor();
    expect(await page.getByRole('main').evaluate((main) => main.scrollTop)).toBe(600);
    await page.getByRole('button', { name: '1 new image' }).click();
    await page.getByRole('link', { name: 'A paper boat in the rain' }).waitFor();
  });
});

describe('the list of requests', () => {
  test('scrolls through all that is found, keeps its place, and goes by the keys', {
    timeout: longMs,
  }, async () => {
    const filter = { logic: 'AND', filters: [{ field: 'tags', operator: 'contains', value: 'tag7' }] };
    const page = await openAt(`/requests?filter=${encodeURIComponent(JSON.stringify(filter))}`);
    await lines(page).first().waitFor();
    expect(await scrollToEnd(page, 'Loading more requests')).toBeLessThan(mostNodes);
    const last = lines(page).last();
    expect(Number(await last.getAttribute('data-index'))).toBeGreaterThan(800);
    await last.scrollIntoViewIfNeeded();
    const scrolled = await scrollTopOf(page)();
    await last.click();
    await page.getByRole('heading', { name: 'Facts' }).waitFor();
    await page.getByRole('link', { name: 'Back' }).click();
    await lines(page).first().waitFor();
    // The click may have moved the last line into sight.
    await expect.poll(scrollTopOf(page), patiently).toBeGreaterThan(scrolled - 1_000);

    await nextSearch(page, '/api/requests/search', () =>
      page.getByRole('button', { name: 'Remove filter: Tags has tag7' }).click(),
    );
    await expect.poll(scrollTopOf(page), patiently).toBe(0);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await lines(page).first().waitFor();
    await page.keyboard.press('j');
    await page.locator('[data-index="0"]:focus').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    const focused = page.locator('[data-index]:focus');
    expect(Number(await focused.getAttribute('data-index'))).toBe(2);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/requests\/req_/);
  });

  test('saves a search, opens it after a reload, renames and deletes it', async () => {
    const page = await openAt('/requests');
    await lines(page).first().waitFor();
    const failed = await nextSearch(page, '/api/requests/search', () => addFilter(page, 'Status', 'failed'));
    expect(failed.body.filter_group.filters).toEqual([
      { field: 'status', operator: 'in', value: ['failed'] },
    ]);
    const menu = page.getByRole('dialog', { name: 'Saved searches' });
    const openMenu = () => page.getByRole('button', { name: 'Saved searches' }).click();
    await openMenu();
    await menu.getByRole('button', { name: 'Save this search' }).click();
    const naming = page.getByRole('dialog', { name: 'Save this search' });
    await naming.getByLabel('Name').fill('What failed');
    await naming.getByRole('button', { name: 'Save' }).click();
    await naming.waitFor({ state: 'hidden' });

    await page.goto(`${pictor.url}/requests`);
    await openMenu();
    await menu.getByRole('button', { name: 'What failed', exact: true }).click();
    await page.getByRole('button', { name: 'Remove filter: Status is one of failed' }).waitFor();
    await lines(page).first().getByText('Failed').waitFor();
    await openMenu();
    await menu.getByRole('button', { name: 'Rename What failed' }).click();
    const renaming = page.getByRole('dialog', { name: 'Rename the search' });
    await renaming.getByLabel('Name').fill('Failures');
    await renaming.getByRole('button', { name: 'Save' }).click();
    await renaming.waitFor({ state: 'hidden' });
    await openMenu();
    await menu.getByRole('button', { name: 'Delete Failures' }).click();
    const deleting = page.getByRole('dialog', { name: /Delete “Failures”/ });
    await deleting.getByRole('button', { name: 'Delete the search' }).click();
    await deleting.waitFor({ state: 'hidden' });
    await openMenu();
    await menu.getByText('None yet').waitFor();
  });

  test('exports exactly what is found, and counts it', async () => {
    const page = await openAt('/requests?q=rare42&numbers=365');
    await lines(page).first().waitFor();
    const found = await pictor.call('/api/requests/search', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ q: 'rare42', limit: 200 }),
    });
    const { data } = (await found.json()) as { data: { id: string }[] };
    expect(data.length).toBe(requestCount / 5_000);
    const exportAs = async (name: RegExp): Promise<string> => {
      await page.getByRole('button', { name: 'Export' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name }).click(),
      ]);
      return await textOf(download);
    };
    const rows = (await exportAs(/JSON lines/)).trim().split('\n');
    expect(rows.map((row) => JSON.parse(row).id)).toEqual(data.map(({ id }) => id));
    expect((await exportAs(/CSV/)).trim().split('\n')).toHaveLength(data.length + 1);

    const numbers = page.getByRole('region', { name: 'Numbers' });
    await numbers.getByRole('button', { name: 'dall-e-3' }).waitFor();
    expect(await numbers.textContent()).toMatch(/Requests19.*Latency p50.*p95/);
    await numbers.getByRole('button', { name: 'dall-e-3' }).click();
    await page.getByRole('button', { name: 'Remove filter: Model is one of dall-e-3' }).waitFor();
  });

  test('a request is sent again to another model, and the two know each other; notes are kept', async () => {
    await generate('A bicycle against a wall');
    const page = await openAt('/requests');
    await lines(page).filter({ hasText: 'A bicycle against a wall' }).click();
    await page.getByRole('button', { name: 'Send again' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send the request again' });
    await dialog.getByRole('textbox', { name: 'Prompt' }).fill('A red bicycle against a wall');
    await dialog.getByRole('button', { name: 'Send changed' }).click();
    await page.getByRole('link', { name: /open the new request/ }).click();
    await page.getByRole('heading', { name: 'A red bicycle against a wall' }).waitFor();
    const origin = page.getByRole('region', { name: 'Family' }).getByRole('link');
    await page.getByText('Sent again from').waitFor();

    await page.getByRole('combobox', { name: 'Tags' }).fill('bikes');
    await page.getByRole('combobox', { name: 'Tags' }).press('Enter');
    await page.getByRole('textbox', { name: 'Score' }).fill('taste');
    await page.getByRole('textbox', { name: '0 to 100' }).fill('80');
    await page.getByRole('button', { name: 'Add score' }).click();
    await page.getByRole('textbox', { name: 'Metadata' }).fill('campaign');
    await page.getByRole('textbox', { name: 'Value' }).fill('<img src=x onerror=alert(1)>');
    await page.getByRole('button', { name: 'Add metadata' }).click();
    await page.getByRole('button', { name: 'New group' }).click();
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await expect
      .poll(async () => (await pictor.call(`/api/requests/${id}`)).json())
      .toMatchObject({
        tags: ['bikes'],
        scores: { taste: 80 },
        metadata: { campaign: '<img src=x onerror=alert(1)>' },
        group: 1,
      });
    await page.getByRole('button', { name: 'Remove campaign' }).click();
    await expect
      .poll(async () => (await pictor.call(`/api/requests/${id}`)).json())
      .toMatchObject({ metadata: {} });

    await origin.click();
    await page.getByText('Sent again as').waitFor();
    expect(await page.getByRole('region', { name: 'Family' }).getByRole('link').textContent()).toBe(id);
  });

  test('tells of new requests without moving the list', async () => {
    const page = await openAt('/requests');
    await lines(page).first().waitFor();
    const first = await lines(page).first().getAttribute('href');
    await generate('A kite over the dunes');
    await page.getByRole('button', { name: '1 new request' }).waitFor();
    expect(await lines(page).first().getAttribute('href')).toBe(first);
    await page.getByRole('button', { name: '1 new request' }).click();
    await lines(page).first().getByText('A kite over the dunes').waitFor();
  });
});

describe('on every screen', () => {
  const hostile = encodeURIComponent(
    JSON.stringify({
      logic: 'AND',
      filters: [{ field: 'prompt', operator: 'not_contains', value: `<img src=x>${'wide'.repeat(200)}` }],
    }),
  );
  const pages = [
    { path: '/images', ready: (page: Page) => tiles(page).first() },
    { path: '/images?q=zeppelin', ready: (page: Page) => page.getByText('No image fits') },
    {
      path: `/requests?numbers=30&filter=${hostile}`,
      ready: (page: Page) => page.getByText('Requests by day'),
    },
    {
      path: `/requests/${seededRequest(7)}`,
      ready: (page: Page) => page.getByText('It came too late.').first(),
    },
  ];
  test.each([
    { width: 390, colorScheme: 'light' },
    { width: 390, colorScheme: 'dark' },
    { width: 1280, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
    { width: 2560, colorScheme: 'light' },
  ] as const)('$width px, $colorScheme: usable by all, and nothing sticks out', async (screen) => {
    const { width, colorScheme } = screen;
    const page = await openAt('/images', { viewport: { width, height: 900 }, colorScheme });
    for (const { path, ready } of pages) {
      await page.goto(`${pictor.url}${path}`);
      await ready(page).waitFor();
      expect(await listOverflowing(page)).toEqual([]);
      expect(await listAccessFaults(page)).toEqual([]);
    }
  });
});
