import { isIPv6 } from 'node:net';
import { SettingsError } from '../foundation/index.ts';

/** A host and port, as a URL or a connection names them. */
export type Endpoint = { readonly hostname: string; readonly port: number };

/** May this host be reached although it is not public? */
export type AllowList = (endpoint: Endpoint) => boolean;

/**
 * Reads hosts that may be private: `assets.internal`, `127.0.0.1:8080`, `[::1]:8080`. Without a port, every port
 * of the host is meant. Throws a SettingsError for anything else.
 */
export function readAllowList(entries: readonly string[]): AllowList {
  const allowed = entries.map(readEntry);
  return (endpoint) => {
    const hostname = plainHostname(endpoint.hostname);
    return allowed.some(
      (entry) => entry.hostname === hostname && (entry.port === null || entry.port === endpoint.port),
    );
  };
}

/** One spelling for a host, so that the list and the connection can be compared: no brackets, no last dot. */
export function plainHostname(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

function readEntry(entry: string): { hostname: string; port: number | null } {
  const text = isIPv6(entry) ? `[${entry}]` : entry;
  const [, host = '', port] = /^(\[[^\]]+\]|[^:/?#@\\\s[\]]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = `http://${host}${port === undefined ? '' : `:${port}`}/`;
  if (host === '' || !URL.canParse(address)) {
    throw new SettingsError(
      `PICTOR_FETCH_ALLOW must list hosts such as assets.internal or 127.0.0.1:8080, not '${entry}'.`,
    );
  }
  // The URL's own port is empty for 80, which is a port like any other here.
  return {
    hostname: plainHostname(new URL(address).hostname),
    port: port === undefined ? null : Number(port),
  };
}
