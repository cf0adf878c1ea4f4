import { describe, expect, it } from 'vitest';
import { PictorError } from '../foundation/index.ts';
import { countRate } from './count-rate.ts';
import { countSpend, type SpendCounter } from './count-spend.ts';
import type { Budget, RateLimit } from './limit.ts';
import { openHolds, type Wanted } from './open-holds.ts';
import { writeLimitHeaders } from './write-limit-headers.ts';

const createdAt = new Date('2026-11-21T00:00:00Z');
const log = { warn: () => undefined } as unknown as Parameters<typeof openHolds>[0]['log'];

function budget(more: Partial<Budget> = {}): SpendCounter {
  return countSpend({
    id: 'bud_1',
    projectId: 'proj_a',
    keyId: null,
    period: 'day',
    limitNanoUsd: 1000,
    mode: 'hard',
    createdAt,
    ...more,
  });
}

function rate(more: Partial<RateLimit> = {}) {
  return countRate({
    id: 'lim_1',
    projectId: 'proj_a',
    keyId: null,
    metric: 'requests',
    perMinute: 3,
    createdAt,
    ...more,
  });
}

function at(time: string): Date {
  return new Date(`2026-11-${time}Z`);
}

let count = 0;
function wanted(more: Partial<Wanted> = {}): Wanted {
  count += 1;
  return {
    caller: { projectId: 'proj_a', keyId: 'key_1' },
    requestId: `req_${count}`,
    model: 'gpt-image-2',
    holdNanoUsd: 300,
    images: 1,
    tokens: 10,
    now: at('21T12:00:00'),
    ...more,
  };
}

function refusal(act: () => unknown): PictorError {
  try {
    act();
  } catch (error) {
    if (error instanceof PictorError) return error;
  }
  throw new Error('It was not refused.');
}

const paid = (costNanoUsd: number | null) => [
  { kind: 'image', costNanoUsd, usage: null, billedImages: [{}] } as const,
];

