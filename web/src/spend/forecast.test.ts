import type { Budget, Spend } from '@pictor/sdk';
import { expect, test } from 'vitest';
import { forecastBudget } from './forecast.ts';

const sums = {
  entries: 1,
  unknown_count: 0,
  cost_nano_usd: null,
  list_cost: 0,
  list_cost_nano_usd: 0,
  images: 1,
  text_in: 0,
  image_in: 0,
  text_out: 0,
  image_out: 0,
};
const week: Spend = {
  object: 'spend',
  group_by: 'key',
  from: '',
  to: '',
  data: [
    { ...sums, group: 'key_a', cost: 7 },
    { ...sums, group: 'key_b', cost: 14 },
    { ...sums, group: 'key_c', cost: null, unknown_count: 1 },
  ],
  total: { ...sums, cost: 21 },
};
const now = new Date('2026-11-21T00:00:00Z');
const month: Budget = {
  id: 'bud_1',
  object: 'budget',
  key_id: null,
  period: 'month',
  mode: 'hard',
  limit: 100,
  limit_nano_usd: 0,
  spent: 50,
  held: 2,
  remaining: 48,
  resets_at: Date.parse('2026-12-01T00:00:00Z') / 1000,
  created_at: 0,
};

test('the pace of seven days is carried on to the end of the period', () => {
  expect(forecastBudget(month, week, now)).toEqual({ pace: 3, atEnd: 82, reachedAt: null });
});

test('a budget of a key counts that key only, and a limit that is reached has its day', () => {
  const ofKey = { ...month, key_id: 'key_b', limit: 62 };
  const forecast = forecastBudget(ofKey, week, now);
  expect(forecast).toMatchObject({ pace: 2, atEnd: 72 });
  expect(forecast.reachedAt?.toISOString()).toBe('2026-11-26T00:00:00.000Z');
});

test('without an end there is a day and no sum; without a pace there is neither', () => {
  const total = { ...month, period: 'total', resets_at: null } as const;
  expect(forecastBudget(total, week, now)).toMatchObject({ atEnd: null });
  expect(forecastBudget(total, week, now).reachedAt?.toISOString()).toBe('2026-12-07T00:00:00.000Z');
  expect(forecastBudget(total, { ...week, data: [] }, now)).toEqual({
    pace: 0,
    atEnd: null,
    reachedAt: null,
  });
});
