import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Catalogue } from '../catalogue/index.ts';
import type { HttpServer } from '../http/index.ts';
import type { JobKind } from '../models/index.ts';
import type { Routing } from '../routing/index.ts';
import type { LinkSigner } from '../storage/index.ts';
import type { Upstream } from './delivery.ts';
import type { StoredImage } from './job-run.ts';
import { planJob } from './plan-job.ts';
import { type AskedParts, readAsked } from './read-asked.ts';
import { readExtensions } from './read-headers.ts';
import { type JobParts, startJob } from './run-job.ts';
import { writeEvents } from './write-events.ts';
import { writeJson } from './write-json.ts';

export type ImagesParts = JobParts &
  AskedParts & {
    readonly routing: Routing;
    readonly catalogue: Catalogue;
    readonly links: LinkSigner;
    readonly defaultModel: string | undefined;
    readonly publicUrl: string | undefined;
  };

/** OpenAI's links to images live for an hour. */
const linkMs = 60 * 60_000;

/** `/v1/images` is the short address of generations that some of OpenAI's own examples use. */
const routes: readonly { readonly path: string; readonly kind: JobKind }[] = [
  { path: '/v1/images/generations', kind: 'generate' },
  { path: '/v1/images', kind: 'generate' },
  { path: '/v1/images/edits', kind: 'edit' },
  { path: '/v1/images/variations', kind: 'vary' },
];

/** The Images API: understand, plan, run, and render in the form that was asked for. */
export function addImageRoutes(server: HttpServer, parts: ImagesParts): void {
  for (const { path, kind } of routes) {
    server.post(path, async (request, reply) => await answer(parts, request, reply, kind));
  }
}

async function answer(
  parts: ImagesParts,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: JobKind,
): Promise<FastifyReply> {
  const extensions = readExtensions(request.headers);
  const planned = planJob(parts, await readAsked(parts, request, kind));
  const run = await startJob(parts, planned);
  reply.header('x-pictor-engine', planned.route.engine);
  if (planned.fitted.stream) {
    const events = writeEvents(run, planned.asked.kind, parts.store, { extensions });
    return reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-cache, no-transform')
      .header('x-accel-buffering', 'no')
      .send(Readable.from(events, { objectMode: false }));
  }
  const outcome = await run.done;
  passOn(outcome.upstream, reply);
  if (outcome.status === 'failed') throw outcome.error;
  const base = parts.publicUrl ?? `${request.protocol}://${request.headers.host}`;
  const { byteCount, body } = writeJson(outcome.answer, parts.store, {
    extensions,
    linkTo: (image) => signedLink(parts.links, base, image),
  });
  return reply
    .header('content-type', 'application/json; charset=utf-8')
    .header('content-length', String(byteCount))
    .send(body);
}

/** The plain names of these headers are Pictor's own. */
function passOn(upstream: Upstream, reply: FastifyReply): void {
  if (upstream.requestId !== null) reply.header('x-upstream-request-id', upstream.requestId);
  for (const [name, value] of Object.entries(upstream.headers)) {
    if (name.startsWith('x-ratelimit-')) reply.header(`x-upstream-${name.slice(2)}`, value);
  }
}

function signedLink(links: LinkSigner, base: string, image: StoredImage): string {
  const query = links.sign({ imageId: image.id, expiresAt: new Date(Date.now() + linkMs) });
  return `${base}/images/${image.id}?${query}`;
}
