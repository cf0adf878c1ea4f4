import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Pictor as Client, type ConversationTurn } from '@pictor/sdk';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAccessFaults, listOverflowing, openSignedIn, useBrowser } from '../support/open-browser.ts';
import { paintThing } from '../support/pictures.ts';
import { newDataDir, type Pictor, removeDataDirs, startPictor } from '../support/start-pictor.ts';
import { chatKey, chatModel, openChatUpstream } from '../upstreams/chat-upstream.ts';
import type { ServedUpstream } from '../upstreams/serve-upstream.ts';

const { openPage } = useBrowser();
let upstream: ServedUpstream;
let pictor: Pictor;
let client: Client;

beforeAll(async () => {
  const chat = await openChatUpstream();
  upstream = chat;
  const config = join(await newDataDir(), 'pictor.yaml');
  const model = `{ id: ${chatModel}, sees_pictures: true, painter: sketch-1 }`;
  const cell = `{ name: lab, base_url: "${chat.baseUrl}", api_key: "\${LAB_KEY}", models: [${model}] }`;
  await writeFile(config, `providers:\n  chat:\n    - ${cell}\n`);
  pictor = await startPictor({
    env: { PICTOR_CONFIG: config, LAB_KEY: chatKey, PICTOR_SKETCH_DELAY_MS: '300' },
  });
  client = new Client({ baseUrl: pictor.url, apiKey: pictor.key });
});
afterAll(async () => {
  await pictor?.stop();
  await upstream?.close();
  await removeDataDirs();
});

const words = (page: Page) => page.getByRole('textbox', { name: /see or change/ });
const turn = (page: Page, number: number) =>
  page.getByRole('article', { name: `Turn ${number}`, exact: true });
const picture = (page: Page, number: number) =>
  turn(page, number).getByRole('article', { name: 'Image Generation' }).locator('img');
const conversationId = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

async function say(page: Page, text: string): Promise<void> {
  await words(page).fill(text);
  await words(page).press('Enter');
}

async function turnsOf(page: Page): Promise<readonly ConversationTurn[]> {
  return (await client.conversations.turns(conversationId(page))).data;
}

/** Lets the chat model answer when it is told to. */
function holdChat(): () => void {
  const gate = Promise.withResolvers<void>();
  upstream.next({ after: gate.promise });
  return gate.resolve;
}

async function chooseLeader(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: 'Led by' }).click();
  await page.getByRole('option', { name }).click();
}

test('five turns: drawn, edited, with a picture sent along, by another model over a reload, tried again; then a branch', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/conversations');
  await page.getByRole('heading', { name: 'No conversations yet' }).waitFor();
  await page.goto(`${pictor.url}/conversations/new?model=sketch-director-1&painter=sketch-1`);
  await say(page, 'Draw a red boat on a lake');
  await picture(page, 1).waitFor();
  await page.getByRole('heading', { level: 1, name: 'Draw a red boat on a lake' }).waitFor();

  await turn(page, 1).getByRole('button', { name: 'Edit this picture' }).click();
  await page.getByText('Changes this picture').waitFor();
  await say(page, 'Make it night');
  await picture(page, 2).waitFor();
  await turn(page, 2).getByText('to change').waitFor();

  const moon = await paintThing({ width: 256, height: 256 }, '#ccaa22');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach pictures' }).click();
  await (await chooser).setFiles({ name: 'moon.png', mimeType: 'image/png', buffer: moon });
  await page.getByRole('img', { name: 'moon.png' }).waitFor();
  await words(page).fill('Add a lighthouse to it');
  await page.reload();
  expect(await words(page).inputValue()).toBe('Add a lighthouse to it');
  await page.getByRole('img', { name: 'moon.png' }).waitFor();
  // What is said goes behind the turns, so they are read first.
  await picture(page, 2).waitFor();
  await page.getByRole('button', { name: 'Send', disabled: false }).waitFor();
  await words(page).press('Enter');
  await picture(page, 3).waitFor();
  await turn(page, 3).getByRole('img', { name: 'Sent along' }).waitFor();

  await chooseLeader(page, new RegExp(chatModel));
  expect(new URL(page.url()).searchParams.get('model')).toContain(chatModel);
  const release = holdChat();
  await say(page, 'Draw a mill');
  await turn(page, 4).getByText('Thinking').waitFor();
  await page.reload();
  await turn(page, 4).getByText('Thinking').waitFor();
  expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
  release();
  await picture(page, 4).waitFor();
  await turn(page, 4).getByText('There it is, as you wished.').waitFor();

  upstream.next({ instead: { status: 400, body: { error: { message: 'The lab is closed today.' } } } });
  await say(page, 'Draw a goat');
  const alert = turn(page, 5).getByRole('alert');
  await alert.getByText('The lab is closed today', { exact: false }).waitFor();
  await alert.getByRole('button', { name: 'Try again' }).click();
  await picture(page, 6).waitFor();

  expect(await turnsOf(page)).toMatchObject([
    { status: 'completed', model: 'sketch-director-1', cost: 0 },
    { output: [{ action: 'edit' }, {}] },
    { input: [{ images: [{ media_type: 'image/png' }] }] },
    { model: `lab/${chatModel}`, status: 'completed' },
    { status: 'failed' },
    { status: 'completed', input: [{ text: 'Draw a goat' }] },
  ]);

  const trunk = conversationId(page);
  await turn(page, 1).getByRole('button', { name: 'Branch from here' }).click();
  await page.getByRole('heading', { level: 1, name: /\(branch\)/ }).waitFor();
  await picture(page, 1).waitFor();
  await say(page, 'Make it blue');
  await picture(page, 2).waitFor();
  expect(conversationId(page)).not.toBe(trunk);
  expect(await turnsOf(page)).toHaveLength(2);
  await page.getByRole('link', { name: 'branched from another' }).click();
  await turn(page, 6).waitFor();
  expect(conversationId(page)).toBe(trunk);
}, 90_000);

