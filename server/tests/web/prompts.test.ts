import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Pictor as PictorClient } from '@pictor/sdk';
import type { Page } from 'playwright-core';
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
let sdk: PictorClient;

beforeAll(async () => {
  pictor = await startPictor();
  sdk = new PictorClient({ baseUrl: pictor.url, apiKey: pictor.key });
});
afterAll(async () => {
  await pictor?.stop();
  await removeDataDirs();
});

const model = {
  provider: 'openai',
  name: 'gpt-image-2',
  api_type: 'images' as const,
  parameters: { size: '1024x1024', quality: 'low' },
};
const words = (text: string) => ({ type: 'completion' as const, content: [{ type: 'text' as const, text }] });

/** A prompt with two versions, and a label on the first. */
async function savePrompt(name: string): Promise<string> {
  const { id } = await sdk.prompts.create({
    name,
    folder: 'brand/autumn',
    tags: ['print'],
    template: words('A card with {subject},\nin watercolour'),
    model,
    commit_message: 'First words',
    labels: ['live'],
  });
  await sdk.prompts.addVersion(id, {
    template: words('A card with {subject},\nin gouache, {mood}'),
    model: { ...model, parameters: { size: '1536x1024' } },
    commit_message: 'Warmer, and a mood',
  });
  return id;
}

const editor = (page: Page) => page.getByRole('textbox', { name: 'Text, block 1, text' });
const line = (page: Page, version: number) =>
  page.getByRole('list', { name: 'Versions and their labels' }).getByRole('listitem', {
    name: `Version ${version}`,
  });
const label = (page: Page, name: string) => page.getByRole('button', { name: `Label ${name}` });

