import { Pictor as Client } from '@pictor/sdk';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAccessFaults, listOverflowing, openSignedIn, useBrowser } from '../support/open-browser.ts';
import { type Pictor, removeDataDirs, startPictor } from '../support/start-pictor.ts';
import { openOpenAiUpstream, upstreamKey } from '../upstreams/openai-upstream.ts';
import type { ServedUpstream } from '../upstreams/serve-upstream.ts';

const { openPage } = useBrowser();
let upstream: ServedUpstream;
let pictor: Pictor;
let client: Client;

beforeAll(async () => {
  const opened = await openOpenAiUpstream();
  upstream = opened;
  pictor = await startPictor({
    env: { OPENAI_API_KEY: upstreamKey, PICTOR_OPENAI_BASE_URL: opened.baseUrl },
  });
  client = new Client({ baseUrl: pictor.url, apiKey: pictor.key });
});
afterAll(async () => {
  await pictor?.stop();
  await upstream?.close();
  await removeDataDirs();
});

const cell = (page: Page, name: string) => page.getByRole('article', { name: `Cell ${name}`, exact: true });
const pane = (page: Page, name: string) => cell(page, name).getByRole('group', { name: `Cell ${name}` });

async function countRequests(): Promise<number> {
  return (await client.requests.list({ limit: 200 })).data.length;
}

/** How a pane shows its stage. */
async function viewOf(of: Locator): Promise<string> {
  return await of.locator('> div').evaluate((stage) => getComputedStyle(stage).transform);
}

function addressOf(columns: readonly object[], more: Readonly<Record<string, string | number>>): string {
  const query = new URLSearchParams({ columns: JSON.stringify(columns) });
  for (const [name, value] of Object.entries(more)) query.set(name, String(value));
  return `/compare?${query}`;
}

const columns = [
  { model: 'sketch-1', parameters: { size: '256x256' } },
  { model: 'gpt-image-2', parameters: { size: '1024x1024', quality: 'low' } },
];

test('two by two is run, a failed cell again, a winner is picked; a reload pays nothing; zoom and difference are shared', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, addressOf(columns, { prompt: 'A windmill by the sea', rows: 2, seed: 7 }));
  await page.getByText(/for all 4 pictures/).waitFor();
  upstream.next({ instead: { status: 400, body: { error: { message: 'The press is jammed.' } } } });
  await page.getByRole('button', { name: 'Run 4 cells' }).click();
  await page.getByText('3 of 4 made, 1 without a picture').waitFor();
  await page.getByRole('alert').getByText('The press is jammed', { exact: false }).waitFor();
  await page.getByRole('button', { name: /^Run B\d again$/ }).click();
  await page.getByText('4 of 4 made').waitFor();
  await cell(page, 'A2').getByText('seed 8').waitFor();

  await cell(page, 'A1').getByRole('button', { name: 'Pick' }).click();
  await cell(page, 'A1').getByRole('button', { name: 'Winner' }).waitFor();
  await cell(page, 'B1').getByRole('button', { name: 'Pick' }).click();
  await cell(page, 'B1').getByRole('button', { name: 'Winner' }).waitFor();
  await cell(page, 'A1').getByRole('button', { name: 'Pick' }).waitFor();
  const asked = await countRequests();
  await page.reload();
  await page.getByText('4 of 4 made').waitFor();
  await cell(page, 'B1').getByRole('button', { name: 'Winner' }).waitFor();
  await page.getByText('1 win', { exact: true }).waitFor();
  expect(await countRequests()).toBe(asked);
  const winners = (await client.requests.list()).data.filter(({ scores }) => scores.winner === 100);
  expect(winners).toMatchObject([{ model: 'gpt-image-2', tags: ['compare'] }]);

  const before = await viewOf(pane(page, 'B2'));
  await pane(page, 'A1').press('+');
  await page.getByRole('button', { name: 'Show all of them' }).waitFor();
  expect(await viewOf(pane(page, 'B2'))).not.toBe(before);
  expect(await viewOf(pane(page, 'B2'))).toBe(await viewOf(pane(page, 'A1')));
  await pane(page, 'B2').press('0');
  expect(await viewOf(pane(page, 'A1'))).toBe(before);

  await cell(page, 'A1').getByRole('checkbox', { name: 'Difference with A1' }).check();
  await cell(page, 'A2').getByRole('checkbox', { name: 'Difference with A2' }).check();
  await page.locator('canvas[data-ready="true"]').waitFor();
  expect(new URL(page.url()).searchParams.get('diff')).toBe('0.0,0.1');
  expect(await pixelsOf(page)).toEqual(await differenceOf(['seed 7', 'seed 8']));
  await page.getByText('Slider', { exact: true }).click();
  await page.getByRole('slider').press('ArrowRight');
  await page.getByText('Blink', { exact: true }).click();
  await page.getByRole('dialog').getByRole('img', { name: 'A1' }).waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  expect(new URL(page.url()).searchParams.has('diff')).toBe(false);
}, 90_000);

