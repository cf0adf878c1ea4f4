import { Pictor as PictorClient } from '@pictor/sdk';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSignedIn, useBrowser } from '../support/open-browser.ts';
import { paintThing } from '../support/pictures.ts';
import { type Pictor, removeDataDirs, startPictor } from '../support/start-pictor.ts';

const { openPage } = useBrowser();
let pictor: Pictor;
let sdk: PictorClient;

beforeAll(async () => {
  pictor = await startPictor();
  sdk = new PictorClient({ baseUrl: pictor.url, apiKey: pictor.key });
  await sdk.images.generate({ model: 'sketch-1', prompt: 'A green teapot' });
});

afterAll(async () => {
  await pictor?.stop();
  await removeDataDirs();
});

const tray = (page: Page) => page.getByRole('region', { name: 'Reference images' });
const result = (page: Page) => page.getByRole('region', { name: 'Result' });

/** Lets go of a picture over the tray, or pastes it somewhere on the page. */
async function handOver(page: Page, way: 'drop' | 'paste', bytes: Buffer, name: string): Promise<void> {
  await tray(page).evaluate(
    (element, { base64, file, how }) => {
      const data = new DataTransfer();
      const picture = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      data.items.add(new File([picture], file, { type: 'image/png' }));
      const event =
        how === 'drop'
          ? new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data })
          : new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data });
      (how === 'drop' ? element : document.body).dispatchEvent(event);
    },
    { base64: bytes.toString('base64'), file: name, how: way },
  );
}

test('references come by drop, paste, choice and from the gallery, outlive a reload, and go in in their order', async () => {
  const page = await openPage();
  await openSignedIn(page, pictor, '/?model=gpt-image-2');
  const pictures = await Promise.all(
    ['#a03030', '#3050a0', '#30a050'].map((colour) => paintThing({ width: 96, height: 64 }, colour)),
  );
  const [red, blue, green] = pictures;
  if (red === undefined || blue === undefined || green === undefined) throw new Error('Nothing was painted.');
  await tray(page).waitFor();
  await handOver(page, 'drop', red, 'red.png');
  await tray(page).getByRole('img', { name: 'red.png' }).waitFor();
  await handOver(page, 'paste', blue, 'blue.png');
  await tray(page).getByRole('img', { name: 'blue.png' }).waitFor();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'green.png', mimeType: 'image/png', buffer: green });
  await tray(page).getByRole('img', { name: 'green.png' }).waitFor();
  await tray(page).getByRole('button', { name: 'From gallery' }).click();
  const picker = page.getByRole('dialog', { name: /gallery/ });
  await picker.getByRole('textbox', { name: 'Words in their prompts' }).fill('teapot');
  await picker.getByRole('button', { name: 'A green teapot' }).first().click();
  await picker.getByRole('button', { name: 'Add as reference' }).click();
  await tray(page).getByText('4 of 16').waitFor();
  await tray(page)
    .getByRole('button', { name: /Remove reference 2, blue/ })
    .click();

  await page.reload();
  await tray(page).getByText('3 of 16').waitFor();
  await page.getByRole('textbox', { name: 'Prompt' }).fill('All of them on one table');
  await page.getByRole('button', { name: 'Run' }).click();
  await result(page).getByRole('img', { name: 'All of them on one table' }).waitFor();
  const [row] = (await sdk.requests.list({ limit: 1 })).data;
  expect(row?.kind).toBe('edit');
  expect(row?.inputs.map(({ role, width }) => [role, width])).toEqual([
    ['input', 96],
    ['input', 96],
    ['input', 1024],
  ]);
  expect((await readAll(sdk.gallery.download(row?.inputs[0]?.id ?? ''))).equals(red)).toBe(true);
});

test('what was painted on the first reference is the mask of the edit, and only that', async () => {
  const [teapot] = (await sdk.gallery.search({ q: 'teapot', roles: ['output'], limit: 1 })).data;
  const page = await openPage();
  await openSignedIn(page, pictor, `/?model=gpt-image-2&references=${teapot?.id}&mask=1`);
  const painter = page.getByRole('dialog', { name: 'Paint a mask' });
  const canvas = painter.locator('canvas').last();
  await canvas.waitFor();
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('There is nothing to paint on.');
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.4);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.6, { steps: 6 });
  await page.mouse.up();
  await painter
    .getByRole('button', { name: /^(Use|Save|Done)/ })
    .first()
    .click();
  await tray(page).getByText('mask', { exact: true }).waitFor();
  await page.getByRole('textbox', { name: 'Prompt' }).fill('The teapot with a flower on it');
  await page.getByRole('button', { name: 'Run' }).click();
  await result(page).getByRole('img', { name: 'The teapot with a flower on it' }).waitFor();
  const [row] = (await sdk.requests.list({ limit: 1 })).data;
  const mask = row?.inputs.find(({ role }) => role === 'mask');
  expect(row?.has_mask).toBe(true);
  expect([mask?.width, mask?.height]).toEqual([teapot?.width, teapot?.height]);
  const sent = await readAll(sdk.gallery.download(mask?.id ?? ''));
  const draft = await page.evaluate(() => sessionStorage.getItem('pictor-playground-draft'));
  const painted = await readAll(sdk.files.download(JSON.parse(draft ?? '{}').mask.id));
  expect(sent.equals(painted)).toBe(true);
  const { data, info } = await sharp(sent).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const alphaAt = (x: number, y: number): number | undefined =>
    data[(Math.round(y * (info.height - 1)) * info.width + Math.round(x * (info.width - 1))) * 4 + 3];
  // Transparent is where the picture may change.
  expect([alphaAt(0.5, 0.5), alphaAt(0.05, 0.05), alphaAt(0.95, 0.5)]).toEqual([0, 255, 255]);
});

async function readAll(stream: Promise<ReadableStream<Uint8Array>>): Promise<Buffer> {
  return Buffer.from(await new Response(await stream).arrayBuffer());
}
