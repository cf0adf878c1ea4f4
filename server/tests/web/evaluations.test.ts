import { Pictor as PictorClient } from '@pictor/sdk';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAccessFaults, listOverflowing, openSignedIn, useBrowser } from '../support/open-browser.ts';
import { type Pictor, removeDataDirs, startPictor } from '../support/start-pictor.ts';
import { googleKey, openGoogleUpstream } from '../upstreams/google-upstream.ts';
import { type OpenAiUpstream, openOpenAiUpstream, upstreamKey } from '../upstreams/openai-upstream.ts';
import type { ServedUpstream } from '../upstreams/serve-upstream.ts';

const { openPage } = useBrowser();
const subjects = ['otter', 'fox', 'badger', 'heron', 'lynx', 'owl', 'hare', 'seal', 'wren', 'mole'];
let openai: OpenAiUpstream;
let google: ServedUpstream;
let pictor: Pictor;
let client: PictorClient;

beforeAll(async () => {
  openai = await openOpenAiUpstream();
  google = await openGoogleUpstream();
  pictor = await startPictor({
    env: {
      OPENAI_API_KEY: upstreamKey,
      PICTOR_OPENAI_BASE_URL: openai.baseUrl,
      GEMINI_API_KEY: googleKey,
      PICTOR_GEMINI_BASE_URL: google.origin,
      PICTOR_JUDGE_MODEL: 'gpt-5.4-mini',
    },
  });
  client = new PictorClient({ baseUrl: pictor.url, apiKey: pictor.key });
});
afterAll(async () => {
  await pictor?.stop();
  await openai?.close();
  await google?.close();
  await removeDataDirs();
});

/** The judge's next answers: the statement is true. */
function letJudgeAgree(times: number): void {
  const answer = JSON.stringify({ answers: [{ number: 1, reason: 'It is plain to see.', holds: true }] });
  const written = JSON.stringify(answer).slice(1, -1);
  for (let left = times; left > 0; left -= 1)
    openai.next({
      change: (event) =>
        JSON.parse(JSON.stringify(event).replaceAll(/"(Just words\.|Hello\.)"/g, () => `"${written}"`)),
    });
}

/** Nothing sticks out, and axe finds nothing serious, in both themes. */
async function checkScreen(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await listAccessFaults(page)).toEqual([]);
  }
  expect(await listOverflowing(page)).toEqual([]);
}