describe('a budget', () => {
  it('lets in what begins below it, and refuses everything behind', () => {
    const counter = budget();
    const holds = openHolds({ log, spends: () => [counter], rates: () => [] });
    const inside = [1, 2, 3, 4].map(() => holds.hold(wanted()));
    expect(inside).toHaveLength(4);
    const error = refusal(() => holds.hold(wanted()));
    expect(error.toEnvelope()).toMatchObject({ code: 'insufficient_quota', type: 'insufficient_quota' });
    expect(error.message).toContain('2026-11-22T00:00:00.000Z');
    expect(error.message).toContain('project proj_a');
    // Only held, not spent: there will be room.
    expect(error.facts).toMatchObject({ retrySafe: true, retryAfterSeconds: 5 });
    expect(counter.standing(at('21T12:00:00'))).toEqual({ spentNanoUsd: 0, heldNanoUsd: 1200 });
  });

  it('counts a request of several images as so many', () => {
    const holds = openHolds({ log, spends: () => [budget()], rates: () => [] });
    expect(refusal(() => holds.hold(wanted({ holdNanoUsd: 3000, images: 10 }))).code).toBe(
      'insufficient_quota',
    );
    holds.hold(wanted({ holdNanoUsd: 1100, images: 6 }));
  });

  it('has what was spent in the place of what was held, and keeps the hold where the cost is unknown', () => {
    const counter = budget();
    const holds = openHolds({ log, spends: () => [counter], rates: () => [] });
    const [known, unknown, released] = [holds.hold(wanted()), holds.hold(wanted()), holds.hold(wanted())];
    known?.settle(paid(120));
    unknown?.settle(paid(null));
    released?.release();
    known?.settle(paid(999));
    released?.settle(paid(999));
    expect(counter.standing(at('21T12:00:00'))).toEqual({ spentNanoUsd: 120 + 300, heldNanoUsd: 0 });
  });

  it('begins anew with its period, and what began before counts for before', () => {
    for (const [period, next] of [
      ['day', '22T00:00:00'],
      ['month', '30T00:00:00'],
    ] as const) {
      const counter = budget({ period });
      const hold = counter.hold(300, at('21T23:59:59'));
      const later = period === 'day' ? at(next) : new Date('2026-12-01T00:00:00Z');
      expect(counter.standing(later)).toEqual({ spentNanoUsd: 0, heldNanoUsd: 0 });
      hold.settle(300);
      expect(counter.standing(later)).toEqual({ spentNanoUsd: 0, heldNanoUsd: 0 });
    }
    const total = budget({ period: 'total' });
    total.hold(300, at('21T23:59:59')).settle(250);
    expect(total.standing(new Date('2031-01-01')).spentNanoUsd).toBe(250);
  });

  it('of one key does not count for another, nor for another project', () => {
    const counter = budget({ keyId: 'key_1', limitNanoUsd: 0 });
    const holds = openHolds({ log, spends: () => [counter], rates: () => [] });
    holds.hold(wanted({ caller: { projectId: 'proj_a', keyId: 'key_2' } }));
    holds.hold(wanted({ caller: { projectId: 'proj_b', keyId: 'key_1' } }));
    expect(refusal(() => holds.hold(wanted())).message).toContain('key key_1');
  });

  it('lets pass what is free, and refuses what nobody can price', () => {
    const holds = openHolds({ log, spends: () => [budget({ limitNanoUsd: 0 })], rates: () => [] });
    holds.hold(wanted({ holdNanoUsd: 0 }));
    expect(refusal(() => holds.hold(wanted({ holdNanoUsd: null }))).message).toContain('no price is known');
  });

  it('that is soft warns and refuses nothing', () => {
    const counter = budget({ mode: 'soft', limitNanoUsd: 5_300_000 });
    const holds = openHolds({ log, spends: () => [counter], rates: () => [] });
    expect(holds.hold(wanted({ holdNanoUsd: 3_000_000 })).warnings).toEqual([]);
    expect(holds.hold(wanted({ holdNanoUsd: 3_000_000 })).warnings).toEqual([
      'The soft budget of 0.0053 USD a day for the project proj_a is reached: 0.00 USD are spent and 0.006 USD are held for requests that run. It is soft, so nothing is refused. It begins anew at 2026-11-22T00:00:00.000Z.',
    ]);
  });

  it('does not stop what an engine works on already, and counts it', () => {
    const counter = budget({ limitNanoUsd: 100 });
    const requests = rate({ perMinute: 1 });
    const holds = openHolds({ log, spends: () => [counter], rates: () => [requests] });
    for (const cost of [60, 70]) holds.hold(wanted({ isUnderWay: true })).settle(paid(cost));
    expect(counter.standing(at('21T12:00:00')).spentNanoUsd).toBe(130);
    expect(refusal(() => holds.hold(wanted())).code).toBe('rate_limit_exceeded');
  });

  it('counts a turn of a text model as one request without pictures, and what it did cost', () => {
    const counter = budget({ limitNanoUsd: 50 });
    const [requests, images] = [rate({ perMinute: 2 }), rate({ metric: 'images', perMinute: 1 })];
    const holds = openHolds({ log, spends: () => [counter], rates: () => [requests, images] });
    const turn = { holdNanoUsd: 1, images: 0, tokens: 1 };
    const first = holds.hold(wanted(turn));
    const picture = holds.hold(wanted({ holdNanoUsd: 30, requests: 0 }));
    expect(requests.remaining(at('21T12:00:00'))).toBe(1);
    picture.settle(paid(30));
    first.settle([{ kind: 'mainline', costNanoUsd: 40, usage: null, billedImages: [] }]);
    expect(counter.standing(at('21T12:00:00'))).toEqual({ spentNanoUsd: 70, heldNanoUsd: 0 });
    expect(images.remaining(at('21T12:00:00'))).toBe(0);
    expect(refusal(() => holds.hold(wanted(turn))).code).toBe('insufficient_quota');
  });

  it('that is made while requests run has what they hold', () => {
    const spends: SpendCounter[] = [];
    const holds = openHolds({ log, spends: () => spends, rates: () => [] });
    const running = holds.hold(wanted({ requestId: 'req_running' }));
    holds.hold(wanted({ caller: { projectId: 'proj_b', keyId: 'key_9' } }));
    const counter = budget();
    expect(holds.join(counter)).toEqual(['req_running']);
    expect(counter.standing(at('21T12:00:00')).heldNanoUsd).toBe(300);
    running.settle(paid(90));
    expect(counter.standing(at('21T12:00:00'))).toEqual({ spentNanoUsd: 90, heldNanoUsd: 0 });
  });
});

