import { Pictor as PictorClient } from '@pictor/sdk';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSignedIn, useBrowser } from '../support/open-browser.ts';
import { type Pictor, removeDataDirs, startPictor } from '../support/start-pictor.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from '../upstreams/openai-upstream.ts';

const { openPage, openTab } = useBrowser();
let upstream: OpenAiUpstream;
let pictor: Pictor;
let sdk: PictorClient;

beforeAll(async () => {
  upstream = await openOpenAiUpstream();
  pictor = await startPictor({
    env: { OPENAI_API_KEY: upstreamKey, PICTOR_OPENAI_BASE_URL: upstream.baseUrl },
  });
  sdk = new PictorClient({ baseUrl: pictor.url, apiKey: pictor.key });
});

afterAll(async () => {
  await pictor?.stop();
  await upstream?.close();
  await removeDataDirs();
});

const result = (page: Page) => page.getByRole('region', { name: 'Result' });
const shownId = (page: Page, name = 'request') => new URL(page.url()).searchParams.get(name);

async function write(page: Page, prompt: string): Promise<void> {
  await page.getByRole('textbox', { name: /^(Prompt|User message)$/ }).fill(prompt);
}

async function run(page: Page, prompt: string): Promise<void> {
  await write(page, prompt);
  await page.getByRole('button', { name: 'Run' }).click();
}

/** The service answers its next call when it is told to. */
function holdNext(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  upstream.next({ after: promise });
  return resolve;
}

test('a run goes on while its page is left, reloaded and opened anew, and is paid once', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor);
  const before = upstream.calls.length;
  const release = holdNext();
  await run(page, 'A heron in the reeds');
  await page.waitForURL((url) => url.searchParams.has('request'));
  const id = shownId(page);
  await result(page).getByText('Drawing with gpt-image-2').waitFor();
  expect(await page.getByRole('timer').textContent()).toMatch(/\d (m?s)$/);

  await page.getByRole('link', { name: 'Prompts' }).click();
  await page.getByRole('link', { name: 'Playground' }).click();
  await result(page).getByText('Drawing with gpt-image-2').waitFor();
  expect(shownId(page)).toBe(id);

  await page.goto(`${pictor.url}/prompts`);
  await page.goto(pictor.url);
  await result(page).getByText('Drawing with gpt-image-2').waitFor();
  expect(shownId(page)).toBe(id);
  release();
  await result(page).getByRole('img', { name: 'A heron in the reeds' }).waitFor();
  expect(upstream.calls.length - before).toBe(1);
});

test('a reload before the first answer finds the request by the key that went with it', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor);
  const before = upstream.calls.length;
  const release = holdNext();
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  // The server has the call, and the page never hears of it.
  await page.route('**/v1/images/generations', (route) => {
    const { headers, body } = { headers: route.request().headers(), body: route.request().postData() };
    const sent = { method: 'POST', headers: { ...headers, authorization: `Bearer ${pictor.key}` }, body };
    void fetch(route.request().url(), sent)
      .then((answer) => answer.text())
      .catch(() => undefined);
    arrive();
  });
  await run(page, 'An owl at noon');
  await arrived;
  const key = shownId(page, 'run') ?? '';
  expect(key).toMatch(/^playground-[0-9a-f]{32}$/);
  await expect.poll(async () => (await sdk.requests.findByKey(key))?.status).toBe('running');
  await page.unroute('**/v1/images/generations');
  await page.reload();
  await page.waitForURL((url) => url.searchParams.has('request'));
  expect(shownId(page)).toBe((await sdk.requests.findByKey(key))?.id);
  release();
  await result(page).getByRole('img', { name: 'An owl at noon' }).waitFor();
  expect(upstream.calls.length - before).toBe(1);
});

