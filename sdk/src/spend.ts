import { type LedgerList, ledgerList, type Spend, type SpendGroup, spend } from '@pictor/api';
import { type CallOptions, sendCall, sendOpenCall, type Transport } from './send-call.ts';

export type SpendPeriod = {
  /** A day such as `2026-11-01`, or an ISO time. Default: 30 days ago. */
  readonly from?: string | undefined;
  /** A day, which is then part of the period, or an ISO time, which is not. Default: now. */
  readonly to?: string | undefined;
};

export type SpendQuery = SpendPeriod & {
  /** Default: day. */
  readonly groupBy?: SpendGroup | undefined;
  /** `day`: the sums of each day apart as well, as `days`. Default: only those of the period. */
  readonly split?: 'day' | undefined;
};

/** Which entries are wanted; an empty text asks for those that have none. */
export type EntryFilter = {
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  /** Id of an API key. */
  readonly key?: string | undefined;
  /** Name of a saved prompt. */
  readonly prompt?: string | undefined;
  readonly tag?: string | undefined;
};

export type LedgerPage = SpendPeriod &
  EntryFilter & {
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
  readonly get: (query?: SpendQuery, options?: CallOptions) => Promise<Spend>;
  /** One page of entries, newest first; of all time where no period is given. */
  readonly entries: (page?: LedgerPage, options?: CallOptions) => Promise<LedgerList>;
  /** Sums of a period as CSV, as a stream. */
  readonly export: (
    query?: Omit<SpendQuery, 'split'>,
    options?: CallOptions,
  ) => Promise<ReadableStream<Uint8Array>>;
  /** All entries that fit as CSV, as a stream. */
  readonly exportEntries: (
    filter?: SpendPeriod & EntryFilter,
    options?: CallOptions,
  ) => Promise<ReadableStream<Uint8Array>>;
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
    export: ({ groupBy, ...period } = {}, options) => {
      const members = { group_by: groupBy, ...period, format: 'csv' };
      return openCsv(transport, withQuery('/api/spend', members), options);
    },
    exportEntries: (filter = {}, options) =>
      openCsv(transport, withQuery('/api/ledger', { ...filter, format: 'csv' }), options),
  };
}

async function openCsv(
  transport: Transport,
  path: string,
  options: CallOptions | undefined,
): Promise<ReadableStream<Uint8Array>> {
  const call = { ...options, method: 'GET', path, headers: { accept: '*/*' } } as const;
  return (await sendOpenCall(transport, call)).body ?? new ReadableStream<Uint8Array>();
}

function withQuery(path: string, members: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}
