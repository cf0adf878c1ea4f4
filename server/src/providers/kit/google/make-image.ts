import { type ImageJob, ProviderError } from '../../../models/index.ts';
import { readJson } from '../read-json.ts';
import { unreadable } from '../scan-reply.ts';
import { sniffFormat } from '../sniff-format.ts';
import { type FailureSource, readFailure } from './read-failure.ts';
import { isWritten, readFinish } from './read-finish.ts';
import { type MadePart, type ReadReply, readReply } from './read-reply.ts';
import { type CallFacts, toRequest } from './to-request.ts';
import type { GoogleUpstream } from './upstream.ts';

export type MakeFacts = Omit<CallFacts, 'upstream' | 'continuationToken'> & {
  readonly upstream: GoogleUpstream;
};

/** One image of a job, however it went. */
export type Made = {
  readonly parts: readonly MadePart[];
  /** Every answer that came; more than one where the service went on with it. */
  readonly replies: readonly ReadReply[];
  /** Null where there is a picture, or words that may stand alone. */
  readonly failure: ProviderError | null;
};

/** A service that never ends must not be paid for ever. */
const maxReplies = 8;

/**
 * Asks for one image. An answer that stops in the middle is gone on with, as Google's own client does. Failures are
 * told, not thrown.
 */
export async function makeImage(facts: MakeFacts, signal: AbortSignal): Promise<Made> {
  const { job, upstream } = facts;
  const source = { upstream, prompt: job.prompt };
  const toEnd = { source, mayOnlyWrite: mayOnlyWrite(job) };
  const replies: ReadReply[] = [];
  try {
    for (let token: string | undefined; ; ) {
      const step = token === undefined ? facts : { ...facts, continuationToken: token };
      const reply = await callOnce(step, source, signal);
      replies.push(reply);
      token = reply.ending.finishReason === 'CONTINUATION' ? reply.continuationToken : undefined;
      if (token === undefined || reply.failure !== null || replies.length === maxReplies) break;
    }
    return await toMade(replies, replies.at(-1)?.failure ?? null, toEnd);
  } catch (error) {
    return await toMade(replies, toProviderError(error, source), toEnd);
  }
}

async function callOnce(
  facts: CallFacts & { readonly upstream: GoogleUpstream },
  source: FailureSource,
  signal: AbortSignal,
): Promise<ReadReply> {
  const { upstream, job } = facts;
  const reply = await upstream.caller.call({
    url: upstream.toUrl(job.upstreamModel, 'generateContent'),
    headers: { ...(await upstream.headers()), accept: 'application/json' },
    body: toRequest(facts),
    signal,
  });
  try {
    const { status, headers } = reply;
    if (status >= 200 && status < 300) return await readReply(reply, source, upstream.holdFolder);
    throw readFailure({ status, headers, body: await readJson(reply.body).catch(() => null), source });
  } finally {
    reply.close();
  }
}

/** Words alone are an answer in a conversation, and where nothing else was asked for. */
function mayOnlyWrite(job: ImageJob): boolean {
  return job.mayOnlyWrite === true || job.responseModalities?.includes('image') === false;
}

/** A job has several calls, and what breaks one of them by a fault of ours must not take the others along. */
function toProviderError(error: unknown, { upstream }: FailureSource): ProviderError {
  if (error instanceof ProviderError) return error;
  return unreadable(upstream.provider, 'Pictor could not read the answer of Google.', error);
}

async function toMade(
  replies: readonly ReadReply[],
  failure: ProviderError | null,
  { source, mayOnlyWrite }: { readonly source: FailureSource; readonly mayOnlyWrite: boolean },
): Promise<Made> {
  const parts: MadePart[] = [];
  let strange = false;
  for (const part of replies.flatMap((reply) => reply.parts)) {
    if (part.type === 'text' || sniffFormat(part.held.head) !== null) {
      parts.push(part);
      continue;
    }
    strange = true;
    await part.held.release();
  }
  if (parts.some((part) => part.type === 'image')) return { parts, replies, failure: null };
  const last = replies.at(-1);
  if (mayOnlyWrite && failure === null && !strange && last !== undefined && isWritten(last.ending)) {
    return { parts, replies, failure: null };
  }
  return { parts: [], replies, failure: failure ?? whyNone(last, strange, source) };
}

function whyNone(last: ReadReply | undefined, strange: boolean, source: FailureSource): ProviderError {
  if (strange || last === undefined) {
    return unreadable(source.upstream.provider, 'Google answered with a picture that is none.');
  }
  return readFinish(last.ending, source);
}
