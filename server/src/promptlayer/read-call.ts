import type { ClientCall, LoggedPrompt, ToldFacts } from '../logs/index.ts';
import {
  isWire,
  readBody,
  readInteger,
  readMetadata,
  readText,
  readTexts,
  readTime,
  type Wire,
} from './wire.ts';

/** What a client tells of a call that it made: the body of /track-request. */
export function readTracked(body: Wire, prompt: LoggedPrompt | null): ClientCall {
  const now = new Date();
  const kwargs = readBody(body.kwargs);
  return {
    provider: readText(body.provider_type) ?? null,
    model: readText(kwargs.model) ?? null,
    input: kwargs,
    output: body.request_response,
    parameters: {},
    startedAt: readTime(body.request_start_time) ?? now,
    finishedAt: readTime(body.request_end_time) ?? now,
    status: readStatus(body.status),
    inputTokens: null,
    outputTokens: null,
    costNanoUsd: null,
    facts: { ...readFacts(body, prompt), source: 'sdk', spanId: readSpan(body.span_id) },
  };
}

/** The body of /log-request. Its own documentation spells times in two ways. */
export function readLogged(body: Wire, prompt: LoggedPrompt | null): ClientCall {
  const now = new Date();
  return {
    provider: readText(body.provider) ?? readText(body.provider_type) ?? null,
    model: readText(body.model) ?? null,
    input: isWire(body.input) ? body.input : readBody(body.kwargs),
    output: body.output ?? body.request_response,
    parameters: readBody(body.parameters),
    startedAt: readTime(body.request_start_time ?? body.requestStartTime) ?? now,
    finishedAt: readTime(body.request_end_time ?? body.requestEndTime) ?? now,
    status: readStatus(body.status),
    inputTokens: readInteger(body.input_tokens) ?? null,
    outputTokens: readInteger(body.output_tokens) ?? null,
    costNanoUsd: readPrice(body.price),
    facts: { ...readFacts(body, prompt), source: 'log' },
  };
}

function readFacts(body: Wire, prompt: LoggedPrompt | null): Omit<ToldFacts, 'source'> {
  return {
    functionName: readText(body.function_name),
    tags: readTexts(body.tags),
    metadata: readMetadata(body.metadata),
    group: readInteger(body.group_id),
    prompt,
    errorType: readText(body.error_type),
    errorMessage: readText(body.error_message),
  };
}

function readStatus(status: unknown): ClientCall['status'] {
  return status === 'ERROR' || status === 'WARNING' ? status : 'SUCCESS';
}

function readPrice(price: unknown): number | null {
  return typeof price === 'number' && Number.isFinite(price) && price >= 0 ? Math.round(price * 1e9) : null;
}

/** All zeros: the client traces nothing. */
function readSpan(span: unknown): string | undefined {
  const text = readText(span);
  return text === undefined || /^0+$/.test(text) ? undefined : text;
}
