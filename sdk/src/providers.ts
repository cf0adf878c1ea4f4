import { type ProviderCheckList, type ProviderList, providerCheckList, providerList } from '@pictor/api';
import { type CallOptions, sendCall, type Transport } from './send-call.ts';

/** The services and engines behind the server, for the root key. */
export type Providers = {
  /** Every one that is configured, and how it is. */
  readonly list: (options?: CallOptions) => Promise<ProviderList>;
  /** Looks at every part of every one's settings, without making a picture. It can take half a minute. */
  readonly check: (options?: CallOptions) => Promise<ProviderCheckList>;
};

/** The providers noun over one transport. */
export function providersOver(transport: Transport): Providers {
  const path = '/api/providers';
  return {
    list: (options) => sendCall(transport, { ...options, method: 'GET', path }, providerList),
    check: (options) =>
      sendCall(transport, { ...options, method: 'POST', path: `${path}/check` }, providerCheckList),
  };
}
