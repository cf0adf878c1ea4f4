import { Readable } from 'node:stream';
import { generateBody } from '@pictor/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Access, requireCaller } from '../access/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { HttpServer } from '../http/index.ts';
import type { Routing } from '../routing/index.ts';
import type { LinkSigner } from '../storage/index.ts';
import type { StoredImage } from './job-run.ts';
import { type Asked, type PlannedJob, planJob } from './plan-job.ts';
import { readExtensions, readParameterMode } from './read-headers.ts';
import { readParameters } from './read-parameters.ts';
import { type JobParts, startJob } from './run-job.ts';
import { writeEvents } from './write-events.ts';
import { writeJson } from './write-json.ts';

export type ImagesParts = JobParts & {
  readonly access: Access;
  readonly routing: Routing;
  readonly catalogue: Catalogue;
  readonly links: LinkSigner;
  readonly defaultModel: string | undefined;
  readonly publicUrl: string | undefined;
};

const linkMs = 60 * 60_000;

/** The Images API. `/v1/images` is the short address that some of OpenAI's own examples use. */
export function addImageRoutes(server: HttpServer, parts: ImagesParts): void {
  for (const path of ['/v1/images/generations', '/v1/images']) {
    server.post(path, async (request, reply) => {
      const asked = await readGenerate(parts, request);
      return await answer(parts, planJob(parts, asked), request, reply);
    });
  }
}

async function readGenerate(parts: ImagesParts, request: FastifyRequest): Promise<Asked> {
  const caller = await requireCaller(parts.access, request);
  return {
    requestId: request.id,
    caller,
    path: '/v1/images/generations',
    kind: 'generate',
    endpoint: 'images.generations',
    parameters: readParameters(generateBody, request.body),
    images: [],
    mode: readParameterMode(request.headers),
  };
}

/** Runs a planned job and renders it in the form that was asked for. */
async function answer(
  parts: ImagesParts,
  planned: PlannedJob,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const extensions = readExtensions(request.headers);
  reply.header('x-pictor-engine', planned.route.engine);
  const run = await startJob(parts, planned);
  if (planned.fitted.stream) {
    const events = writeEvents(run, planned.asked.kind, parts.store, { extensions });
    return reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-cache, no-transform')
      .header('x-accel-buffering', 'no')
      .send(Readable.from(events, { objectMode: false }));
  }
  const outcome = await run.done;
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

function signedLink(links: LinkSigner, base: string, image: StoredImage): string {
  const query = links.sign({ imageId: image.id, expiresAt: new Date(Date.now() + linkMs) });
  return `${base}/images/${image.id}?${query}`;
}