describe('a rate limit', () => {
  it('counts any 60 seconds, and says when there is room', () => {
    const counter = rate();
    for (const second of ['00', '10', '20']) counter.hold(1, at(`21T12:00:${second}`));
    expect(counter.waitMs(1, at('21T12:00:30'))).toBe(30_000);
    expect(counter.waitMs(2, at('21T12:00:30'))).toBe(40_000);
    expect(counter.waitMs(4, at('21T12:00:30'))).toBeNull();
    expect(counter.waitMs(1, at('21T12:01:00'))).toBe(0);
    expect(counter.remaining(at('21T12:01:05'))).toBe(1);
    expect(counter.resetMs(at('21T12:01:05'))).toBe(15_000);
    expect(counter.resetMs(at('21T12:02:00'))).toBe(0);
  });

  it('refuses with the seconds to wait, and holds nothing then', () => {
    const [requests, tokens] = [rate(), rate({ id: 'lim_2', metric: 'tokens', perMinute: 25 })];
    const holds = openHolds({ log, spends: () => [], rates: () => [requests, tokens] });
    holds.hold(wanted());
    holds.hold(wanted());
    const error = refusal(() => holds.hold(wanted()));
    expect(error.facts).toMatchObject({
      code: 'rate_limit_exceeded',
      retryAfterSeconds: 60,
      retrySafe: true,
    });
    expect(error.message).toContain('25 tokens a minute');
    expect(requests.remaining(at('21T12:00:00'))).toBe(1);
    expect(refusal(() => holds.hold(wanted({ tokens: 26 }))).facts.retrySafe).toBe(false);
  });

  it('has what was used in the place of what was thought', () => {
    const [images, tokens] = [
      rate({ metric: 'images', perMinute: 10 }),
      rate({ metric: 'tokens', perMinute: 100 }),
    ];
    const holds = openHolds({ log, spends: () => [], rates: () => [images, tokens] });
    const hold = holds.hold(wanted({ images: 4, tokens: 80 }));
    expect([images.remaining(at('21T12:00:00')), tokens.remaining(at('21T12:00:00'))]).toEqual([6, 20]);
    const usage = {
      textIn: 5,
      textInCached: null,
      imageIn: 0,
      imageInCached: null,
      textOut: null,
      imageOut: 20,
      source: 'provider',
    } as const;
    hold.settle([{ kind: 'image', costNanoUsd: 1, usage, billedImages: [{}, {}] }]);
    expect([images.remaining(at('21T12:00:00')), tokens.remaining(at('21T12:00:00'))]).toEqual([8, 75]);
  });

  it('is told in the headers of OpenAI, the tightest of each metric', () => {
    const [wide, tight] = [rate({ perMinute: 100 }), rate({ perMinute: 5 })];
    const images = rate({ metric: 'images', perMinute: 50 });
    for (const counter of [wide, tight]) counter.hold(1, at('21T12:00:00'));
    images.hold(2, at('21T12:00:15'));
    expect(writeLimitHeaders([wide, tight, images], at('21T12:00:15.500'))).toEqual({
      'x-ratelimit-limit-requests': '5',
      'x-ratelimit-remaining-requests': '4',
      'x-ratelimit-reset-requests': '44.5s',
      'x-ratelimit-limit-images': '50',
      'x-ratelimit-remaining-images': '48',
      'x-ratelimit-reset-images': '59.5s',
    });
    expect(writeLimitHeaders([], at('21T12:00:00'))).toEqual({});
  });
});
