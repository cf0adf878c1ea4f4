import type { ImageEvent, ImageJob, ImageModel, RunContext } from '../../../models/index.ts';
import type { Call, Reply } from '../open-caller.ts';
import { readJson } from '../read-json.ts';
import { readRequestId } from '../read-request-id.ts';
import { fetchPicture } from './fetch-picture.ts';
import { readEvents } from './read-events.ts';
import { type FailureSource, readFailure } from './read-failure.ts';
import { readReply } from './read-reply.ts';
import { toRequest } from './to-request.ts';
import type { Upstream } from './upstream.ts';

/** Every image model of a service: the job itself says which one is meant. */
export function openImageModel(upstream: Upstream): ImageModel {
  return { run: (job, context) => run(upstream, job, context) };
}

async function* run(upstream: Upstream, job: ImageJob, context: RunContext): AsyncGenerator<ImageEvent> {
  const request = (upstream.toRequest ?? toRequest)(job);
  const { signal } = context;
  const reply = await callOrRenew(upstream, async () => ({
    url: upstream.toUrl?.(request, job) ?? `${upstream.baseUrl}${request.path}`,
    headers: {
      ...(await upstream.headers()),
      accept: job.partialImages > 0 ? 'text/event-stream' : 'application/json',
      'x-client-request-id': context.requestId,
    },
    body: request.body,
    signal,
    pool: context.pool,
  }));
  try {
    yield toStarted(reply);
    const source = { upstream, prompt: job.prompt };
    if (reply.status < 200 || reply.status > 299) throw await refusal(reply, source);
    const facts = {
      job,
      reply,
      signal,
      source,
      fetchPicture: (url: string) => fetchPicture(upstream, url, signal),
    };
    yield* isEventStream(reply) ? readEvents(facts) : readReply(facts);
  } finally {
    reply.close();
  }
}

/** Once more with a new token where one was refused: whoever is not let in has not been served. */
async function callOrRenew(upstream: Upstream, toCall: () => Promise<Call>): Promise<Reply> {
  const reply = await upstream.caller.call(await toCall());
  if (reply.status !== 401 || upstream.renew === undefined) return reply;
  try {
    if (!(await upstream.renew())) return reply;
  } catch (error) {
    reply.close();
    throw error;
  }
  reply.close();
  return await upstream.caller.call(await toCall());
}

/** The service's id of the call, and the headers that say how much of its limits is left. */
function toStarted({ headers }: Reply): ImageEvent {
  const upstreamHeaders = Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => name.startsWith('x-ratelimit-') || name === 'openai-processing-ms',
    ),
  );
  const upstreamRequestId = readRequestId(headers);
  return {
    type: 'started',
    upstreamHeaders,
    ...(upstreamRequestId === undefined ? {} : { upstreamRequestId }),
  };
}

/** A service may answer with the other form than was asked for; what it says it is counts. */
function isEventStream({ headers }: Reply): boolean {
  return headers['content-type']?.trim().toLowerCase().startsWith('text/event-stream') ?? false;
}

async function refusal(reply: Reply, source: FailureSource) {
  const body = await readJson(reply.body).catch(() => null);
  const { status, headers } = reply;
  return readFailure({ status, headers, body, picturesCame: false, source });
}
