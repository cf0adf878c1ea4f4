import { expect, test } from 'vitest';
import { cleanJson, cleanText } from './clean-text.ts';

test('replaces what PostgreSQL refuses, and nothing else', () => {
  expect(cleanText('a\0b')).toBe('a\uFFFDb');
  expect(cleanText('\ud83d \udd66')).toBe('\uFFFD \uFFFD');
  expect(cleanText('🕦 é \u0001 \uFFFF')).toBe('🕦 é \u0001 \uFFFF');
});

test('reaches every text and key of a JSON value', () => {
  const value = { 'a\0': ['\ud800', { deep: 'x\0' }], n: 1, no: null, yes: true };
  expect(cleanJson(value)).toEqual({ 'a\uFFFD': ['\uFFFD', { deep: 'x\uFFFD' }], n: 1, no: null, yes: true });
});

test('keeps a key named __proto__ a plain key', () => {
  const cleaned = cleanJson(JSON.parse('{"__proto__": {"admin": true}}'));
  expect(JSON.stringify(cleaned)).toBe('{"__proto__":{"admin":true}}');
});
