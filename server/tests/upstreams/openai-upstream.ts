// The wire as in "OpenAI API reference, 2026-11": npm openai 7.55.0 of 2026-11-10, resources/images.d.ts, and the
// image generation guide. Where a request breaks its rules, it answers as the vendor is documented to.
import { checkOpenAiRequest, type Refusal } from './openai-rules.ts';
import type { ReadRequest } from './read-upstream-request.ts';
import { openResponsesService } from './responses-service.ts';
import {
  type Answer,
  type Behaviour,
  jsonAnswer,
  type ServedUpstream,
  serveUpstream,
  type UpstreamCall,
} from './serve-upstream.ts';
import { writeOpenAiAnswer } from './write-openai-answer.ts';

export type OpenAiUpstream = ServedUpstream & {
  /** Ends in /v1. */
  readonly baseUrl: string;
};

export const upstreamKey = 'sk-upstream-0123456789abcdef';

/** Sent with every answer, good or bad. */
const usualHeaders = {
  'x-request-id': 'req_upstream_1',
  'openai-processing-ms': '1234',
  'openai-organization': 'org-of-the-operator',
  'x-ratelimit-limit-images': '50',
  'x-ratelimit-remaining-images': '49',
};

/** Starts the upstream on a free port of this machine. */
export async function openOpenAiUpstream(): Promise<OpenAiUpstream> {
  const responses = openResponsesService({ streams: true });
  const served = await serveUpstream(
    (read, call, behaviour) =>
      read.path === '/v1/responses' && read.headers.authorization === `Bearer ${upstreamKey}`
        ? responses.answer(Object.fromEntries(read.fields), call, behaviour)
        : answer(read, call, behaviour),
    usualHeaders,
  );
  return { ...served, baseUrl: `${served.origin}/v1` };
}

async function answer(read: ReadRequest, call: UpstreamCall, behaviour: Behaviour): Promise<Answer> {
  const refusal = checkOpenAiRequest(read, upstreamKey);
  if (refusal !== null) return jsonAnswer(refusal.status, toEnvelope(refusal));
  return await writeOpenAiAnswer(read, call, behaviour);
}

function toEnvelope({ message, param, code, type }: Refusal): Record<string, unknown> {
  return { error: { message, type: type ?? 'invalid_request_error', param: param ?? null, code } };
}
