import type { ProviderError, Usage } from '../../../models/index.ts';
import { type Held, holdBytes } from '../hold-bytes.ts';
import type { Reply } from '../open-caller.ts';
import { asFailure } from '../openai-images/finish-run.ts';
import { isRecord } from '../read-error-body.ts';
import { openPieces } from '../read-pieces.ts';
import { scanEventReply, scanJsonReply } from '../scan-reply.ts';
import { type FailureSource, readFailure } from './read-failure.ts';
import type { Ending } from './read-finish.ts';
import { readUsage } from './read-usage.ts';

/** What the model made, in its order, without its thoughts. */
export type MadePart =
  | { readonly type: 'text'; readonly text: string; readonly signature?: string }
  | { readonly type: 'image'; readonly held: Held; readonly mediaType?: string; readonly signature?: string };

export type ReadReply = {
  readonly parts: readonly MadePart[];
  readonly usage: Usage | null;
  readonly ending: Ending;
  /** The service's id of the answer. */
  readonly responseId: string | undefined;
  readonly continuationToken: string | undefined;
  /** An error inside the answer, or what broke it; parts that were whole before are there all the same. */
  readonly failure: ProviderError | null;
};

type Members = Readonly<Record<string, unknown>>;

type Reading = {
  parts: MadePart[];
  /** Pictures that were read, and whose place in the answer is not known yet. */
  waiting: (Held | null)[];
  promptFeedback: unknown;
  usage: unknown;
  finishReason: string | undefined;
  finishMessage: string | undefined;
  safetyRatings: unknown;
  responseId: string | undefined;
  continuationToken: string | undefined;
  error: Members | null;
};

/** Signatures of pictures can be long. */
const maxTextBytes = 32 * 1024 * 1024;

/**
 * Reads an answer to its end, in one piece or as events. A picture is decoded while it arrives, and waits: whether it
 * is a thought, and the signature that it must go back with, may stand behind it.
 */
export async function readReply(reply: Reply, source: FailureSource, holdFolder: string): Promise<ReadReply> {
  const { provider } = source.upstream;
  const options = { isBase64: isPicture, maxTextBytes };
  const pieces = isEventStream(reply)
    ? openPieces(provider, scanEventReply(provider, reply.body, options))
    : openPieces(provider, scanJsonReply(provider, reply.body, options));
  const reading = emptyReading();
  let failure: ProviderError | null = null;
  try {
    for (let piece = await pieces.next(); piece !== null; piece = await pieces.next()) {
      if (piece.type === 'start') {
        const chunks = await pieces.openBytes();
        reading.waiting.push(chunks === null ? null : await holdBytes(chunks, holdFolder));
      } else {
        await takeDocuments(reading, piece.type === 'event' ? piece.data : piece.value);
      }
    }
  } catch (error) {
    failure = asFailure(error);
    takeWaiting(reading);
  }
  failure ??=
    reading.error === null
      ? null
      : readFailure({ status: reply.status, headers: reply.headers, body: reading.error, source });
  return toReadReply(reading, failure);
}

function toReadReply(reading: Reading, failure: ProviderError | null): ReadReply {
  const { parts, responseId, continuationToken, promptFeedback, finishReason, finishMessage } = reading;
  const usage = readUsage(reading.usage);
  return {
    parts,
    usage,
    responseId,
    continuationToken,
    failure,
    ending: {
      promptFeedback,
      finishReason,
      finishMessage,
      safetyRatings: reading.safetyRatings,
      text: parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join(' '),
      usageTold: isRecord(reading.usage),
    },
  };
}

function emptyReading(): Reading {
  return {
    parts: [],
    waiting: [],
    promptFeedback: undefined,
    usage: undefined,
    finishReason: undefined,
    finishMessage: undefined,
    safetyRatings: undefined,
    responseId: undefined,
    continuationToken: undefined,
    error: null,
  };
}

/** `candidates[].content.parts[].inlineData.data`, of an answer alone or in a list. */
function isPicture(path: readonly string[]): boolean {
  return path.join('.').replace(/^\*\./, '') === 'candidates.*.content.parts.*.inlineData.data';
}

function isEventStream({ headers }: Reply): boolean {
  return headers['content-type']?.trim().toLowerCase().startsWith('text/event-stream') ?? false;
}

async function takeDocuments(reading: Reading, value: unknown): Promise<void> {
  for (const document of Array.isArray(value) ? value : [value]) {
    if (isRecord(document)) await takeDocument(reading, document);
  }
}

async function takeDocument(reading: Reading, document: Members): Promise<void> {
  if (isRecord(document.error)) reading.error = document;
  reading.promptFeedback = document.promptFeedback ?? reading.promptFeedback;
  reading.usage = document.usageMetadata ?? reading.usage;
  reading.responseId = readText(document.responseId) ?? reading.responseId;
  const candidates = Array.isArray(document.candidates) ? document.candidates.filter(isRecord) : [];
  for (const candidate of candidates) {
    reading.finishReason = readText(candidate.finishReason) ?? reading.finishReason;
    reading.finishMessage = readText(candidate.finishMessage) ?? reading.finishMessage;
    reading.safetyRatings = candidate.safetyRatings ?? reading.safetyRatings;
    reading.continuationToken = readText(candidate.continuationToken) ?? reading.continuationToken;
    const content = isRecord(candidate.content) ? candidate.content : {};
    const parts = Array.isArray(content.parts) ? content.parts.filter(isRecord) : [];
    for (const part of parts) await takePart(reading, part);
  }
}

async function takePart(reading: Reading, part: Members): Promise<void> {
  const thoughtSignature = readText(part.thoughtSignature);
  const signed = thoughtSignature === undefined ? {} : { signature: thoughtSignature };
  const inlineData = isRecord(part.inlineData) ? part.inlineData : null;
  // Every string at that place was taken for a picture, in the order of the parts.
  const held = typeof inlineData?.data === 'string' ? (reading.waiting.shift() ?? null) : null;
  if (part.thought === true) {
    await held?.release();
    return;
  }
  if (held !== null) {
    const mediaType = readText(inlineData?.mimeType);
    reading.parts.push({ type: 'image', held, ...(mediaType === undefined ? {} : { mediaType }), ...signed });
  }
  const text = readText(part.text);
  if (text !== undefined && text.trim() !== '') reading.parts.push({ type: 'text', text, ...signed });
}

/** Pictures that were whole when the answer broke are paid. Thoughts are never asked for, so they are answers. */
function takeWaiting(reading: Reading): void {
  for (const held of reading.waiting.splice(0)) {
    if (held !== null) reading.parts.push({ type: 'image', held });
  }
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
