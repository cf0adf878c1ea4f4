import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  listAccessFaults,
  listOverflowing,
  openSignedIn,
  screenshotFolder,
  useBrowser,
} from '../support/open-browser.ts';
import { openReceiver, type Receiver } from '../support/open-receiver.ts';
import { type Pictor, removeDataDirs, startPictor } from '../support/start-pictor.ts';

const { openPage } = useBrowser();
let pictor: Pictor;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await openReceiver();
  pictor = await startPictor({ env: { PICTOR_FETCH_ALLOW: receiver.host } });
});

afterAll(async () => {
  await pictor?.stop();
  await receiver?.close();
  await removeDataDirs();
});

const list = (page: Page, name: string) => page.getByRole('list', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog');
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function judge(page: Page, name: string): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await listOverflowing(page)).toEqual([]);
    await page.screenshot({ path: `${screenshotFolder}settings-${name}-${width}.png` });
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await listAccessFaults(page)).toEqual([]);
  await page.screenshot({ path: `${screenshotFolder}settings-${name}-dark.png` });
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await listAccessFaults(page)).toEqual([]);
}

test('a project is made, chosen for the whole browser, renamed, and deleted after its losses are named', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/settings');
  await page.waitForURL('**/settings/projects');
  const name = '<img src=x onerror=alert(1)> ‮shop';
  await press(page, 'New project');
  await dialog(page).getByLabel('Name').fill(name);
  await press(page, 'Make the project');
  await press(page, `Use ${name}`);
  await page.getByRole('button', { name: `Project: ${name}. Change it` }).waitFor();
  await judge(page, 'projects');

  // What is made now is of the chosen project, pictures included.
  await page.goto(`${pictor.url}/?model=sketch-1`);
  const made = await page.evaluate(async () => {
    const body = JSON.stringify({ model: 'sketch-1', prompt: 'A kite', size: '512x512' });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/v1/images/generations', { method: 'POST', headers, body });
    const { pictor: report } = await answer.json();
    const request = await (await fetch(`/api/requests/${report.request}`)).json();
    const image = await fetch(request.images[0].url);
    return { request: report.request, image: image.status };
  });
  expect(made.image).toBe(200);
  expect((await pictor.call(`/api/requests/${made.request}`)).status).toBe(404);

  await page.goto(`${pictor.url}/settings/projects`);
  await press(page, `Rename ${name}`);
  await dialog(page).getByLabel('Name').fill('Web shop');
  await dialog(page).getByRole('button', { name: 'Rename' }).click();
  await press(page, 'Delete Web shop');
  await dialog(page).getByText('1 request, 1 image').waitFor();
  await dialog(page).getByRole('button', { name: 'Delete the project' }).click();
  await page.getByRole('button', { name: /^Project: Default/ }).waitFor();
  await expect.poll(() => list(page, 'Projects').getByRole('listitem').count()).toBe(1);
});