test('a run can be cancelled, and what the service or the line refuses is told in words', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor);
  const release = holdNext();
  await run(page, 'A picture that nobody wants any more');
  await page.waitForURL((url) => url.searchParams.has('request'));
  await result(page).getByRole('button', { name: 'Cancel' }).click();
  await result(page).getByText('This request was cancelled', { exact: true }).waitFor();
  release();

  upstream.next({
    instead: {
      status: 400,
      body: { error: { message: 'Not this one.', code: 'moderation_blocked', type: 'x' } },
    },
  });
  await run(page, 'A picture that is refused');
  const alert = result(page).getByRole('alert');
  await alert.getByText('moderation_blocked').waitFor();
  expect((await sdk.requests.get(shownId(page) ?? '')).status).toBe('failed');

  await page.route('**/v1/images/generations', (route) => route.abort());
  await run(page, 'A picture that never left');
  await alert.getByText('Pictor cannot be reached').waitFor();
  expect(await page.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe('A picture that never left');
  expect(await page.getByRole('button', { name: 'Run' }).isEnabled()).toBe(true);
});

test('two tabs write and run side by side', async () => {
  const one = await openPage();
  await openSignedIn(one, pictor);
  const other = await openTab(one);
  await other.goto(`${pictor.url}/?model=gpt-image-1`);
  const release = holdNext();
  await run(one, 'A slow swan');
  await one.waitForURL((url) => url.searchParams.has('request'));
  await run(other, 'A quick swift');
  await result(other).getByRole('img', { name: 'A quick swift' }).waitFor();
  expect(await one.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe('A slow swan');
  await result(one).getByText('Drawing with gpt-image-2').waitFor();
  await other.reload();
  await result(other).getByRole('img', { name: 'A quick swift' }).waitFor();
  expect(await other.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe('A quick swift');
  release();
  await result(one).getByRole('img', { name: 'A slow swan' }).waitFor();
});

test('a chat draws with its tool as it is set, over a reload, and opens again from its picture', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/?model=sketch-director-1');
  await page.getByRole('button', { name: 'Add message before' }).click();
  await page.getByRole('textbox', { name: 'Message 1' }).fill('You draw what you are told.');
  await page.getByRole('button', { name: 'Functions & Output' }).click();
  const dialog = page.getByRole('dialog', { name: 'Functions & Output' });
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.getByRole('button', { name: 'Image generation' }).click();
  await dialog.getByRole('combobox', { name: 'Image model' }).selectOption({ label: 'GPT Image 1' });
  await dialog.getByRole('radio', { name: '1536 × 1024' }).check();
  await dialog.getByRole('radio', { name: 'Low', exact: true }).first().check();
  await dialog.getByRole('radio', { name: 'JPEG' }).check();
  await dialog.getByRole('button', { name: 'Done' }).click();
  const release = holdNext();
  await run(page, 'Draw a small boat');
  await page.waitForURL((url) => url.searchParams.has('response'));
  await page.reload();
  await result(page).getByText('sketch-director-1 is').waitFor();
  release();
  await result(page).getByRole('article', { name: 'Response' }).waitFor();
  await result(page).getByRole('article', { name: 'Image Generation' }).waitFor();

  const { data } = await sdk.requests.list({ limit: 1 });
  const [made] = data;
  expect(made?.response).toBe(shownId(page, 'response'));
  expect(made?.parameters).toMatchObject({ size: '1536x1024', quality: 'low', output_format: 'jpeg' });
  expect(made?.model_id).toBe('gpt-image-1');

  await write(page, '');
  await page.goto(`${pictor.url}/?from=${made?.id}`);
  await page.waitForURL((url) => !url.searchParams.has('from'));
  expect(await page.getByRole('textbox', { name: 'User message' }).inputValue()).toBe('Draw a small boat');
  expect(await page.getByRole('textbox', { name: 'Message 1' }).inputValue()).toBe(
    'You draw what you are told.',
  );
  await page.getByRole('button', { name: /Functions & Output.*gpt-image-1/ }).waitFor();
});
