import type {
  MainlineEvent,
  MainlineModel,
  MainlineRequest,
  ModelRow,
  RunContext,
} from '../../../models/index.ts';
import type { Reply } from '../open-caller.ts';
import { isRecord } from '../read-error-body.ts';
import { openPieces } from '../read-pieces.ts';
import { scanEventReply, scanJsonReply } from '../scan-reply.ts';
import { callService, type MainlineService, toStarted } from './call-service.ts';
import { toEvents } from './to-events.ts';
import { writeMainlineBody } from './write-mainline-body.ts';

/** A service that speaks OpenAI's Responses API, the image tool included. */
export type ResponsesService = MainlineService & {
  /** Full address of `POST /responses`. */
  readonly url: string;
  /** Headers that depend on the image model behind the tool. */
  readonly imageHeaders?: (imageModel: ModelRow | undefined) => Readonly<Record<string, string>>;
  /** False: the service cannot stream the tool, and its events are made from the whole reply. */
  readonly streams: boolean;
};

export function openResponsesModel(
  service: ResponsesService,
  names: Pick<MainlineModel, 'upstreamModel' | 'painter'>,
): MainlineModel {
  return {
    ...names,
    wire: 'responses',
    run: (request, context) => run(service, names.upstreamModel, request, context),
  };
}

async function* run(
  service: ResponsesService,
  model: string,
  request: MainlineRequest,
  context: RunContext,
): AsyncGenerator<MainlineEvent> {
  const { streams } = service;
  const reply = await callService(
    service,
    {
      url: service.url,
      headers: {
        ...service.imageHeaders?.(request.imageModel),
        accept: streams ? 'text/event-stream' : 'application/json',
      },
      body: writeMainlineBody({ model, ...request.body, stream: streams }),
    },
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

/** The response at the end holds every picture again; those are passed over. */
function isBase64(path: readonly string[]): boolean {
  const [first, second] = path;
  if (path.length === 1) return first === 'partial_image_b64';
  if (first === 'item' && path.length === 2) return second === 'result';
  return first === 'response' && second === 'output' && path.length === 4 && path[3] === 'result';
}

async function* readStream(service: ResponsesService, reply: Reply): AsyncGenerator<MainlineEvent> {
  const pieces = openPieces(
    service.provider,
    scanEventReply(service.provider, reply.body, { isBase64, maxTextBytes }),
  );
  for (let piece = await pieces.next(); piece !== null; piece = await pieces.next()) {
    if (piece.type === 'event') {
      if (!isRecord(piece.data)) continue;
      const name = typeof piece.data.type === 'string' ? piece.data.type : (piece.eventName ?? '');
      yield { type: 'event', name, data: piece.data };
      continue;
    }
    const name = piece.eventName ?? piece.members.get('type') ?? '';
    const of = pictureOf(name);
    if (of === null) continue;
    const chunks = await pieces.openBytes();
    if (chunks !== null) yield { type: 'bytes', of, chunks };
  }
}

const maxTextBytes = 16 * 1024 * 1024;

function pictureOf(name: string): 'preview' | 'picture' | null {
  if (name.endsWith('.partial_image')) return 'preview';
  return name === 'response.output_item.done' ? 'picture' : null;
}

/** A reply without a stream: its pictures first, as they stand in it, then the events that it would have been. */
async function* readWhole(service: ResponsesService, reply: Reply): AsyncGenerator<MainlineEvent> {
  const isResult = (path: readonly string[]): boolean =>
    path.length === 3 && path[0] === 'output' && path[2] === 'result';
  const pieces = openPieces(
    service.provider,
    scanJsonReply(service.provider, reply.body, { isBase64: isResult, maxTextBytes }),
  );
  for (let piece = await pieces.next(); piece !== null; piece = await pieces.next()) {
    if (piece.type === 'value') {
      if (isRecord(piece.value)) yield* toEvents(piece.value);
      continue;
    }
    const chunks = await pieces.openBytes();
    if (chunks !== null) yield { type: 'bytes', of: 'picture', chunks };
  }
}