test('a prompt is made, written, tried, kept over a reload, and saved as a new version', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/prompts');
  await page.getByRole('heading', { name: 'No prompts yet' }).waitFor();
  await page.getByRole('button', { name: 'New prompt' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('kite');
  await dialog.getByLabel('First words').fill('A {colour} kite');
  await dialog.getByRole('button', { name: 'Create prompt' }).click();
  await page.getByRole('heading', { name: 'kite', level: 1 }).waitFor();

  await page.getByLabel('colour', { exact: true }).fill('red');
  await page.getByRole('region', { name: 'What is sent' }).getByText('A red kite').waitFor();
  await page.getByRole('button', { name: 'Run version 1' }).click();
  const result = page.getByRole('article', { name: 'Result of the run' });
  await result.getByText(/Version 1 · .* · /).waitFor();
  expect((await sdk.requests.list()).data[0]?.prompt).toBe('A red kite');

  await sdk.prompts.create({ name: 'house style', template: words('in soft light, {mood}') });
  await editor(page).fill('A {colour} kite, ');
  await page.getByRole('button', { name: 'Insert snippet into Text, block 1' }).click();
  await page.getByRole('option', { name: /house style/ }).click();
  expect(await editor(page).inputValue()).toBe('A {colour} kite, @@@house style@@@');
  await page.getByText('A red kite, in soft light').waitFor();
  await page.getByText('No value yet, so nothing stands there:').waitFor();

  await page.getByRole('combobox', { name: 'size', exact: true }).fill('7x7');
  await page.getByText(/7x7/).and(page.locator('[class*=error]')).waitFor();
  await page.reload();
  expect(await editor(page).inputValue()).toBe('A {colour} kite, @@@house style@@@');
  expect(await page.getByLabel('colour', { exact: true }).inputValue()).toBe('red');
  await page.getByRole('button', { name: 'Save as version 2' }).click();
  await page.getByRole('alert').getByText(/size/).first().waitFor();
  await page.getByRole('combobox', { name: 'size', exact: true }).fill('1536x1024');
  await page.getByLabel('What changed', { exact: true }).fill('A house style');
  await page.getByRole('button', { name: 'Save as version 2' }).click();
  await page.getByRole('button', { name: 'Run version 2' }).waitFor();
  expect(await page.getByRole('form', { name: 'Save' }).count()).toBe(0);
  expect(await sdk.prompts.version('kite', 2)).toMatchObject({
    commit_message: 'A house style',
    model: { parameters: { size: '1536x1024' } },
  });
  await page.goto(`${pictor.url}/prompts/house style?tab=usage`);
  await page.getByRole('region', { name: 'Used as a snippet' }).getByRole('link', { name: 'kite' }).waitFor();
});

test('versions show what they made and what changed, and an old one is restored', async () => {
  const id = await savePrompt('versions');
  await sdk.prompts.run(id, { version: 1, variables: { subject: 'a fox' } });
  const page = await openPage();
  await openSignedIn(page, pictor, `/prompts/${id}?tab=versions`);
  const first = page.getByRole('article', { name: 'Version 1' });
  await first.getByRole('link', { name: /Request: A card with a fox/ }).waitFor();
  await page.getByRole('button', { name: 'What changed in version 2' }).click();
  const changes = page.getByRole('region', { name: 'What changed' });
  await changes.getByText('Removed: in watercolour').waitFor();
  await changes.getByText('Added: in gouache, {mood}').waitFor();
  await changes.getByRole('row', { name: 'model.parameters.size 1024x1024 1536x1024' }).waitFor();
  expect(page.url()).toMatch(/older=1&newer=2|newer=2&older=1/);
  await page.screenshot({ path: `${screenshotFolder}prompt-versions.png` });
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  await page.getByRole('button', { name: 'Save it as version 3' }).click();
  await page.getByRole('article', { name: 'Version 3' }).getByText('Version 1 again').waitFor();
  expect((await sdk.prompts.diff(id, 1, 3)).members).toEqual([]);

  await page.getByRole('tab', { name: 'Usage' }).click();
  await page.getByRole('row', { name: /^v1 1 0 1/ }).waitFor();
  await page.getByRole('tab', { name: 'Code' }).click();
  await page.getByRole('region', { name: 'Program' }).getByText(pictor.url).waitFor();
  await page.getByRole('combobox', { name: 'Which version' }).click();
  await page.getByRole('option', { name: 'Label live' }).click();
  await page.getByText('curl', { exact: true }).click();
  const program = page.getByRole('region', { name: 'Program' });
  await program.getByText('"label": "live"').waitFor();
  expect(await program.textContent()).toContain(`${pictor.url}/api/prompts/versions/run`);
});

test('a label moves by mouse and by keyboard, is protected, and splits its traffic', async () => {
  const id = await savePrompt('labels');
  const page = await openPage();
  await openSignedIn(page, pictor, `/prompts/${id}?tab=labels`);
  const [from, to] = [await label(page, 'live').boundingBox(), await line(page, 2).boundingBox()];
  if (from === null || to === null) throw new Error('The board is not there.');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + to.height / 2, { steps: 8 });
  await page.mouse.up();
  await line(page, 2).getByRole('button', { name: 'Label live' }).waitFor();
  await page.getByText('live moved from version 1 to version 2').waitFor();

  await label(page, 'live').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Protect it' }).click();
  await label(page, 'live').getByLabel('protected').waitFor();
  await label(page, 'live').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: /^Version 1/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('This label is protected').waitFor();
  await page.getByRole('button', { name: 'Move to version 1' }).click();
  await line(page, 1).getByRole('button', { name: 'Label live' }).waitFor();

  await label(page, 'live').click();
  await page.getByRole('menuitem', { name: 'Split its traffic…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Everybody, share 2, percent' }).fill('30');
  await dialog.getByText('120 %: the shares have to make 100 %').waitFor();
  expect(await dialog.getByRole('button', { name: 'Save split' }).isDisabled()).toBe(true);
  await dialog.getByRole('textbox', { name: 'Everybody, share 1, percent' }).fill('70');
  await dialog.getByRole('button', { name: 'Other shares for some requests' }).click();
  await dialog.getByLabel('Who gets what?').fill('plan=free');
  await dialog.getByText('Such a request always gets version 1.').waitFor();
  await dialog.getByLabel('Who gets what?').fill('plan=pro');
  await dialog.getByText('version 1 in 70 %, version 2 in 30 %').waitFor();
  await page.screenshot({ path: `${screenshotFolder}prompt-split.png` });
  expect(await listAccessFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save split' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect((await sdk.prompts.labels(id)).data).toMatchObject([
    {
      name: 'live',
      protected: true,
      split: {
        shares: [
          { version: 1, percent: 70 },
          { version: 2, percent: 30 },
        ],
        segments: [{ metadata: { plan: ['free'] } }],
      },
    },
  ]);
});

