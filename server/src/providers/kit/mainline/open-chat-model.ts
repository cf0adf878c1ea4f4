import type { MainlineEvent, MainlineModel, MainlineRequest, RunContext } from '../../../models/index.ts';
import type { Reply } from '../open-caller.ts';
import { isRecord } from '../read-error-body.ts';
import { openPieces } from '../read-pieces.ts';
import { scanEventReply, scanJsonReply } from '../scan-reply.ts';
import { callService, type MainlineService, toStarted } from './call-service.ts';
import { writeMainlineBody } from './write-mainline-body.ts';

/** A service that speaks OpenAI's chat completions with function calling. */
export type ChatService = MainlineService & {
  /** Full address of `POST /chat/completions`. */
  readonly url: string;
};

export function openChatModel(
  service: ChatService,
  names: Pick<MainlineModel, 'upstreamModel' | 'painter' | 'seesPictures'>,
): MainlineModel {
  return {
    ...names,
    wire: 'chat',
    run: (request, context) => run(service, names.upstreamModel, request, context),
  };
}

async function* run(
  service: ChatService,
  model: string,
  request: MainlineRequest,
  context: RunContext,
): AsyncGenerator<MainlineEvent> {
  const body = { model, ...request.body, stream: true, stream_options: { include_usage: true } };
  const reply = await callService(
    service,
    { url: service.url, headers: { accept: 'text/event-stream' }, body: writeMainlineBody(body) },
    context,
  );
  try {
    yield toStarted(reply);
    const isStream = reply.headers['content-type']?.toLowerCase().startsWith('text/event-stream') ?? false;
    yield* isStream ? readStream(service, reply) : readWhole(service, reply);
  } finally {
    reply.close();
  }
}

const options = { isBase64: () => false, maxTextBytes: 16 * 1024 * 1024 };

async function* readStream(service: ChatService, reply: Reply): AsyncGenerator<MainlineEvent> {
  const pieces = openPieces(service.provider, scanEventReply(service.provider, reply.body, options));
  for (let piece = await pieces.next(); piece !== null; piece = await pieces.next()) {
    if (piece.type === 'event' && isRecord(piece.data)) {
      yield { type: 'event', name: 'chunk', data: piece.data };
    }
  }
}

/** Servers that do not stream with tools answer whole; who reads chunks finds the same members in `message`. */
async function* readWhole(service: ChatService, reply: Reply): AsyncGenerator<MainlineEvent> {
  const pieces = openPieces(service.provider, scanJsonReply(service.provider, reply.body, options));
  for (let piece = await pieces.next(); piece !== null; piece = await pieces.next()) {
    if (piece.type === 'value' && isRecord(piece.value)) {
      yield { type: 'event', name: 'chunk', data: piece.value };
    }
  }
}
