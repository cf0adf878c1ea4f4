import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeSdk } from './describe-sdk.ts';

test('docs/sdk-reference.md is what the docstrings say; `npm run reference` writes it anew', async () => {
  const page = await readFile(new URL('../../docs/sdk-reference.md', import.meta.url), 'utf8');
  expect(page).toBe(describeSdk());
});

test('every part of the client and every error stands in it, with a sentence', () => {
  const page = describeSdk();
  for (const name of [
    'Pictor',
    'Images',
    'Prompts',
    'Requests',
    'Projects',
    'Spending',
    'RateLimitError',
    'ImageProgress',
  ]) {
    expect(page).toMatch(new RegExp(`^## ${name}\\n\\n[A-Z]`, 'm'));
  }
  expect(page).toContain(
    '- `generate: (body: GenerateRequest, options?: RunOptions) => Promise<ImagesResponse>`: Makes pictures',
  );
  expect(page).toContain('- `maxRetries?: number`: How often');
});