/** The canvas of the difference, at a few places. */
async function pixelsOf(page: Page): Promise<readonly number[]> {
  return await page.locator('canvas').evaluate((canvas, at) => {
    if (!(canvas instanceof HTMLCanvasElement)) return [];
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    return at.flatMap((index) => [...data.slice(index * 4, index * 4 + 4)]);
  }, places);
}

/** Spread over a picture of 256 by 256. */
const places = [0, 9_000, 20_480, 32_896, 50_000, 65_535];

/** The same places of the stored pictures with those seeds, reckoned here. */
async function differenceOf(seeds: readonly string[]): Promise<readonly number[]> {
  const { data } = await client.requests.list();
  const [one, other] = await Promise.all(
    seeds.map(async (seed) => {
      const request = data.find(
        ({ model, parameters }) => model === 'sketch-1' && `seed ${parameters.seed}` === seed,
      );
      const answer = await pictor.call(request?.images[0]?.url ?? '');
      return await sharp(Buffer.from(await answer.arrayBuffer()))
        .removeAlpha()
        .raw()
        .toBuffer();
    }),
  );
  return places.flatMap((index) => [
    ...[0, 1, 2].map((channel) =>
      Math.abs((one?.[index * 3 + channel] ?? 0) - (other?.[index * 3 + channel] ?? 0)),
    ),
    255,
  ]);
}

test('all is stopped at once; a logged request opens as two columns; stored images are compared without a run', async () => {
  const page = await openPage();
  const gate = Promise.withResolvers<void>();
  upstream.next({ after: gate.promise });
  await openSignedIn(page, pictor, addressOf([columns[1] ?? {}], { prompt: 'A slow mill' }));
  await page.getByRole('button', { name: 'Run 1 cell' }).click();
  await page.getByText('0 of 1 made, 1 running').waitFor();
  await page.getByRole('button', { name: 'Stop all' }).click();
  await cell(page, 'A1').getByText('Stopped').waitFor();
  gate.resolve();

  const made = await Promise.all(
    ['A red cup', 'A blue cup'].map(async (prompt) => {
      const answer = await client.images.generate({ model: 'sketch-1', prompt, size: '256x256', seed: 3 });
      return await client.requests.get(answer.pictor?.request ?? '');
    }),
  );
  await page.goto(`${pictor.url}/compare?from=${made[0]?.id}`);
  await page.getByRole('textbox', { name: 'Prompt' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Prompt' }).inputValue()).toBe('A red cup');
  expect(await page.getByRole('group', { name: /^Column/ }).count()).toBe(2);
  await page.getByText('Parameters (1 chosen)').first().waitFor();

  const ids = made.map(({ images }) => images[0]?.id ?? '');
  await page.goto(`${pictor.url}/compare?images=${ids.join(',')}`);
  const panes = page.getByRole('article').getByRole('group');
  await panes.nth(1).waitFor();
  await panes.first().press('+');
  await page.getByRole('button', { name: 'Show all of them' }).waitFor();
  expect(await viewOf(panes.first())).toBe(await viewOf(panes.nth(1)));
  await page.getByRole('checkbox', { name: 'Difference with A' }).check();
  await page.getByRole('checkbox', { name: 'Difference with B' }).check();
  await page.getByText(/of the pixels differ/).waitFor();
  await page.keyboard.press('Escape');
}, 90_000);

test('the page is in order at every width and in both themes, with hostile words', async () => {
  const page = await openPage();
  const prompt = `<img src=x onerror=alert(1)> \u202E${'w'.repeat(600)}`;
  // The second one does not stream.
  const two = [columns[0] ?? {}, { model: 'dall-e-2', parameters: { size: '256x256' } }];
  await openSignedIn(page, pictor, addressOf(two, { prompt }));
  await page.getByRole('button', { name: 'Run 2 cells' }).click();
  await page.getByText('2 of 2 made').waitFor();
  for (const width of [390, 1280, 2560]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      expect(await listOverflowing(page)).toEqual([]);
      expect(await listAccessFaults(page)).toEqual([]);
    }
  }
}, 90_000);