test('a running turn is stopped, and what the server refuses is told while the draft stays', async () => {
  const page = await openPage();
  const { id } = await client.conversations.create();
  await openSignedIn(page, pictor, `/conversations/${id}?model=lab/${chatModel}`);
  await page.getByText('Nothing was said yet').waitFor();
  const release = holdChat();
  await say(page, 'Draw a slow snail');
  await turn(page, 1).getByRole('button', { name: 'Stop' }).click();
  await turn(page, 1).getByText('This turn was stopped').waitFor();
  release();
  expect(await turnsOf(page)).toMatchObject([{ status: 'cancelled' }]);

  await page.goto(`${pictor.url}/conversations/${id}?model=nobody-1`);
  await say(page, 'Draw a fast snail');
  const alert = page.getByRole('form', { name: 'Next turn' }).getByRole('alert');
  await alert.getByText('model_not_found').waitFor();
  expect(await words(page).inputValue()).toBe('Draw a fast snail');
});

test('conversations are found, renamed and deleted, hostile words break nothing, and every width and theme is in order', async () => {
  const page = await openPage();
  const hostile = `<img src=x onerror=alert(1)> \u202Eevil ${'w'.repeat(10_000)}`;
  const kept = await client.conversations.create({
    items: [{ role: 'user', content: hostile }],
    metadata: { title: 'Kept one' },
  });
  await client.conversations.create({ items: [{ role: 'user', content: hostile }] });
  await client.responses.create({
    model: 'sketch-director-1',
    tools: [{ type: 'image_generation', model: 'sketch-1', size: '256x256' }],
    input: 'Draw an owl',
    conversation: kept.id,
  });
  await openSignedIn(page, pictor, '/conversations');
  await page.getByRole('link', { name: /evil/ }).waitFor();
  const look = async (): Promise<void> => {
    for (const width of [390, 1280]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        expect(await listOverflowing(page)).toEqual([]);
        expect(await listAccessFaults(page)).toEqual([]);
      }
    }
  };
  await look();
  await page.getByRole('searchbox', { name: 'Find conversations' }).fill('OWL');
  await page.getByRole('link', { name: /evil/ }).waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.get('q')).toBe('OWL');
  await page.getByRole('link', { name: /Kept one/ }).click();
  await picture(page, 1).waitFor();
  await look();

  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Owls at night');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('heading', { level: 1, name: 'Owls at night' }).waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Its pictures and requests stay', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Delete the conversation' }).click();
  await page.waitForURL(`${pictor.url}/conversations`);
  await page.getByRole('link', { name: /evil/ }).waitFor();
  expect(await page.getByRole('link', { name: /Owls/ }).count()).toBe(0);
});