test('a key is shown once, works within its bounds, and is rolled and revoked', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/settings/keys?make=true');
  await dialog(page).getByLabel('Name').fill('Newsletter');
  await dialog(page).getByLabel('Models').fill('sketch-*');
  await page.keyboard.press('Enter');
  await dialog(page).getByLabel('It ends').click();
  await page.getByRole('option', { name: 'In 30 days' }).click();
  await press(page, 'Make the key');
  const shown = page.getByLabel('Key “Newsletter”', { exact: true });
  const key = await shown.inputValue();
  await page.screenshot({ path: `${screenshotFolder}settings-new-key.png` });
  const models = await fetch(`${pictor.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  const names = ((await models.json()) as { data: { id: string }[] }).data.map(({ id }) => id);
  expect(names.every((id) => id.startsWith('sketch'))).toBe(true);
  await press(page, 'I have copied it');
  await list(page, 'Keys').getByText('only sketch-*').waitFor();
  await judge(page, 'keys');
  expect(await page.content()).not.toContain(key);

  await press(page, 'Roll Newsletter');
  await press(page, 'Roll the key');
  expect(await shown.inputValue()).not.toBe(key);
  await press(page, 'I have copied it');
  await press(page, 'Revoke Newsletter');
  await press(page, 'Revoke the key');
  await list(page, 'Keys').getByText('revoked', { exact: true }).waitFor();
});

test('budgets and rate limits are set, changed and taken away', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/settings/budgets');
  await press(page, 'New budget');
  await dialog(page).getByLabel('Limit in USD').fill('12.5');
  await dialog(page).getByText('Soft: warn').click();
  await press(page, 'Set the budget');
  await list(page, 'Budgets').getByText('$12.50 a month for the whole project').waitFor();
  await press(page, 'Change');
  await dialog(page).getByLabel('Limit in USD').fill('30');
  await press(page, 'Save');
  await list(page, 'Budgets').getByText('$30.00 a month for the whole project').waitFor();
  await judge(page, 'budgets');
  await press(page, 'Delete');
  await press(page, 'Delete the budget');
  await page.getByText('No budgets yet').waitFor();

  await page.getByRole('link', { name: 'Rate limits' }).click();
  await press(page, 'New limit');
  await dialog(page).getByLabel('Within any minute').fill('30');
  await press(page, 'Set the limit');
  await list(page, 'Rate limits').getByText('30 images a minute').waitFor();
  await judge(page, 'limits');
  await press(page, 'Delete');
  await press(page, 'Delete the limit');
  await page.getByText('No rate limits yet').waitFor();
});

test('a webhook shows its secret once, is tried, and its log sends a message again', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/settings/webhooks');
  await press(page, 'New webhook');
  await dialog(page).getByLabel('Address').fill('http://10.0.0.1/hook');
  await press(page, 'Register');
  await dialog(page).getByRole('alert').getByText('invalid_value').waitFor();
  await dialog(page).getByLabel('Address').fill(receiver.url);
  await press(page, 'Register');
  expect(await page.getByLabel('Secret', { exact: true }).inputValue()).toMatch(/^whsec_/);
  await press(page, 'I have copied it');
  receiver.answer((response) => void response.writeHead(500).end());
  await press(page, `Send a test to ${receiver.url}`);
  await page.getByText('The test was not taken').waitFor();
  receiver.answer((response) => void response.writeHead(204).end());
  await press(page, `Attempts of ${receiver.url}`);
  await page.getByRole('button', { name: 'Resend' }).click();
  await page
    .getByRole('row', { name: /delivered/ })
    .first()
    .waitFor();
  await judge(page, 'webhooks');
  expect(new URL(page.url()).searchParams.get('webhook')).toMatch(/^whk_/);
  await press(page, `Delete ${receiver.url}`);
  await press(page, 'Delete the webhook');
  await page.getByText('No webhooks yet').waitFor();
});

test('retention has a dry run, a rule and an act, and the rest of the settings are there', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/settings/retention');
  await page.getByLabel('Images, days').fill('30');
  await press(page, 'Dry run');
  await page.getByText('Now it would take 0 requests').waitFor();
  await press(page, 'Save the rule');
  await page.getByText('The rule is saved.').waitFor();
  await judge(page, 'retention');
  await press(page, 'Run it now');
  await dialog(page).getByText('cannot be undone').waitFor();
  await press(page, 'Take it away');
  await dialog(page).waitFor({ state: 'detached' });
  await page.reload();
  expect(await page.getByLabel('Images, days').inputValue()).toBe('30');
  await page.getByRole('link', { name: 'Appearance' }).click();
  await page.getByRole('radio', { name: 'Dark' }).click();
  expect(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe('dark');
  await judge(page, 'appearance');
  await page.getByRole('link', { name: 'About' }).click();
  await page.getByText('the root key', { exact: true }).waitFor();
  await judge(page, 'about');
});

test('a session of a key that may not manage is told so', async () => {
  const made = await pictor.call('/api/projects/proj_default/keys', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Reader', scopes: ['read'] }),
  });
  const { key } = (await made.json()) as { key: string };
  const page = await openPage();
  await openSignedIn(page, { ...pictor, key }, '/settings/projects');
  await page.getByText('Only the root key').waitFor();
  await page.getByRole('link', { name: 'API keys' }).click();
  await page.getByText('does not have the scope').waitFor();
  await page.goto(`${pictor.url}/models?tab=providers`);
  await page.getByText('Only a session of the root key sees them').waitFor();
});