async function addColumn(page: Page, kind: string, name: string, settings: Readonly<Record<string, string>>) {
  await page.getByRole('button', { name: 'Add column' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What it does').selectOption({ label: kind });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  for (const [label, value] of Object.entries(settings)) {
    const choice = dialog.getByRole('combobox', { name: label });
    if ((await choice.count()) > 0) await choice.selectOption(value);
    else await dialog.getByRole('textbox', { name: label, exact: true }).fill(value);
  }
  await dialog.getByRole('button', { name: 'Save column' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

test('from ten rows to a gated label: two models, a check, a judge, people', {
  timeout: 120_000,
}, async () => {
  letJudgeAgree(20);
  await client.prompts.create({
    name: 'animal',
    template: { type: 'completion', content: [{ type: 'text', text: 'A drawing of a {subject}' }] },
    model: { provider: 'sketch', name: 'sketch-1', api_type: 'images', parameters: { size: '512x512' } },
  });
  const page = await openPage();

  await openSignedIn(page, pictor, '/datasets');
  await page.getByRole('heading', { name: 'No dataset yet' }).waitFor();
  await page.getByRole('button', { name: 'New dataset' }).click();
  await page.getByLabel('Name').fill('Animals');
  await page.getByRole('button', { name: 'Make dataset' }).click();
  await page.getByRole('button', { name: 'Import rows' }).click();
  const csv = ['subject,expected_width', ...subjects.map((subject) => `${subject},512`)].join('\n');
  const file = { name: 'animals.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('10 rows came in').waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Edit row 10' }).click();
  await page.getByRole('textbox', { name: 'subject' }).fill('<b>mole</b>');
  await page.getByRole('button', { name: 'Save row' }).click();
  await page.getByRole('button', { name: 'Edit row 10: <b>mole</b>' }).waitFor();
  await checkScreen(page);
  await page.getByRole('button', { name: 'Publish version' }).click();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText('10 rows, version 1').waitFor();

  await page.goto(`${pictor.url}/evaluations`);
  await page.getByRole('button', { name: 'New evaluation' }).click();
  await page.getByLabel('Name').fill('Two models');
  await page.getByRole('button', { name: 'Make evaluation' }).click();
  await addColumn(page, 'Prompt', 'sketch', { Prompt: 'animal' });
  await addColumn(page, 'Prompt', 'gemini', { Prompt: 'animal', Model: 'gemini-2.5-flash-image' });
  await addColumn(page, 'Image check', 'width', {
    Check: 'width',
    Picture: '{sketch}',
    Expected: '{expected_width}',
  });
  await addColumn(page, 'Statements', 'judge', { Pictures: '{sketch}', Statements: 'There is an animal' });
  await addColumn(page, 'People', 'people', {
    'They give': 'preference',
    Pictures: '{sketch}\n{gemini}',
    Instructions: 'Which one would you print?',
  });
  const scorecard = page.getByRole('region', { name: 'Scorecard' });
  await scorecard.getByRole('checkbox', { name: 'width', exact: true }).check();
  await scorecard.getByRole('checkbox', { name: 'judge', exact: true }).check();
  await scorecard.getByRole('button', { name: 'Save' }).click();
  await checkScreen(page);

  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('10 rows, 50 cells').waitFor();
  await page.getByRole('button', { name: 'Start run' }).click();
  await page.getByText('Waiting for people').waitFor({ timeout: 60_000 });
  await checkScreen(page);
  // By keyboard into the grid, one row on, and that row large.
  await page.getByRole('button', { name: /^Row 1\b/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('It is plain to see.').waitFor();
  await page.reload();
  await page.getByRole('dialog').getByText('It is plain to see.').waitFor();
  await checkScreen(page);
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'Rate 10' }).click();
  await page.getByText('Which one would you print?').waitFor();
  // Blind: no word of what made the pictures.
  expect(await page.locator('main').textContent()).not.toMatch(/sketch|gemini/i);
  await checkScreen(page);
  for (const [index] of subjects.entries()) {
    await page.getByText(`${index + 1} of 10`, { exact: true }).waitFor();
    await page.keyboard.press(index % 2 === 0 ? '1' : '0');
  }
  await page.getByRole('heading', { name: 'All rated' }).waitFor();
  await page.getByRole('link', { name: 'Back to the run' }).click();
  await page.getByText('Completed').waitFor();
  await page.getByRole('tab', { name: 'Scorecard' }).click();
  await page.getByRole('row', { name: /judge/ }).getByText('Pass').waitFor();
  await checkScreen(page);

  await page.getByRole('tab', { name: 'Release gates' }).click();
  await page.getByRole('button', { name: 'Add gate' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add gate' }).click();
  // The judge was not compared with people.
  await page.getByRole('alert').getByText('judge_unproven').waitFor();
  await page.getByRole('checkbox', { name: /decide even where people/ }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Add gate' }).click();
  await page.getByRole('cell', { name: 'production' }).waitFor();
  await checkScreen(page);

  await client.prompts.addVersion('animal', {
    template: { type: 'completion', content: [{ type: 'text', text: 'A painting of a {subject}' }] },
    model: { provider: 'sketch', name: 'sketch-1', api_type: 'images', parameters: { size: '512x512' } },
  });
  const moved = client.prompts.setLabel('animal', 'production', { version: 2 });
  await expect(moved).rejects.toMatchObject({ code: 'label_gated' });
  await page.getByRole('tab', { name: 'History' }).click();
  await page.reload();
  await page.getByRole('cell', { name: 'a new prompt version' }).waitFor();
});

test('a grid of a thousand rows keeps few of them in the document', async () => {
  const dataset = await client.datasets.create({ name: 'Many' });
  const rows = Array.from({ length: 1_000 }, (_, index) => ({ subject: `thing ${index + 1}` }));
  await client.datasets.addRows(dataset.id, rows);
  await client.datasets.publish(dataset.id);
  const columns = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({
    name,
    type: 'contains' as const,
    config: { source: '{subject}', value: name },
  }));
  const evaluation = await client.evaluations.create({ name: 'Many', dataset: dataset.id, columns });
  const run = await client.evaluations.run(evaluation.id);
  await client.evaluations.runs.wait(run.id);
  const page = await openPage();
  await openSignedIn(page, pictor, `/evaluations/${evaluation.id}`);
  await page.getByRole('button', { name: /^Row 1\b/ }).focus();
  await page.keyboard.press('End');
  await page.getByRole('button', { name: /^Row 100\b/ }).waitFor();
  await page.getByLabel('Order of rows').selectOption('Worst first');
  await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe('worst');
  await page
    .getByRole('button', { name: /^Row \d+/ })
    .first()
    .waitFor();
  expect(await page.getByRole('button', { name: /^Row \d+/ }).count()).toBeLessThan(60);
});
