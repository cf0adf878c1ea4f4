import { isIP } from 'node:net';
import { PictorError } from '../foundation/index.ts';
import { isPublicAddress } from './is-public-address.ts';
import type { Lookup } from './open-connector.ts';
import { type AllowList, plainHostname } from './read-allow-list.ts';
import { readTarget } from './read-target.ts';
import { notPublic } from './send-post.ts';

/**
 * Says early why nothing will ever be sent to an address; null: nothing speaks against it now. A name that cannot be
 * resolved may be one tomorrow. This is a courtesy: the check that counts is made whenever something is sent.
 */
export async function checkAddress(
  facts: { readonly allowList: AllowList; readonly lookup: Lookup },
  address: string,
): Promise<string | null> {
  let url: URL;
  try {
    url = readTarget(address, {});
  } catch (error) {
    if (error instanceof PictorError) return error.message;
    throw error;
  }
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  if (facts.allowList({ hostname: url.hostname, port })) return null;
  const hostname = plainHostname(url.hostname);
  if (isIP(hostname) !== 0) return isPublicAddress(hostname) ? null : notPublic;
  const addresses = await facts.lookup(hostname).catch(() => []);
  return addresses.every(({ address: each }) => isPublicAddress(each)) ? null : notPublic;
}
