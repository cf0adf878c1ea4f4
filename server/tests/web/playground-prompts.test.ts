import { Pictor as PictorClient } from '@pictor/sdk';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSignedIn, useBrowser } from '../support/open-browser.ts';
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

const promptBox = (page: Page) => page.getByRole('textbox', { name: 'Prompt' });

async function save(
  page: Page,
  fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>,
): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as a prompt' });
  await fill(dialog);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function readCode(page: Page, tab: string): Promise<string> {
  const dialog = page.getByRole('dialog', { name: 'The same call as code' });
  await dialog.getByRole('tab', { name: tab, exact: true }).click();
  return (await dialog.locator('pre').textContent()) ?? '';
}

test('a draft becomes a prompt, a change its next version, and each opens again as it was', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/?model=gpt-image-2');
  await promptBox(page).fill('A poster that says {words}');
  await page.getByRole('textbox', { name: 'Variable words' }).fill("it's “fine”");
  await page.getByRole('radio', { name: '1536 × 1024' }).check();
  await save(page, async (dialog) => {
    await dialog.getByRole('textbox', { name: 'Name' }).fill('poster');
    await dialog.getByRole('textbox', { name: 'What changed' }).fill('First try');
  });
  await page.getByText('version 1').waitFor();
  const promptId = new URL(page.url()).searchParams.get('prompt_id') ?? '';

  await promptBox(page).fill('A large poster that says {words}');
  await page.getByRole('radio', { name: 'Low', exact: true }).first().check();
  await save(page, async (dialog) => {
    await dialog.getByRole('textbox', { name: 'What changed' }).fill('Larger');
  });
  await page.getByText('version 2').waitFor();
  const { data: versions } = await sdk.prompts.versions(promptId);
  expect(versions.map(({ version, commit_message: message }) => [version, message])).toEqual([
    [2, 'Larger'],
    [1, 'First try'],
  ]);
  expect(versions[0]?.model).toMatchObject({
    provider: 'openai',
    name: 'gpt-image-2',
    api_type: 'images',
    parameters: { size: '1536x1024', quality: 'low' },
  });
  const run = await sdk.prompts.run('poster', { version: 2, variables: { words: 'hello' } });
  expect((await sdk.requests.get(run.request ?? '')).prompt).toBe('A large poster that says hello');

  // A draft that has the version already keeps what was written since, over a reload too.
  await promptBox(page).fill('A tiny poster');
  await page.reload();
  expect(await promptBox(page).inputValue()).toBe('A tiny poster');
  await page.goto(`${pictor.url}/?prompt_id=${promptId}&version=1`);
  await page.getByText('version 1').waitFor();
  expect(await promptBox(page).inputValue()).toBe('A poster that says {words}');
  expect(await page.getByRole('radio', { name: '1536 × 1024' }).isChecked()).toBe(true);
  expect(await page.getByRole('radio', { name: 'Auto', exact: true }).nth(1).isChecked()).toBe(true);

  await page.getByRole('textbox', { name: 'Variable words' }).fill("it's “fine”");
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  const curl = await readCode(page, 'curl');
  expect(curl).toContain(`${pictor.url}/v1/images/generations`);
  expect(curl).toContain(`it'\\''s “fine”`);
  expect(await readCode(page, 'JavaScript')).toContain(`baseURL: '${pictor.url}/v1'`);
  const python = await readCode(page, 'Python');
  expect(python).toContain('client.images.generate(');
  expect(python).toContain('size="1536x1024",');
  expect(await readCode(page, 'PromptLayer JavaScript')).toContain('"promptName": "poster"');
  expect(await readCode(page, 'PromptLayer Python')).toContain('prompt_version=1,');
  for (const tab of ['curl', 'JavaScript', 'Python', 'PromptLayer JavaScript']) {
    const code = await readCode(page, tab);
    expect(code).toContain('YOUR_PICTOR_KEY');
    expect(code).not.toContain(pictor.key);
  }
  await page.keyboard.press('Escape');

  // What is run as it was saved is known as made by that version; what is changed is not.
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const newest = async () => (await sdk.requests.list()).data[0];
  await expect.poll(newest, { timeout: 20_000 }).toMatchObject({
    prompt: "A poster that says it's “fine”",
    saved_prompt: { id: promptId, name: 'poster', version: 1 },
  });
});

test('a chat with its tool is saved as one, and opens again', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/?model=gpt-5.4');
  await page.getByRole('button', { name: 'Add message before' }).click();
  await page.getByRole('textbox', { name: 'Message 1' }).fill('You are {who}.');
  await page.getByRole('textbox', { name: 'User message' }).fill('Draw a flag');
  await page.getByRole('textbox', { name: 'Variable who' }).fill('a painter');
  await page.getByRole('button', { name: 'Functions & Output' }).click();
  const tools = page.getByRole('dialog', { name: 'Functions & Output' });
  await tools.getByRole('radio', { name: 'High', exact: true }).check();
  await tools.getByRole('radio', { name: 'Must use a tool' }).check();
  await tools.getByRole('button', { name: 'Done' }).click();
  await save(page, async (dialog) => {
    await dialog.getByRole('textbox', { name: 'Name' }).fill('flag/<b>chat</b>');
  });
  const promptId = new URL(page.url()).searchParams.get('prompt_id') ?? '';
  const [version] = (await sdk.prompts.versions(promptId)).data;
  expect(version?.template).toMatchObject({
    type: 'chat',
    messages: [
      { role: 'system', content: [{ type: 'text', text: 'You are {who}.' }] },
      { role: 'user', content: [{ type: 'text', text: 'Draw a flag' }] },
    ],
    tools: [{ type: 'image_generation', config: { quality: 'high' } }],
    tool_choice: 'required',
  });
  const other = await openPage();
  await openSignedIn(other, pictor, `/?prompt_id=${promptId}&version=1`);
  await other.getByText('flag/<b>chat</b>').waitFor();
  expect(await other.getByRole('textbox', { name: 'User message' }).inputValue()).toBe('Draw a flag');
  expect(await other.getByRole('textbox', { name: 'Message 1' }).inputValue()).toBe('You are {who}.');
  await other.getByRole('button', { name: 'Functions & Output' }).click();
  expect(await other.getByRole('radio', { name: 'High', exact: true }).isChecked()).toBe(true);
  expect(await other.getByRole('radio', { name: 'Must use a tool' }).isChecked()).toBe(true);
});
