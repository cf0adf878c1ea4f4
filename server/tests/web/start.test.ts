import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

beforeAll(async () => {
  pictor = await startPictor();
});

afterAll(async () => {
  await pictor?.stop();
  await removeDataDirs();
});

test('an empty instance explains itself, draws an example with one press, and leads on', async () => {
  const page = await openPage();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openSignedIn(page, pictor, '/images');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Start' }).click();
  await page.getByText('sketch, draws for every model').waitFor();
  await page.getByText('OPENAI_API_KEY', { exact: true }).first().waitFor();
  expect(await page.title()).toContain('Start');

  await page.getByRole('button', { name: /lighthouse/ }).click();
  const example = page.getByRole('region', { name: 'Finished example' });
  await example.getByRole('img').first().waitFor();
  await example.getByText('An example, drawn by sketch').waitFor();
  for (const width of [390, 1280, 2560]) {
    await page.setViewportSize({ width, height: 1800 });
    expect(await listOverflowing(page)).toEqual([]);
    await page.screenshot({ path: `${screenshotFolder}start-${width}.png` });
  }
  expect(await listAccessFaults(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await listAccessFaults(page)).toEqual([]);
  await page.screenshot({ path: `${screenshotFolder}start-dark.png` });
  await page.reload();
  await example.getByRole('img').first().waitFor();

  // The copied code has the address of this very server.
  await page.getByText('openai, Python').click();
  await page.getByRole('button', { name: 'Copy: Code' }).click();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  expect(code).toContain(`base_url="${pictor.url}/v1"`);
  expect(new URL(page.url()).searchParams.get('client')).toBe('python');
  await page.getByRole('link', { name: 'Make a key' }).click();
  await page.getByLabel('Name').fill('My client');
  await page.getByRole('button', { name: 'Make the key' }).click();
  const apiKey = await page.getByLabel('Key “My client”', { exact: true }).inputValue();
  const client = new OpenAI({ apiKey, baseURL: `${pictor.url}/v1`, maxRetries: 0 });
  const answer = await client.images.generate({ model: 'gpt-image-2', prompt: 'A lighthouse at sunset' });
  expect(answer.data?.[0]?.b64_json?.length).toBeGreaterThan(1000);
  await page.getByRole('button', { name: 'I have copied it' }).click();

  // Once there are requests, the way in is no longer offered.
  await page.goto(`${pictor.url}/requests`);
  await page.getByRole('link', { name: 'Requests', exact: true }).waitFor();
  await expect
    .poll(() => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Start' }).count())
    .toBe(0);
});
