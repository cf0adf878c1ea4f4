import { isIP } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PictorError } from '../foundation/index.ts';

/**
 * Refuses Host headers that name somebody else: a page of a foreign name that was pointed at this address
 * (DNS rebinding) would otherwise be same-origin with Pictor. Addresses cannot be re-pointed, so they pass.
 */
export function checkHost(request: FastifyRequest, allowedHosts: readonly string[]): void {
  const name = hostName(request.headers.host);
  if (name !== undefined) {
    if (
      name === 'localhost' ||
      name.endsWith('.localhost') ||
      isIP(name) !== 0 ||
      allowedHosts.includes(name)
    )
      return;
  }
  throw new PictorError({
    code: 'host_not_allowed',
    message:
      'The Host header of this request names a host that Pictor does not answer for. Add its name to PICTOR_ALLOWED_HOSTS, or set PICTOR_PUBLIC_URL.',
  });
}

/**
 * Refuses calls that a page of another site makes. Links that a person follows (navigation by GET), and pictures
 * that another page shows by a signed link, carry no Origin header and pass.
 */
export function checkOrigin(
  request: FastifyRequest,
  reply: FastifyReply,
  allowedOrigins: readonly string[],
): void {
  const origin = request.headers.origin;
  if (origin !== undefined) {
    if (origin !== 'null' && hostOf(origin) === request.headers.host?.toLowerCase()) return;
    if (allowedOrigins.includes(origin.toLowerCase())) {
      allowOrigin(request, reply, origin);
      return;
    }
    throw crossSite();
  }
  const changes = request.method !== 'GET' && request.method !== 'HEAD';
  if (changes && request.headers['sec-fetch-site'] === 'cross-site') throw crossSite();
}

function allowOrigin(request: FastifyRequest, reply: FastifyReply, origin: string): void {
  reply.header('access-control-allow-origin', origin);
  reply.header('vary', 'Origin');
  reply.header('access-control-expose-headers', '*');
  if (request.method !== 'OPTIONS') return;
  reply.header('access-control-allow-methods', 'GET, POST, DELETE, PATCH, PUT');
  reply.header('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*');
  reply.header('access-control-max-age', '600');
  reply.code(204).send();
}

function crossSite(): PictorError {
  return new PictorError({
    code: 'cross_site_request',
    message:
      'Requests from pages of other sites are refused. Add the origin to PICTOR_ALLOWED_ORIGINS to allow it.',
  });
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host.toLowerCase() : undefined;
}

/** The name in a Host header without its port and brackets, lower-case. */
function hostName(header: string | undefined): string | undefined {
  if (header === undefined || !/^[A-Za-z0-9.\-_:[\]]+$/.test(header) || !URL.canParse(`http://${header}`))
    return undefined;
  return new URL(`http://${header}`).hostname.replace(/^\[|\]$/g, '').toLowerCase();
}
