/**
 * How often something is sent on a connection on which nothing happens, in milliseconds: comments between events, white
 * space before JSON. Short enough for the strictest proxies, which cut after five seconds.
 */
export const keepAliveMs = 2_000;
