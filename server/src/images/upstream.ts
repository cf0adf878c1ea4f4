/** The provider's id of the call and the headers that are passed on: never credentials. */
export type Upstream = {
  readonly requestId: string | null;
  readonly headers: Readonly<Record<string, string>>;
};

/** The provider's headers that answers carry, under `x-upstream-`: the plain names are Pictor's own. */
export function passedOn(upstream: Upstream): Record<string, string> {
  return Object.fromEntries(
    Object.entries(upstream.headers).filter(([name]) => name.startsWith('x-ratelimit-')),
  );
}

/** The same in a report, for answers whose headers left before anything was known: streams. */
export type ToldUpstream = {
  readonly request_id: string | null;
  readonly headers: Readonly<Record<string, string>>;
};

/** Undefined: the provider told nothing. */
export function tellUpstream(upstream: Upstream): ToldUpstream | undefined {
  const headers = passedOn(upstream);
  const isSilent = upstream.requestId === null && Object.keys(headers).length === 0;
  return isSilent ? undefined : { request_id: upstream.requestId, headers };
}
