import { budgetBody, budgetChange, rateLimitBody, rateLimitChange } from '@pictor/api';
import type { z } from 'zod';
import { PictorError } from '../foundation/index.ts';
import type { Budget, RateLimit } from './limit.ts';

/** What a budget's maker says of it; the rest is known. */
export type NewBudget = Pick<Budget, 'keyId' | 'period' | 'limitNanoUsd' | 'mode'>;

export type NewRate = Pick<RateLimit, 'keyId' | 'metric' | 'perMinute'>;

const nanoPerUsd = 1e9;

/** Reads the body that makes a budget. Throws the caller's errors. */
export function readBudget(body: unknown): NewBudget {
  const { key_id: keyId, period, limit, mode } = read(budgetBody, body);
  return {
    keyId: keyId ?? null,
    period,
    limitNanoUsd: Math.round(limit * nanoPerUsd),
    mode: mode ?? 'hard',
  };
}

/** Reads what changes of a budget. Throws the caller's errors. */
export function readBudgetChange(body: unknown, before: Budget): Budget {
  const { period, limit, mode } = read(budgetChange, body);
  return {
    ...before,
    ...(period === undefined ? {} : { period }),
    ...(limit === undefined ? {} : { limitNanoUsd: Math.round(limit * nanoPerUsd) }),
    ...(mode === undefined ? {} : { mode }),
  };
}

/** Reads the body that makes a rate limit. Throws the caller's errors. */
export function readRate(body: unknown): NewRate {
  const { key_id: keyId, metric, per_minute: perMinute } = read(rateLimitBody, body);
  return { keyId: keyId ?? null, metric, perMinute };
}

/** Reads what changes of a rate limit. Throws the caller's errors. */
export function readRateChange(body: unknown, before: RateLimit): RateLimit {
  return { ...before, perMinute: read(rateLimitChange, body).per_minute };
}

function read<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new PictorError({ code: 'invalid_type', message: 'The body must be a JSON object.' });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const param = unknown ?? String(issue?.path[0] ?? '');
  const isMissing = unknown === undefined && !Object.hasOwn(body, param);
  const code =
    unknown !== undefined ? 'unknown_parameter' : isMissing ? 'missing_required_parameter' : 'invalid_value';
  throw new PictorError({
    code,
    message:
      unknown === undefined ? `'${param}' is wrong: ${issue?.message}.` : `Unknown parameter: '${param}'.`,
    param,
  });
}
