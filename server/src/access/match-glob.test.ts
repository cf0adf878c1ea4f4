import { expect, test } from 'vitest';
import { matchGlob } from './match-glob.ts';

test.each([
  ['gpt-image-*', 'gpt-image-2', true],
  ['gpt-image-*', 'gpt-image-', true],
  ['gpt-image-*', 'my-gpt-image-2', false],
  ['gpt-image-?', 'gpt-image-2', true],
  ['gpt-image-?', 'gpt-image-2.5', false],
  ['*', '', true],
  ['*-mini', 'gpt-image-1-mini', true],
  ['*-mini', 'gpt-image-1-mini-2', false],
  ['g*1*i', 'gpt-image-1-mini', true],
  ['openai/*', 'openai/gpt-image-2', true],
  ['gpt.image', 'gpt-image', false],
  ['', 'gpt', false],
])('the glob %j and the name %j: %s', (glob, text, matches) => {
  expect(matchGlob(glob, text)).toBe(matches);
});

test('a glob that is made to take for ever does not', () => {
  expect(matchGlob('*a'.repeat(40), `${'a'.repeat(5_000)}b`)).toBe(false);
});
