import { describe, expect, test } from 'vitest';
import { readWish } from './read-wish.ts';

const alone = { sent: 0, seen: 0, mustPaint: false };
const seen = { sent: 0, seen: 1, mustPaint: false };
const sent = { sent: 2, seen: 0, mustPaint: false };

describe('with nothing to look at', () => {
  test.each([
    ['Generate an image of gray tabby cat hugging an otter', 'generate', 'Gray tabby cat hugging an otter.'],
    ['Can you draw me a small boat?', 'generate', 'A small boat.'],
    ['A picture of the sea at night', 'generate', 'The sea at night.'],
    ['What is the capital of France?', 'talk', 'What is the capital of France.'],
    ['Write a poem about a boat', 'talk', 'Write a poem about a boat.'],
    ['Hello', 'talk', 'Hello.'],
  ])('%s', (words, kind, prompt) => {
    expect(readWish(words, alone)).toMatchObject({ kind, prompt, count: 1 });
  });

  test.each([
    ['Draw three pictures of a cat', 3],
    ['Make 2 icons of a house', 2],
    ['Draw 40 images of a cat', 10],
    ['Draw two cats', 1],
  ])('%s', (words, count) => {
    expect(readWish(words, alone)).toMatchObject({ kind: 'generate', count });
  });

  test('whoever must paint takes anything for a wish', () => {
    expect(readWish('Bonjour', { ...alone, mustPaint: true }).kind).toBe('generate');
  });
});

describe('with a picture in the conversation', () => {
  test.each([
    ['Now make it look realistic', 'edit'],
    ['add a hat', 'edit'],
    ['As before, but at night', 'edit'],
    ['Enlarge', 'edit'],
    ['the same in blue', 'edit'],
    ['Make a version with a red sail', 'edit'],
    ['Draw the same cat again', 'edit'],
    ['Could you make the sky blue?', 'edit'],
    ['What about at night?', 'edit'],
    ['How about a red hat?', 'edit'],
    ['Now draw a dog', 'generate'],
    ['Draw a cat with a ball in front of it', 'generate'],
    ['Draw another picture of a tree', 'generate'],
    ['Describe the picture', 'talk'],
    ['Is it red?', 'talk'],
    ['Thank you', 'talk'],
  ])('%s', (words, kind) => {
    expect(readWish(words, seen).kind).toBe(kind);
  });

  test.each([
    ['Make the first picture darker', 'first'],
    ['Combine both', 'all'],
    ['Make it darker', 'last'],
  ])('%s', (words, which) => {
    expect(readWish(words, seen)).toMatchObject({ kind: 'edit', which });
  });
});

test.each([
  ['Could you make the sky blue?', seen, 'Make the sky blue.'],
  ['', { ...alone, mustPaint: true }, 'A picture.'],
])('%j is a wish that a painter can read', (words, facts, prompt) => {
  expect(readWish(words, facts).prompt).toBe(prompt);
});

test('a long text is cut to what painters read', () => {
  expect(readWish(`Draw a cat, ${'very '.repeat(20_000)}big`, alone).prompt.length).toBeLessThan(32_000);
});

test('pictures that came with the words are what is edited', () => {
  const words = 'Generate a photorealistic image of a gift basket with all the items in the pictures';
  expect(readWish(words, sent).kind).toBe('edit');
  expect(readWish('What is in these pictures?', sent).kind).toBe('talk');
});
