import type { MainlineEvent, RunContext } from '../../../models/index.ts';
import type { Call, Caller, Reply } from '../open-caller.ts';
import { readFailure } from '../openai-images/read-failure.ts';
import type { Upstream } from '../openai-images/upstream.ts';
import { readJson } from '../read-json.ts';
import { readRequestId } from '../read-request-id.ts';

/** A service with a mainline wire, and what it takes to call it. */
export type MainlineService = Pick<
  Upstream,
  'provider' | 'secrets' | 'settings' | 'classify' | 'headers' | 'renew'
> & {
  readonly caller: Caller;
};

/** Sends a call, once more where its token was refused; the reply is one that began well. Throws a ProviderError. */
export async function callService(
  service: MainlineService,
  call: Omit<Call, 'headers' | 'signal'> & { readonly headers?: Readonly<Record<string, string>> },
  context: RunContext,
): Promise<Reply> {
  const send = async (): Promise<Reply> =>
    await service.caller.call({
      ...call,
      headers: {
        ...(await service.headers()),
        ...call.headers,
        'x-client-request-id': context.requestId,
      },
      signal: context.signal,
    });
  let reply = await send();
  if (reply.status === 401 && service.renew !== undefined && (await service.renew())) {
    reply.close();
    reply = await send();
  }
  if (reply.status >= 200 && reply.status <= 299) return reply;
  try {
    throw await toFailure(service, reply);
  } finally {
    reply.close();
  }
}

async function toFailure(service: MainlineService, reply: Reply): Promise<Error> {
  const body = await readJson(reply.body).catch(() => null);
  const { status, headers } = reply;
  return readFailure({
    status,
    headers,
    body,
    picturesCame: false,
    source: { upstream: service, prompt: '' },
  });
}

/** The service's id of the call, and the headers that say how much of its limits is left. */
export function toStarted({ headers }: Reply): MainlineEvent {
  const upstreamRequestId = readRequestId(headers);
  const upstreamHeaders = Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith('x-ratelimit-')),
  );
  return {
    type: 'started',
    upstreamHeaders,
    ...(upstreamRequestId === undefined ? {} : { upstreamRequestId }),
  };
}
