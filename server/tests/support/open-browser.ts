import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Pictor } from './start-pictor.ts';

/** Where tests leave pictures of screens, for people to look at. */
export const screenshotFolder = fileURLToPath(new URL('../../../screenshots/', import.meta.url));

const quietly = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const desk = { width: 1280, height: 800 };

export type TestBrowser = {
  /** A page in a browser that has been nowhere. What it complains about fails the test that opened it. */
  readonly openPage: (options?: BrowserContextOptions) => Promise<Page>;
  /** Another tab beside a page, with the same session. */
  readonly openTab: (page: Page) => Promise<Page>;
};

/** One Chromium for the tests of a file. Contexts are closed after each test. */
export function useBrowser(): TestBrowser {
  let browser: Browser;
  let contexts: BrowserContext[] = [];
  /** Scripts that threw, and refusals of the content policy. */
  let complaints: string[] = [];

  beforeAll(async () => {
    await mkdir(screenshotFolder, { recursive: true });
    browser = await chromium.launch({
      executablePath: process.env.PICTOR_CHROMIUM ?? '/usr/bin/chromium',
      args: quietly,
    });
  });

  afterEach(async () => {
    const open = contexts;
    const heard = complaints;
    contexts = [];
    complaints = [];
    await Promise.all(open.map((context) => context.close()));
    expect(heard).toEqual([]);
  });

  afterAll(async () => await browser?.close());

  const listenTo = (page: Page): Page => {
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text());
    });
    return page;
  };

  return {
    openPage: async (options = {}) => {
      const context = await browser.newContext({ viewport: desk, reducedMotion: 'reduce', ...options });
      contexts.push(context);
      return listenTo(await context.newPage());
    },
    openTab: async (page) => listenTo(await page.context().newPage()),
  };
}

/** Signs in by the key through the form's own route, without the form, and opens `path`. */
export async function openSignedIn(page: Page, pictor: Pictor, path = '/'): Promise<void> {
  const response = await page.request.post(`${pictor.url}/api/session`, {
    data: { key: pictor.key },
    headers: { origin: pictor.url },
  });
  expect(response.status()).toBeLessThan(300);
  await page.goto(`${pictor.url}${path}`);
}

/** Everything that would have to be scrolled sideways, by tag and class. */
export async function listOverflowing(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const scrolls = (element: Element): boolean =>
      element === document.documentElement || /auto|scroll/.test(getComputedStyle(element).overflowX);
    return [...document.querySelectorAll('*')]
      .filter((element) => scrolls(element) && element.scrollWidth > element.clientWidth)
      .filter((element) => element.closest('[data-scrolls-sideways]') === null)
      .map((element) => `${element.tagName} ${element.className}`);
  });
}

/** What axe finds serious or critical on the page as it stands: rule, and where. Empty when all is well. */
export async function listAccessFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    const { violations } = await inPage.run(document);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
  });
}
