/** Names under which services and the gateways before them tell their id of a call, the most telling first. */
const names: readonly string[] = ['x-request-id', 'apim-request-id', 'x-ms-request-id', 'request-id'];

/** The service's own id of a call, for support requests. Undefined: it tells none. */
export function readRequestId(headers: Readonly<Record<string, string>>): string | undefined {
  const name = names.find((each) => (headers[each] ?? '') !== '');
  return name === undefined ? undefined : headers[name];
}
