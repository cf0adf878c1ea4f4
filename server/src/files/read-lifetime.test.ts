import { expect, test } from 'vitest';
import { PictorError } from '../foundation/index.ts';
import { readLifetime } from './read-lifetime.ts';

const anchor = ['expires_after[anchor]', 'created_at'] as const;
const month = 2_592_000;

test.each([
  [[], 'vision', null],
  [[], 'batch', month],
  [[['expires_after', 'null']], 'user_data', null],
  [[anchor, ['expires_after[seconds]', '3600']], 'vision', 3600],
  [[anchor, ['expires_after[seconds]', '2592000']], 'vision', month],
  [[['expires_after', '{"anchor":"created_at","seconds":7200}']], 'batch', 7200],
] as const)('%j for %s lives %s seconds', (values, purpose, seconds) => {
  expect(readLifetime(new Map(values), purpose)).toBe(seconds);
});

test.each([
  [[anchor], 'missing_required_parameter', 'expires_after[seconds]'],
  [[['expires_after[seconds]', '3600']], 'missing_required_parameter', 'expires_after[anchor]'],
  [[['expires_after', '{"seconds":3600}']], 'missing_required_parameter', 'expires_after[anchor]'],
  [
    [
      ['expires_after[anchor]', 'now'],
      ['expires_after[seconds]', '3600'],
    ],
    'invalid_value',
    'expires_after[anchor]',
  ],
  [[anchor, ['expires_after[seconds]', '3599']], 'invalid_value', 'expires_after[seconds]'],
  [[anchor, ['expires_after[seconds]', '2592001']], 'invalid_value', 'expires_after[seconds]'],
  [[anchor, ['expires_after[seconds]', '3600.5']], 'invalid_value', 'expires_after[seconds]'],
  [[anchor, ['expires_after[seconds]', '1e4']], 'invalid_value', 'expires_after[seconds]'],
  [[anchor, ['expires_after[seconds]', '9'.repeat(400)]], 'invalid_value', 'expires_after[seconds]'],
  [
    [['expires_after', '{"anchor":"created_at","seconds":"3600"}']],
    'invalid_value',
    'expires_after[seconds]',
  ],
  [[['expires_after', '3600']], 'invalid_type', 'expires_after'],
  [[['expires_after', '[]']], 'invalid_type', 'expires_after'],
  [[['expires_after', '{}']], 'invalid_type', 'expires_after'],
  [[['expires_after', '{"anchor":']], 'invalid_type', 'expires_after'],
  [[['expires_after', '{"days":3}']], 'unknown_parameter', 'expires_after[days]'],
  [[['expires_after', '{}'], anchor], 'duplicate_parameter', 'expires_after'],
] as const)('%j is refused with %s', (values, code, param) => {
  let caught: unknown;
  try {
    readLifetime(new Map(values), 'vision');
  } catch (error) {
    caught = error;
  }
  if (!(caught instanceof PictorError)) throw new Error(`Expected a PictorError, got ${String(caught)}`);
  expect([caught.code, caught.facts.param]).toEqual([code, param]);
});
