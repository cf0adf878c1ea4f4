import { expect, test } from 'vitest';
import { cleanMessage } from './clean-message.ts';

const prompt = 'a portrait of a person who does not exist';
const clean = (message: string, asked = prompt): string =>
  cleanMessage(message, { secrets: ['', 'local-key-77'], prompt: asked });

test.each([
  ['the key', 'Bad local-key-77 here.', 'Bad … here.'],
  ['other keys', 'Bad sk-proj-abcDEF123456 here.', 'Bad … here.'],
  ['a masked key', 'Bad sk-abcd****wxyz here.', 'Bad … here.'],
  ['a bearer', 'Got Bearer abc.def here.', 'Got … here.'],
  ['the organisation', 'Limit in organization org-AbC12345 reached.', 'Limit in organization … reached.'],
  ['the prompt', `Cannot draw "${prompt}" now.`, 'Cannot draw "…" now.'],
  ['control characters', 'one\r\n\u0000two', 'one two'],
])('takes out %s', (_, message, expected) => {
  expect(clean(message)).toBe(expected);
});

test('cuts what is long', () => {
  expect(clean('x'.repeat(9000))).toHaveLength(501);
});

test('leaves words that are a short prompt by chance, and what needs no cleaning', () => {
  expect(clean('The size is wrong.', 'size')).toBe('The size is wrong.');
  expect(clean("Invalid size '1792x936'. Width and height must both be divisible by 16.")).toBe(
    "Invalid size '1792x936'. Width and height must both be divisible by 16.",
  );
});