test('the list is searched and filtered, and the registry goes out as files and comes back', async () => {
  await savePrompt('filed');
  await sdk.prompts.create({ name: 'loose words', template: words('in soft light') });
  const page = await openPage();
  await openSignedIn(page, pictor, '/prompts?folder=brand');
  const list = page.getByRole('list', { name: 'Prompts' });
  await list.getByRole('link', { name: /filed/ }).waitFor();
  expect(await list.getByRole('link', { name: /loose words/ }).count()).toBe(0);
  await page.getByLabel('Search by name').fill('no such');
  await page.getByRole('heading', { name: 'No prompt fits' }).waitFor();
  await page.reload();
  expect(await page.getByLabel('Search by name').inputValue()).toBe('no such');
  await page.getByRole('button', { name: 'Show all prompts' }).click();
  await page.getByText('Snippets', { exact: true }).click();
  await list.getByRole('link', { name: /loose words/ }).waitFor();
  expect(page.url()).toContain('type=snippet');

  await page.getByRole('button', { name: 'Files' }).click();
  await page.getByRole('menuitem', { name: 'Export all prompts…' }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: /Download \d+ files/ }).click();
  const archive = join(pictor.dataDir, 'prompts.zip');
  await (await coming).saveAs(archive);
  await page.getByRole('button', { name: 'Close', exact: true }).last().click();
  const bring = async (path: string): Promise<void> => {
    await page.getByRole('button', { name: 'Files' }).click();
    await page.getByRole('menuitem', { name: 'Import from files…' }).click();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files' }).click();
    await (await choosing).setFiles(path);
  };
  await bring(archive);
  await page.getByText('This would happen:').waitFor();
  await page.getByText('unchanged').first().waitFor();
  await page.getByRole('button', { name: /^Import \d+ files$/ }).click();
  await page.getByText('Done:').waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).last().click();
  const broken = join(pictor.dataDir, 'broken.yaml');
  await writeFile(broken, 'name: x');
  await bring(broken);
  await page
    .getByRole('alert')
    .getByText(/broken.yaml is no prompt/)
    .waitFor();
});

test('is renamed, archived and brought back, and drafts wait where they were left', async () => {
  const id = await savePrompt('details');
  await savePrompt('taken');
  const page = await openPage();
  await openSignedIn(page, pictor, `/prompts/${id}`);
  await editor(page).fill('Something else');
  await page.getByRole('tab', { name: 'Code' }).click();
  await page.goto(`${pictor.url}/prompts?q=details`);
  await page.getByText('unsaved draft').waitFor();
  await page.getByRole('link', { name: /details/ }).click();
  expect(await editor(page).inputValue()).toBe('Something else');
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  expect(await editor(page).inputValue()).toContain('in gouache');
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('taken');
  await page.getByRole('button', { name: 'Save details' }).click();
  await page.getByText(/There is another prompt named 'taken'/).waitFor();
  await page.getByRole('dialog').getByLabel('Name').fill('new name');
  await page.getByRole('button', { name: 'Save details' }).click();
  await page.getByRole('heading', { name: 'new name', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'More about this prompt' }).click();
  await page.getByRole('menuitem', { name: 'Archive…' }).click();
  await page.getByRole('button', { name: 'Archive prompt' }).click();
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await page.getByRole('button', { name: 'Bring it back' }).waitFor({ state: 'detached' });
  expect((await sdk.prompts.get(id)).archived).toBe(false);
});

/** A chat whose every name is as bad as names can be. */
async function saveHostile(): Promise<string> {
  const hostile = `<img src=x onerror=alert(1)> \u202e${'long'.repeat(110)}`;
  const { id } = await sdk.prompts.create({
    name: hostile,
    folder: `deep/${'folder'.repeat(40)}`,
    tags: ['<b>tag</b>', 'x'.repeat(100)],
    labels: ['<i>label</i>', 'y'.repeat(200)],
    commit_message: `<script>${'z'.repeat(900)}`,
    template: {
      type: 'chat',
      messages: [
        { role: 'system', content: [{ type: 'text', text: `${'word'.repeat(2500)} {thing}` }] },
        { role: 'user', content: [{ type: 'media_variable', name: 'photos' }] },
        { role: 'placeholder', name: 'history', content: [] },
      ],
      tools: [{ type: 'image_generation', config: { quality: 'low' } }],
    },
    model: { provider: 'openai', name: 'gpt-5.4', api_type: 'responses' },
  });
  return id;
}
let hostileId: string | undefined;

test.each([
  { width: 390, colorScheme: 'light', tabs: ['editor', 'versions', 'labels', 'usage', 'code'] },
  { width: 1280, colorScheme: 'dark', tabs: ['editor', 'versions', 'labels', 'usage', 'code'] },
  { width: 2560, colorScheme: 'light', tabs: ['editor'] },
] as const)(
  'shows hostile names as text at $width px, $colorScheme',
  async ({ width, colorScheme, tabs }) => {
    hostileId ??= await saveHostile();
    const page = await openPage({ viewport: { width, height: 900 }, colorScheme });
    await openSignedIn(page, pictor, '/prompts');
    for (const path of ['', ...tabs.map((tab) => `/${hostileId}?tab=${tab}`)]) {
      await page.goto(`${pictor.url}/prompts${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      const name = `prompts-${path.split('=')[1] ?? 'list'}-${width}.png`;
      await page.screenshot({ path: `${screenshotFolder}${name}` });
      expect(await listOverflowing(page), name).toEqual([]);
      if (width < 2560) expect(await listAccessFaults(page), name).toEqual([]);
    }
  },
);
