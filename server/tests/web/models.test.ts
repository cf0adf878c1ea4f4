import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  listAccessFaults,
  listOverflowing,
  openSignedIn,
  screenshotFolder,
  useBrowser,
} from '../support/open-browser.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from '../support/start-pictor.ts';
import { jsonAnswer, type ServedUpstream, serveUpstream } from '../upstreams/serve-upstream.ts';

const key = 'sk-checked-0123456789abcdef';
const { openPage } = useBrowser();
let upstream: ServedUpstream;
let pictor: Pictor;

/** Two accounts of one service: it takes the key of the first only, and draws for nobody. */
beforeAll(async () => {
  upstream = await serveUpstream(async ({ headers, path }) => {
    if (headers.authorization !== `Bearer ${key}`)
      return jsonAnswer(401, { error: { message: 'Incorrect API key.', code: 'invalid_api_key' } });
    if (path === '/v1/models') return jsonAnswer(200, { object: 'list', data: [] });
    return jsonAnswer(500, { error: { message: 'The service is away.' } });
  });
  const configFile = join(await newDataDir(), 'pictor.yaml');
  const account = (name: string, variable: string) =>
    `    - { name: ${name}, api_key: "$\{${variable}}", base_url: "${upstream.origin}/v1" }\n`;
  await writeFile(
    configFile,
    `providers:\n  openai:\n${account('good', 'GOOD_KEY')}${account('bad', 'BAD_KEY')}`,
  );
  const env = { PICTOR_CONFIG: configFile, GOOD_KEY: key, BAD_KEY: 'sk-wrong-0123456789' };
  pictor = await startPictor({ env });
});

afterAll(async () => {
  await pictor?.stop();
  await upstream?.close();
  await removeDataDirs();
});

test('the catalogue is searched, filtered by what a model can do, and tells prices with their source', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/models');
  await page.getByText('gpt-image-1-mini will be shut down on').waitFor();
  await page.getByLabel('Search').fill('gpt-image');
  await page.getByText('Free sizes', { exact: true }).first().click();
  await page.getByText('Transparent', { exact: true }).first().click();
  await expect.poll(() => page.getByRole('heading', { name: 'GPT Image 2', exact: true }).count()).toBe(0);
  const url = new URL(page.url());
  expect([url.searchParams.get('q'), url.searchParams.get('can')]).toEqual([
    'gpt-image',
    '["transparent","free-size"]',
  ]);
  await page.reload();
  await page.getByRole('button', { name: 'Facts of GPT Image 2.6 Sunburst' }).click();
  const price = page.locator('dd').filter({ hasText: '1M tokens, images out' });
  expect(await price.textContent()).toMatch(/\$\d.*holds since 20\d\d-.*read on 20\d\d-/);
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 1200 });
    expect(await listOverflowing(page)).toEqual([]);
    await page.screenshot({ path: `${screenshotFolder}models-${width}.png` });
  }
  expect(await listAccessFaults(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await listAccessFaults(page)).toEqual([]);
  await page.screenshot({ path: `${screenshotFolder}models-dark.png` });
  await page.getByRole('link', { name: 'Try GPT Image 2.6 Sunburst in the playground' }).click();
  await page.getByRole('button', { name: 'Model: GPT Image 2.6 Sunburst. Change it' }).waitFor();
});

test('providers show their health, what a check finds wrong, and the variables of those that are missing', async () => {
  await pictor
    .client()
    .images.generate({ model: 'gpt-image-2', prompt: 'A cup' })
    .catch((error: unknown) => error);
  const page = await openPage();
  await openSignedIn(page, pictor, '/models?tab=providers');
  const configured = page.getByRole('list', { name: 'Configured providers' });
  await configured.getByText(/gpt-image-2 failed the last call: .*status 500/).waitFor();
  await page.getByRole('button', { name: 'Check all' }).click();
  await page
    .getByRole('list', { name: 'What the check of bad found' })
    .getByText(/401|key/i)
    .first()
    .waitFor();
  expect(await page.content()).not.toContain('sk-wrong-0123456789');
  const missing = page.getByRole('list', { name: 'Providers that are not configured' });
  await missing.getByText('GEMINI_API_KEY', { exact: true }).waitFor();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 1500 });
    expect(await listOverflowing(page)).toEqual([]);
    await page.screenshot({ path: `${screenshotFolder}providers-${width}.png` });
  }
  expect(await listAccessFaults(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await listAccessFaults(page)).toEqual([]);
});
