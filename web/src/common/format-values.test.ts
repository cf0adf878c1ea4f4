import { expect, test } from 'vitest';
import {
  formatBytes,
  formatDuration,
  formatMediaType,
  formatRelativeTime,
  formatSize,
  formatUsd,
} from './format-values.ts';

test.each([
  [0, '$0'],
  [0.0421, '$0.0421'],
  [0.04, '$0.04'],
  [0.5, '$0.50'],
  [0.1664, '$0.1664'],
  [1.25, '$1.25'],
  [12, '$12.00'],
  [0.000031, '$0.000031'],
])('money: %d is %s', (usd, text) => {
  expect(formatUsd(usd)).toBe(text);
});

test.each([
  [850, '850 ms'],
  [12_340, '12.3 s'],
  [59_970, '1 min 00 s'],
  [125_000, '2 min 05 s'],
])('duration: %d ms is %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});

test.each([
  [812, '812 B'],
  [45_300, '45 kB'],
  [999_900, '1.0 MB'],
  [1_412_000, '1.4 MB'],
])('file size: %d is %s', (byteCount, text) => {
  expect(formatBytes(byteCount)).toBe(text);
});

test.each([
  [10, 'just now'],
  [300, '5 minutes ago'],
  [3600, '1 hour ago'],
  [86_400, 'yesterday'],
  [3 * 86_400, '3 days ago'],
])('age: %d seconds is %s', (ageSeconds, text) => {
  expect(formatRelativeTime(1_700_000_000 - ageSeconds, 1_700_000_000)).toBe(text);
});

test('a clock that is behind the server says just now, and old dates are dates', () => {
  expect(formatRelativeTime(1_700_000_100, 1_700_000_000)).toBe('just now');
  expect(formatRelativeTime(1_600_000_000, 1_700_000_000)).toMatch(/Sep 1\d, 2020/);
});

test('types and sizes are written as people write them', () => {
  expect([formatMediaType('image/svg+xml'), formatMediaType('image/png')]).toEqual(['SVG', 'PNG']);
  expect([formatSize('1024x1536'), formatSize('auto')]).toEqual(['1024 × 1536', 'auto']);
});
