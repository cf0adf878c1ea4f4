import {
  type Budget,
  type BudgetBody,
  type BudgetChange,
  type BudgetList,
  budget,
  budgetList,
  type RateLimit,
  type RateLimitBody,
  type RateLimitChange,
  type RateLimitList,
  rateLimit,
  rateLimitList,
} from '@pictor/api';
import { type CallOptions, sendCall, sendEmptyCall, type Transport } from './send-call.ts';

/** How much the project, or one of its keys, may spend in a day, a month, or in total. Limits are USD. */
export type Budgets = {
  readonly list: (options?: CallOptions) => Promise<BudgetList>;
  readonly get: (id: string, options?: CallOptions) => Promise<Budget>;
  readonly create: (body: BudgetBody, options?: CallOptions) => Promise<Budget>;
  readonly update: (id: string, change: BudgetChange, options?: CallOptions) => Promise<Budget>;
  readonly remove: (id: string, options?: CallOptions) => Promise<void>;
};

/** How many requests, images or tokens the project, or one of its keys, may have within any minute. */
export type RateLimits = {
  readonly list: (options?: CallOptions) => Promise<RateLimitList>;
  readonly get: (id: string, options?: CallOptions) => Promise<RateLimit>;
  readonly create: (body: RateLimitBody, options?: CallOptions) => Promise<RateLimit>;
  readonly update: (id: string, change: RateLimitChange, options?: CallOptions) => Promise<RateLimit>;
  readonly remove: (id: string, options?: CallOptions) => Promise<void>;
};

/** The budgets noun over one transport. */
export function budgetsOver(transport: Transport): Budgets {
  const path = '/api/budgets';
  const one = (id: string) => `${path}/${encodeURIComponent(id)}`;
  return {
    list: (options) => sendCall(transport, { ...options, method: 'GET', path }, budgetList),
    get: (id, options) => sendCall(transport, { ...options, method: 'GET', path: one(id) }, budget),
    create: (body, options) => sendCall(transport, { ...options, method: 'POST', path, body }, budget),
    update: (id, body, options) =>
      sendCall(transport, { ...options, method: 'PATCH', path: one(id), body }, budget),
    remove: (id, options) => sendEmptyCall(transport, { ...options, method: 'DELETE', path: one(id) }),
  };
}

/** The limits noun over one transport. */
export function limitsOver(transport: Transport): RateLimits {
  const path = '/api/limits';
  const one = (id: string) => `${path}/${encodeURIComponent(id)}`;
  return {
    list: (options) => sendCall(transport, { ...options, method: 'GET', path }, rateLimitList),
    get: (id, options) => sendCall(transport, { ...options, method: 'GET', path: one(id) }, rateLimit),
    create: (body, options) => sendCall(transport, { ...options, method: 'POST', path, body }, rateLimit),
    update: (id, body, options) =>
      sendCall(transport, { ...options, method: 'PATCH', path: one(id), body }, rateLimit),
    remove: (id, options) => sendEmptyCall(transport, { ...options, method: 'DELETE', path: one(id) }),
  };
}
