import type { Caller } from '../access/index.ts';

/** How much may be spent in a while. `soft` warns, `hard` refuses. */
export type Budget = {
  readonly id: string;
  readonly projectId: string;
  /** Null: all keys of the project together. */
  readonly keyId: string | null;
  /** `day` and `month` begin at midnight UTC; `total` never ends. */
  readonly period: 'day' | 'month' | 'total';
  readonly limitNanoUsd: number;
  readonly mode: 'soft' | 'hard';
  readonly createdAt: Date;
};

/** How much may be done within any 60 seconds. */
export type RateLimit = {
  readonly id: string;
  readonly projectId: string;
  /** Null: all keys of the project together. */
  readonly keyId: string | null;
  readonly metric: 'requests' | 'images' | 'tokens';
  readonly perMinute: number;
  readonly createdAt: Date;
};

/** Whose limits count for a request. */
export type Limited = Pick<Caller, 'projectId' | 'keyId'>;

/** Does a limit count for a caller? Those of its key and those of its whole project do. */
export function counts(limit: Pick<Budget, 'projectId' | 'keyId'>, caller: Limited): boolean {
  return limit.projectId === caller.projectId && (limit.keyId === null || limit.keyId === caller.keyId);
}
