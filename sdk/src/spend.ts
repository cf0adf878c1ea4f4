import { type LedgerList, ledgerList, type Spend, type SpendGroup, spend } from '@pictor/api';
import { type CallOptions, sendCall, type Transport } from './send-call.ts';

export type SpendPeriod = {
  /** A day such as `2026-11-01`, or an ISO time. Default: 30 days ago. */
  readonly from?: string | undefined;
  /** A day, which is then part of the period, or an ISO time, which is not. Default: now. */
  readonly to?: string | undefined;
};

export type LedgerPage = SpendPeriod & {
  /** How many at most, 1 to 200. Default: 50. */
  readonly limit?: number | undefined;
  /** `last_id` of the page before. Default: the newest entry comes first. */
  readonly after?: string | undefined;
  /** Entries of this request only. */
  readonly request?: string | undefined;
};

/** What was spent, and the entries that it is the sum of. */
export type Spending = {
  /** Sums of a period by day, project, key, model, provider, prompt or tag. Default: by day. */
  readonly get: (
    query?: SpendPeriod & { readonly groupBy?: SpendGroup | undefined },
    options?: CallOptions,
  ) => Promise<Spend>;
  /** One page of entries, newest first; of all time where no period is given. */
  readonly entries: (page?: LedgerPage, options?: CallOptions) => Promise<LedgerList>;
};

/** The spend noun over one transport. */
export function spendOver(transport: Transport): Spending {
  return {
    get: ({ groupBy, ...period } = {}, options) =>
      sendCall(
        transport,
        { ...options, method: 'GET', path: withQuery('/api/spend', { group_by: groupBy, ...period }) },
        spend,
      ),
    entries: (page = {}, options) =>
      sendCall(transport, { ...options, method: 'GET', path: withQuery('/api/ledger', page) }, ledgerList),
  };
}

function withQuery(path: string, members: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}
