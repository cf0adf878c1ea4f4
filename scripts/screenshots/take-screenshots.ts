import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Pictor as PictorClient } from '@pictor/sdk';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import {
  newDataDir,
  type Pictor,
  type PictorOptions,
  removeDataDirs,
  startPictor,
} from '../../server/tests/support/start-pictor.ts';
import { deadModel, failOnce, fillPictor } from './fill-pictor.ts';
import { listScreens, type Screen } from './list-screens.ts';

const widths = [390, 1280, 2560];
const themes = ['light', 'dark'] as const;
const quietMs = 10_000;

/** `--only requests,prompt` and `--width 390` take some of them. */
const { values } = parseArgs({ options: { only: { type: 'string' }, width: { type: 'string' } } });
const folder = fileURLToPath(new URL('../../screenshots/', import.meta.url));
const tourFolder = fileURLToPath(new URL('../../docs/tour/', import.meta.url));

type Look = { readonly width: number; readonly theme: (typeof themes)[number] };

await main();

async function main(): Promise<void> {
  await Promise.all([folder, tourFolder].map((path) => mkdir(path, { recursive: true })));
  const dataDir = await newDataDir();
  // An engine on a port where nothing listens. It goes first: later there is a budget, and what it costs is unknown.
  const env = { PICTOR_COMPATIBLE_BASE_URL: 'http://127.0.0.1:9', PICTOR_COMPATIBLE_MODEL: deadModel };
  const failed = await withPictor({ dataDir, env }, async (pictor) => await failOnce(toClient(pictor)));
  const filled = await withPictor({ dataDir }, async (pictor) => await fillPictor(toClient(pictor)));
  const wanted = values.only?.split(',');
  const screens = listScreens(filled, failed).filter(({ name }) => wanted?.includes(name) ?? true);
  await withPictor({ dataDir }, async (pictor) => await takeAll(pictor, screens));
  await removeDataDirs();
}

async function withPictor<T>(options: PictorOptions, work: (pictor: Pictor) => Promise<T>): Promise<T> {
  const pictor = await startPictor(options);
  try {
    return await work(pictor);
  } finally {
    await pictor.stop();
  }
}

function toClient({ url, key }: Pictor): PictorClient {
  return new PictorClient({ baseUrl: url, apiKey: key, maxRetries: 0 });
}

async function takeAll(pictor: Pictor, screens: readonly Screen[]): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env.PICTOR_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    for (const width of values.width === undefined ? widths : [Number(values.width)]) {
      for (const theme of themes) await takeLook(browser, pictor, screens, { width, theme });
    }
  } finally {
    await browser.close();
  }
}

async function takeLook(
  browser: Browser,
  pictor: Pictor,
  screens: readonly Screen[],
  look: Look,
): Promise<void> {
  for (const isOutside of [true, false]) {
    const some = screens.filter((screen) => (screen.isOutside ?? false) === isOutside);
    const context = await browser.newContext({
      viewport: { width: look.width, height: heightFor(look.width) },
      colorScheme: look.theme,
      reducedMotion: 'reduce',
      hasTouch: look.width < 500,
    });
    const page = await context.newPage();
    if (!isOutside) {
      const headers = { origin: pictor.url };
      await page.request.post(`${pictor.url}/api/session`, { data: { key: pictor.key }, headers });
    }
    for (const screen of some) await take(page, `${pictor.url}${screen.path}`, screen, look);
    await context.close();
  }
}

async function take(page: Page, url: string, screen: Screen, { width, theme }: Look): Promise<void> {
  await page.goto(url);
  // A page that keeps on listening to the server is never quiet.
  await page.waitForLoadState('networkidle', { timeout: quietMs }).catch(() => undefined);
  await screen.prepare?.(page);
  const path = `${folder}${screen.name}-${width}-${theme}.png`;
  await page.screenshot({ path });
  console.log(path);
  if (screen.isInTour === true && width === 1280 && theme === 'light') {
    await sharp(path).webp({ quality: 80 }).toFile(`${tourFolder}${screen.name}.webp`);
  }
}

function heightFor(width: number): number {
  if (width < 500) return 844;
  return width > 2000 ? 1440 : 800;
}
