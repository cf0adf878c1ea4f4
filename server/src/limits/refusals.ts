import { PictorError, toUsd } from '../foundation/index.ts';
import type { Standing } from './count-spend.ts';
import type { Budget, RateLimit } from './limit.ts';
import { endOf } from './period.ts';

/** Another try makes sense once requests that run have settled what is held for them. */
const holdsEndSeconds = 5;

/** A hard budget has no room. Says which, whose, how much, and when it begins anew. */
export function budgetUsedUp(budget: Budget, standing: Standing, now: Date): PictorError {
  const onlyHeld = standing.spentNanoUsd < budget.limitNanoUsd;
  return new PictorError({
    code: 'insufficient_quota',
    message: `${nameOf(budget)} has no room for this request: ${told(standing)}. ${whenItResets(budget, now)}`,
    details: { budget: budget.id },
    retrySafe: onlyHeld,
    ...(onlyHeld ? { retryAfterSeconds: holdsEndSeconds } : {}),
  });
}

/** Nothing can be held where nobody knows the price, and a budget that lets such requests pass would be none. */
export function priceUnknown(budget: Budget, model: string): PictorError {
  return new PictorError({
    code: 'insufficient_quota',
    message: `${nameOf(budget)} cannot be kept, because no price is known for the model '${model}' where it would be made. Give it a price in pictor.yaml, or make the budget soft.`,
    details: { budget: budget.id },
    retrySafe: false,
  });
}

/** A rate limit has no room for so much. */
export function tooFast(limit: RateLimit, amount: number, waitMs: number | null): PictorError {
  const name = `The limit of ${limit.perMinute} ${limit.metric} a minute for ${ownerOf(limit)}`;
  if (waitMs === null) {
    return new PictorError({
      code: 'rate_limit_exceeded',
      message: `${name} is smaller than this one request, which needs ${amount}. Ask for less at once.`,
      details: { limit: limit.id },
      retrySafe: false,
    });
  }
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new PictorError({
    code: 'rate_limit_exceeded',
    message: `${name} is reached. There is room for this request in ${seconds} s.`,
    details: { limit: limit.id },
    retrySafe: true,
    retryAfterSeconds: seconds,
  });
}

/** What a soft budget tells beside an answer. */
export function softWarning(budget: Budget, standing: Standing, now: Date): string {
  return `${nameOf(budget)} is reached: ${told(standing)}. It is soft, so nothing is refused. ${whenItResets(budget, now)}`;
}

const periods: Readonly<Record<Budget['period'], string>> = {
  day: 'a day',
  month: 'a month',
  total: 'in total',
};

function nameOf(budget: Budget): string {
  return `The ${budget.mode} budget of ${usd(budget.limitNanoUsd)} ${periods[budget.period]} for ${ownerOf(budget)}`;
}

function ownerOf({ projectId, keyId }: Pick<Budget, 'projectId' | 'keyId'>): string {
  return keyId === null ? `the project ${projectId}` : `the key ${keyId}`;
}

function told({ spentNanoUsd, heldNanoUsd }: Standing): string {
  return `${usd(spentNanoUsd)} are spent and ${usd(heldNanoUsd)} are held for requests that run`;
}

function whenItResets(budget: Budget, now: Date): string {
  const end = endOf(budget.period, now);
  return end === null ? 'It does not begin anew.' : `It begins anew at ${end.toISOString()}.`;
}

/** Cents, and as many more places as there are: a picture may cost half of one. */
function usd(nanoUsd: number): string {
  return `${(toUsd(nanoUsd) ?? 0).toFixed(6).replace(/0{1,4}$/, '')} USD`;
}
