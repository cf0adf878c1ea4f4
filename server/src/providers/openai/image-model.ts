import type { ImageEvent, ImageJob, ImageModel, RunContext } from '../../models/index.ts';
import type { Reply } from '../kit/open-caller.ts';
import { readText } from '../kit/read-text.ts';
import { fetchPicture } from './fetch-picture.ts';
import { readEvents } from './read-events.ts';
import { readFailure } from './read-failure.ts';
import { readReply } from './read-reply.ts';
import { toRequest } from './to-request.ts';
import type { Upstream } from './upstream.ts';

/** An error body says what it says at its beginning. */
const maxErrorBytes = 64 * 1024;

/** Every image model of a service: the job itself says which one is meant. */
export function openImageModel(upstream: Upstream): ImageModel {
  return { run: (job, context) => run(upstream, job, context) };
}

async function* run(upstream: Upstream, job: ImageJob, context: RunContext): AsyncGenerator<ImageEvent> {
  const request = toRequest(job);
  const { signal } = context;
  const reply = await upstream.caller.call({
    url: `${upstream.baseUrl}${request.path}`,
    headers: {
      ...upstream.headers,
      authorization: `Bearer ${upstream.key}`,
      accept: job.partialImages > 0 ? 'text/event-stream' : 'application/json',
      'x-client-request-id': context.requestId,
    },
    body: request.body,
    signal,
  });
  try {
    yield toStarted(reply);
    const hidden = { key: upstream.key, prompt: job.prompt };
    if (reply.status < 200 || reply.status > 299) throw await refusal(reply, hidden);
    const facts = {
      job,
      reply,
      signal,
      hidden,
      fetchPicture: (url: string) => fetchPicture(upstream, url, signal),
    };
    yield* isEventStream(reply) ? readEvents(facts) : readReply(facts);
  } finally {
    reply.close();
  }
}

/** The service's id of the call, and the headers that say how much of its limits is left. */
function toStarted({ headers }: Reply): ImageEvent {
  const upstreamHeaders = Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => name.startsWith('x-ratelimit-') || name === 'openai-processing-ms',
    ),
  );
  const upstreamRequestId = headers['x-request-id'];
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

async function refusal(reply: Reply, hidden: { key: string; prompt: string }) {
  const text = await readText(reply.body, maxErrorBytes).catch(() => '');
  const { status, headers } = reply;
  return readFailure({ status, headers, body: parse(text), picturesCame: false, hidden });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
