import { lookup as lookupAddresses } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isPublicAddress } from './is-public-address.ts';
import { type AllowList, plainHostname } from './read-allow-list.ts';

/** Every address of a host name. Rejects where there is none. */
export type Lookup = (hostname: string) => Promise<readonly ResolvedAddress[]>;

type ResolvedAddress = { readonly address: string; readonly family: number };

/** The host is not public and not on the list. Says no address: what a name resolves to stays inside. */
export class RefusedAddressError extends Error {
  override readonly name = 'RefusedAddressError';
}

/** The system's own resolver. */
export const systemLookup: Lookup = (hostname) => lookupAddresses(hostname, { all: true, order: 'verbatim' });

/**
 * Opens connections for undici. The check stands here and nowhere before, because only here the address that is
 * checked and the address that is connected to are the same value: a name is resolved once, every address of it
 * must be public, and the socket gets exactly those. A name that changes its answer in between cannot slip past.
 */
export function openConnector(facts: {
  readonly allowList: AllowList;
  readonly lookup: Lookup;
  readonly connectTimeoutMs: number;
}): buildConnector.connector {
  const options = { timeout: facts.connectTimeoutMs, allowH2: false };
  const toAnywhere = buildConnector({ ...options, lookup: toSocketLookup(facts.lookup) });
  const toPublic = buildConnector({ ...options, lookup: toSocketLookup(onlyPublic(facts.lookup)) });
  return (target, callback) => {
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
    if (facts.allowList({ hostname: target.hostname, port })) return toAnywhere(target, callback);
    const hostname = plainHostname(target.hostname);
    // Sockets never ask a resolver about an address, so it is checked here.
    if (isIP(hostname) !== 0 && !isPublicAddress(hostname)) {
      queueMicrotask(() => callback(new RefusedAddressError('refused'), null));
      return;
    }
    toPublic(target, callback);
  };
}

function onlyPublic(lookup: Lookup): Lookup {
  return async (hostname) => {
    const addresses = await lookup(hostname);
    // One closed address among open ones is how a name is made to be both: it spoils all of them.
    if (!addresses.every(({ address }) => isPublicAddress(address))) throw new RefusedAddressError('refused');
    return addresses;
  };
}

function toSocketLookup(lookup: Lookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) {
          const nothing = Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
          return options.all ? callback(nothing, []) : callback(nothing, '', 0);
        }
        return options.all ? callback(null, [...addresses]) : callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => (options.all ? callback(error, []) : callback(error, '', 0)),
    );
  };
}
