import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAccessFaults, listOverflowing, screenshotFolder, useBrowser } from '../support/open-browser.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from '../support/start-pictor.ts';

const foxPrompt = 'A red fox asleep under a full moon';

const { openPage } = useBrowser();
let pictor: Pictor;

beforeAll(async () => {
  pictor = await startPictor();
});

afterAll(async () => {
  await pictor?.stop();
  await removeDataDirs();
});

async function signIn(page: Page, server: Pictor = pictor): Promise<void> {
  await page.goto(server.url);
  await page.getByLabel('API key', { exact: true }).fill(server.key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await promptBox(page).waitFor();
}

const promptBox = (page: Page) => page.getByRole('textbox', { name: 'Prompt' });
const result = (page: Page) => page.getByRole('region', { name: 'Result' });
const requestLinks = (page: Page) => page.getByRole('region', { name: 'Recent requests' }).getByRole('link');

/** Writes a prompt and runs it; gives the id of the request whose picture is then shown. */
async function run(page: Page, prompt: string): Promise<string> {
  await promptBox(page).fill(prompt);
  await page.getByRole('button', { name: 'Run' }).click();
  await result(page).getByRole('img', { name: prompt }).waitFor();
  return new URL(page.url()).searchParams.get('request') ?? '';
}

/** Width in pixels of the picture as the browser decoded it; waits until it has come. */
async function widthOfPicture(page: Page, name: string): Promise<number> {
  const picture = result(page).getByRole('img', { name });
  return await picture.evaluate(async (element) => {
    if (!(element instanceof HTMLImageElement)) return 0;
    await element.decode();
    return element.naturalWidth;
  });
}

describe('signing in', () => {
  test('without a session the page answers 200 and asks for the key', async () => {
    const page = await openPage();
    const response = await page.goto(pictor.url);
    expect(response?.status()).toBe(200);
    expect(response?.headers()['content-security-policy']).toContain("default-src 'self'");
    await page.getByRole('heading', { name: 'Sign in to Pictor' }).waitFor();
    await page.screenshot({ path: `${screenshotFolder}sign-in.png` });
    expect(await promptBox(page).count()).toBe(0);
  });

  test('a wrong key is told in words with its code, and the right one opens the page', async () => {
    const page = await openPage();
    await page.goto(pictor.url);
    const field = page.getByLabel('API key', { exact: true });
    await field.fill('sk-pictor-wrong');
    await field.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('invalid_api_key');
    await field.fill(pictor.key);
    expect(await page.getByRole('alert').count()).toBe(0);
    await field.press('Enter');
    await promptBox(page).waitFor();
  });

  test('signing out shows sign-in again and closes the pictures', async () => {
    const page = await openPage();
    await signIn(page);
    const id = await run(page, foxPrompt);
    const address = `${pictor.url}/api/requests/${id}`;
    expect((await page.request.get(address)).status()).toBe(200);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Pictor' }).waitFor();
    expect((await page.request.get(address)).status()).toBe(401);
  });
});

describe('making a picture', () => {
  test('prompt, Run, picture, list; and a restart of the server on the same folder keeps it all', async () => {
    const dataDir = await newDataDir();
    const first = await startPictor({ dataDir });
    const page = await openPage();
    await page.goto(first.signInLink);
    // The empty page teaches: an example goes into the form with one press.
    await page.getByRole('button', { name: /lighthouse/ }).click();
    expect(await promptBox(page).inputValue()).toMatch(/lighthouse/);
    const id = await run(page, foxPrompt);
    expect(id).toMatch(/^req_[0-9a-f]{32}$/);
    expect(await widthOfPicture(page, foxPrompt)).toBe(1024);
    const link = requestLinks(page).filter({ hasText: foxPrompt });
    await link.getByText('Succeeded').waitFor();
    expect(await link.count()).toBe(1);
    expect(await result(page).textContent()).toContain(id);
    await page.screenshot({ path: `${screenshotFolder}first-picture.png` });
    await page.reload();
    expect(await widthOfPicture(page, foxPrompt)).toBe(1024);
    await first.stop();

    const second = await startPictor({ dataDir });
    await page.context().clearCookies();
    await page.goto(second.signInLink);
    await link.click();
    expect(new URL(page.url()).searchParams.get('request')).toBe(id);
    expect(await widthOfPicture(page, foxPrompt)).toBe(1024);
    await page.context().clearCookies();
    await page.goto(second.signInLink);
    await page.getByText('That sign-in link was used already').waitFor();
    await second.stop();
  });

  test('the choices of the form reach the engine, stay in the address, and come back with the prompt', async () => {
    const page = await openPage();
    await signIn(page);
    await page.getByRole('radio', { name: '1536 × 1024' }).check();
    await page.getByRole('spinbutton', { name: 'Pictures' }).fill('2');
    const prompt = 'Two boats on a quiet lake';
    await promptBox(page).fill(prompt);
    await promptBox(page).press('Control+Enter');
    await page.getByRole('button', { name: 'Picture 2 of 2' }).click();
    expect(await widthOfPicture(page, prompt)).toBe(1536);
    const chosen = JSON.parse(new URL(page.url()).searchParams.get('parameters') ?? '{}');
    expect(chosen).toEqual({ size: '1536x1024', n: 2 });
    await promptBox(page).fill('');
    await page.getByRole('button', { name: 'Use this prompt' }).click();
    await page.waitForURL((url) => !url.searchParams.has('from'));
    expect(await promptBox(page).inputValue()).toBe(prompt);
    expect(await page.getByRole('spinbutton', { name: 'Pictures' }).inputValue()).toBe('2');
  });

  test('a refusal is told in words, with its code and the id of the request', async () => {
    const page = await openPage();
    await signIn(page);
    await page.goto(`${pictor.url}/?model=dall-e-2`);
    await promptBox(page).fill('long '.repeat(300));
    await page.getByText('1,500 characters; the model takes 1,000 at most.').waitFor();
    await page.getByRole('button', { name: 'Run' }).click();
    const alert = result(page).getByRole('alert');
    await alert.waitFor();
    const text = await alert.textContent();
    expect(text).toContain('1000');
    expect(text).toMatch(/req_[0-9a-f]{32}/);
    expect(text).toMatch(/invalid_value|string_above_max_length/);
  });
});

describe('on every screen', () => {
  const screens = [390, 820, 1280, 2560].flatMap((width) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
  );
  test.each(screens)(
    '$width px, $colorScheme: nothing sticks out to the side',
    async ({ width, colorScheme }) => {
      const page = await openPage({
        viewport: { width, height: Math.round(width * 0.6) + 400 },
        colorScheme,
      });
      await signIn(page);
      await run(page, foxPrompt);
      expect(await widthOfPicture(page, foxPrompt)).toBe(1024);
      expect(await listOverflowing(page)).toEqual([]);
      expect(await listAccessFaults(page)).toEqual([]);
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(paper).toBe(colorScheme === 'light' ? 'rgb(250, 249, 247)' : 'rgb(25, 25, 23)');
      await page.screenshot({ path: `${screenshotFolder}home-${width}-${colorScheme}.png` });
    },
  );
});
