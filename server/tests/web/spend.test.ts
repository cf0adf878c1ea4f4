import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, runSql } from '../../src/database/index.ts';
import {
  listAccessFaults,
  listOverflowing,
  openSignedIn,
  screenshotFolder,
  useBrowser,
} from '../support/open-browser.ts';
import { type Pictor, removeDataDirs, startPictor } from '../support/start-pictor.ts';

const { openPage } = useBrowser();
let pictor: Pictor;

/** Four calls on each of the last twenty days, one of them of unknown cost. */
const insertEntries = `insert into ledger_entries (id, project_id, api_key_id, attempt, kind, provider, engine,
    model_id, outcome, charged, images, text_in, image_out, usage_source, price_row, cost_nano_usd,
    list_cost_nano_usd, prompt_name, tags, created_at, booked_at)
  select 'ent_' || lpad(i::text, 8, '0'), 'proj_default', 'key_root', 1, 'image', 'openai', 'openai',
    (array['gpt-image-2', 'gpt-image-1', 'dall-e-3', '<img src=x onerror=alert(1)>'])[1 + i % 4],
    'succeeded', case when i % 4 = 3 then 'maybe' else 'yes' end, '[{"size": "1024x1024"}]', 20, 4000, 'provider',
    'openai/gpt-image-2/2026-04-21', case when i % 4 = 3 then null else (1 + i % 4) * 50000000 end,
    (1 + i % 4) * 50000000, case when i % 2 = 0 then 'hero' end,
    case when i % 4 = 0 then '["autumn", "shop"]'::jsonb else '[]'::jsonb end,
    now() - (i / 4) * interval '1 day', now()
  from generate_series(0, 79) as i`;

beforeAll(async () => {
  const first = await startPictor();
  await first.stop();
  const { dataDir } = first;
  const database = await openDatabase({ dataDir, fsync: 'off' });
  await runSql(database.sql, insertEntries);
  await database.close();
  pictor = await startPictor({ dataDir });
  for (const body of [
    { period: 'total', limit: 8 },
    { period: 'day', limit: 0.2, mode: 'soft' },
  ]) {
    const made = await pictor.call('/api/budgets', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(made.status).toBe(200);
  }
});

afterAll(async () => {
  await pictor?.stop();
  await removeDataDirs();
});

const sums = (page: Page) => page.getByRole('region', { name: /^Spend by/ });
const entries = (page: Page) => page.getByRole('region', { name: 'Entries' });

test('sums by model with unknown costs apart, and the same in two themes and every width', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/spend');
  const row = (name: string) => sums(page).getByRole('row', { name });
  expect(await row('dall-e-3').textContent()).toContain('$3.00');
  // A cost that nobody knows is no zero.
  const hostile = await row('<img src=x').textContent();
  expect(hostile).toContain('unknown');
  expect(hostile).toContain('20 of 20');
  expect(await row('All, each once').textContent()).toContain('$6.00');
  await page.getByText('they are not free').waitFor();
  for (const width of [390, 1280, 2560]) {
    await page.setViewportSize({ width, height: 1500 });
    expect(await listOverflowing(page)).toEqual([]);
    await page.screenshot({ path: `${screenshotFolder}spend-${width}.png` });
  }
  expect(await listAccessFaults(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 1280, height: 1500 });
  expect(await listAccessFaults(page)).toEqual([]);
  await page.screenshot({ path: `${screenshotFolder}spend-dark.png` });
});

test('another grouping, a day of the chart, its entries, and the way to the requests', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/spend?by=prompt&period=7d');
  await sums(page).getByRole('row', { name: 'hero' }).getByRole('link', { name: 'entries' }).click();
  await expect.poll(() => entries(page).getByRole('row').count()).toBe(1 + 14);
  expect(new URL(page.url()).searchParams.get('group')).toBe('hero');
  const chart = page.getByRole('button', { name: /^Cost for each day/ });
  await chart.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect.poll(() => entries(page).getByRole('row').count()).toBe(1 + 2);
  await page.reload();
  await expect.poll(() => entries(page).getByRole('row').count()).toBe(1 + 2);

  await page.getByRole('combobox', { name: 'By' }).click();
  await page.getByRole('option', { name: 'Tag' }).click();
  await sums(page).getByRole('row', { name: 'without a tag' }).waitFor();
  expect(await sums(page).getByRole('row', { name: 'autumn' }).textContent()).toContain('$0.35');
  const link = sums(page).getByRole('row', { name: 'autumn' }).getByRole('link', { name: 'requests' });
  await link.click();
  await page.waitForURL('**/requests?filter=**');
  expect(new URL(page.url()).searchParams.get('filter')).toContain('autumn');
});

test('budgets say how far they reach, and both lists can be taken along', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/spend?by=day');
  const budgets = page.getByRole('region', { name: 'Budgets' });
  await budgets.getByText('$6.00 of $8.00 spent').waitFor();
  await budgets.getByText(/^At \$0\.30 a day the limit is reached around /).waitFor();
  await budgets.getByText(/^Used up\. Requests are answered with a warning until/).waitFor();
  const saved = async (button: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    return {
      name: download.suggestedFilename(),
      lines: (await readFile(await download.path(), 'utf8')).trim().split('\n'),
    };
  };
  const spend = await saved('Sums as CSV');
  expect(spend).toMatchObject({ name: 'spend-by-day.csv' });
  expect(spend.lines).toHaveLength(1 + 20);
  const ledger = await saved('Entries as CSV');
  expect(ledger).toMatchObject({ name: 'ledger.csv' });
  expect(ledger.lines).toHaveLength(1 + 80);
});
