import { expect, test } from 'vitest';
import { SettingsError } from '../foundation/index.ts';
import { readAllowList } from './read-allow-list.ts';

const rows = [
  ['assets.internal', 'assets.internal', 80, true],
  ['assets.internal', 'assets.internal', 8443, true],
  ['assets.internal', 'ASSETS.internal.', 80, true],
  ['Assets.Internal.', 'assets.internal', 80, true],
  ['assets.internal', 'evil.assets.internal', 80, false],
  ['assets.internal', 'assets.internal.evil.example', 80, false],
  ['127.0.0.1', '127.0.0.1', 9, true],
  ['127.0.0.1:8080', '127.0.0.1', 8080, true],
  ['127.0.0.1:8080', '127.0.0.1', 80, false],
  ['127.0.0.1:80', '127.0.0.1', 80, true],
  ['127.0.0.1:80', '127.0.0.1', 443, false],
  ['2130706433', '127.0.0.1', 80, true],
  ['::1', '::1', 80, true],
  ['[::1]', '[::1]', 80, true],
  ['[::1]:8080', '::1', 8080, true],
  ['[::1]:8080', '::1', 80, false],
  ['0:0:0:0:0:0:0:1', '::1', 80, true],
] as const;

test.each(rows)('%s and %s port %i: %s', (entry, hostname, port, expected) => {
  expect(readAllowList([entry])({ hostname, port })).toBe(expected);
});

test('an empty list allows nothing', () => {
  expect(readAllowList([])({ hostname: '127.0.0.1', port: 80 })).toBe(false);
});

test.each([
  'http://127.0.0.1',
  '127.0.0.1/8',
  'user@host',
  'a b',
  'host:port',
  'host:70000',
  '[::1',
  '300.1.1.1',
  '*.internal?',
])("'%s' is a wrong setting", (entry) => {
  expect(() => readAllowList([entry])).toThrow(SettingsError);
});
