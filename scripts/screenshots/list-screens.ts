import type { Page } from 'playwright-core';
import type { Filled } from './fill-pictor.ts';

export type Screen = {
  readonly name: string;
  readonly path: string;
  /** In docs/tour/, at 1280 pixels in light. */
  readonly isInTour?: boolean;
  /** Before anybody has signed in. */
  readonly isOutside?: boolean;
  /** What a person does before there is something to see. */
  readonly prepare?: (page: Page) => Promise<void>;
};

/** Every page of the app, with something to see on it. `failed`: the id of a request that failed. */
export function listScreens(filled: Filled, failed: string): readonly Screen[] {
  const settings = ['projects', 'keys', 'budgets', 'limits', 'webhooks', 'retention'];
  return [
    { name: 'sign-in', path: '/', isOutside: true },
    { name: 'start', path: '/start' },
    { name: 'playground', path: `/?from=${filled.request}&request=${filled.request}`, isInTour: true },
    { name: 'playground-from-request', path: `/?from=${filled.edit}` },
    { name: 'mask', path: `/?references=${filled.image}&mask=1`, prepare: paint, isInTour: true },
    { name: 'compare', path: '/compare' },
    { name: 'conversations', path: '/conversations' },
    { name: 'conversation', path: `/conversations/${filled.conversation}`, isInTour: true },
    { name: 'images', path: '/images', isInTour: true },
    { name: 'viewer', path: `/images?image=${filled.image}`, isInTour: true },
    { name: 'requests', path: '/requests', isInTour: true },
    { name: 'request', path: `/requests/${filled.edit}`, isInTour: true },
    { name: 'request-failed', path: `/requests/${failed}` },
    { name: 'prompts', path: '/prompts' },
    { name: 'prompt', path: `/prompts/${filled.prompt}`, isInTour: true },
    { name: 'datasets', path: '/datasets' },
    { name: 'dataset', path: `/datasets/${filled.dataset}` },
    { name: 'evaluations', path: '/evaluations' },
    { name: 'evaluation', path: `/evaluations/${filled.evaluation}`, isInTour: true },
    { name: 'spend', path: '/spend?show=list', isInTour: true },
    { name: 'models', path: '/models' },
    ...settings.map((section) => ({ name: `settings-${section}`, path: `/settings/${section}` })),
  ];
}

/** A stroke of the mask painter across the middle. */
async function paint(page: Page): Promise<void> {
  const canvas = page.getByRole('application', { name: 'Picture to paint on' });
  await canvas.waitFor();
  const box = await canvas.boundingBox();
  if (box === null) return;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x - 90, y + 60);
  await page.mouse.down();
  await page.mouse.move(x + 20, y - 40, { steps: 5 });
  await page.mouse.move(x + 110, y + 30, { steps: 5 });
  await page.mouse.up();
}
