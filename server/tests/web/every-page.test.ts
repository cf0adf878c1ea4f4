import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toJson } from '../support/forms.ts';
import { listAccessFaults, listOverflowing, openSignedIn, useBrowser } from '../support/open-browser.ts';
import { type Pictor, removeDataDirs, startPictor } from '../support/start-pictor.ts';

/** Would run where it is taken for markup, turns what is behind it around, and cannot be broken between words. */
const hostile = `<img src=x onerror="window.broken=1"> ‮evil${'W'.repeat(300)}`;
const root = fileURLToPath(new URL('../../../', import.meta.url));
const router = join(root, 'web/src/app/create-router.ts');

/** Every address of the app, as the router has it. */
const routes = [...readFileSync(router, 'utf8').matchAll(/path: '([^']+)'/g)].map(([, path = '']) => path);

const { openPage } = useBrowser();
let pictor: Pictor;
/** Real things that stand for the parameters of addresses. */
let things: Readonly<Record<string, string>>;

beforeAll(async () => {
  pictor = await startPictor();
  things = await makeThings();
});

afterAll(async () => {
  await pictor?.stop();
  await removeDataDirs();
});

async function ask(path: string, body: unknown, headers: Record<string, string> = {}, method = 'POST') {
  const init = toJson(body, headers);
  const answer = await pictor.call(path, { ...init, method });
  expect(answer.status, path).toBeLessThan(300);
  return (await answer.json()) as { readonly id: string; readonly pictor?: { readonly request: string } };
}

/** One of everything, with hostile words wherever words can stand. */
async function makeThings(): Promise<Readonly<Record<string, string>>> {
  const model = 'sketch-1';
  await ask('/api/projects/proj_default', { name: hostile.slice(0, 100) }, {}, 'PATCH');
  await ask('/api/projects/proj_default/keys', { name: hostile.slice(0, 100) });
  await ask('/api/budgets', { period: 'month', limit: 10 });
  const drawn = await ask(
    '/v1/images/generations',
    { model, prompt: `${hostile}${'long'.repeat(2500)}`, size: '512x512' },
    { 'x-pictor-tags': '<b>tag</b>', 'x-pictor-metadata': JSON.stringify({ note: '<i>metadata</i>' }) },
  );
  const template = { type: 'completion', content: [{ type: 'text', text: hostile }] };
  const prompt = await ask('/api/prompts', { name: '<b>hostile</b> prompt', template });
  const conversation = await ask('/v1/conversations', { metadata: { title: hostile.slice(0, 100) } });
  await ask('/v1/responses', {
    model: 'sketch-director-1',
    input: hostile,
    conversation: conversation.id,
    tools: [{ type: 'image_generation' }],
  });
  return {
    requestId: drawn.pictor?.request ?? '',
    promptId: prompt.id,
    conversationId: conversation.id,
    section: 'keys',
  };
}

/** Null: nothing stands for a parameter yet, so the page is opened for a thing that is not there. */
function toAddress(route: string): string {
  return route.replace(/\$(\w+)/g, (_, name: string) => things[name] ?? 'nothing');
}

async function settle(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await page.waitForLoadState('networkidle');
}

describe('every page', () => {
  test.each(routes)('%s keeps the rules of the house', async (route) => {
    const page = await openPage();
    const errors: string[] = [];
    page.on('console', (message) => {
      const isMissing = message.text().includes('status of 404');
      if (message.type() === 'error' && !isMissing) errors.push(message.text());
    });
    await openSignedIn(page, pictor, toAddress(route));
    await settle(page);
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [2560, 'dark'],
      [390, 'dark'],
      [390, 'light'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      expect(await listOverflowing(page), `${width} px`).toEqual([]);
      if (width !== 390 || colorScheme === 'dark')
        expect(await listAccessFaults(page), `${width} px, ${colorScheme}`).toEqual([]);
    }
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.title()).toMatch(/^.+ · Pictor$/);
    expect(await page.evaluate(() => 'broken' in window)).toBe(false);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test('pages forbid scripts of others, and are told apart by their titles', async () => {
    const page = await openPage();
    const titles = new Map<string, string>();
    for (const path of ['/', '/images', '/requests', '/prompts', '/spend', '/models', '/settings/keys']) {
      await openSignedIn(page, pictor, path);
      await settle(page);
      titles.set(path, await page.title());
    }
    expect(new Set(titles.values()).size).toBe(titles.size);
    const answer = await page.goto(`${pictor.url}/requests`);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    const rules = policy.split(';').map((rule) => rule.trim());
    expect(rules).toContain("default-src 'self'");
    expect(rules.filter((rule) => /^(default|script)-src/.test(rule)).join()).not.toContain('unsafe');
  });
});
