import { PictorError } from '../../../foundation/index.ts';
import { type MainlineEvent, type PlacedMainline, ProviderError } from '../../../models/index.ts';
import type { Wire } from '../../items/item.ts';
import type { Director, OpenMessage, Stage, Turn, TurnEnd } from '../director.ts';
import { type LiveCall, openLiveCall } from './live-call.ts';
import { readMainlineUsage, readToolUsage, toImageUsage } from './read-usage.ts';
import { membersOf, toBody } from './to-body.ts';
import { hasError, toFailure } from './to-failure.ts';

/** A service with the Responses API of its own leads; what passes is stored, booked and told in our order. */
export function openNativeDirector(
  placed: PlacedMainline,
  painters: Director['painters'],
  imageModelOf: ImageModelOf,
): Director {
  return {
    name: placed.engine,
    maker: placed.engine,
    placed,
    painters,
    check: (turn) => {
      checkPainter(turn, placed, imageModelOf);
      return [];
    },
    direct: (turn, stage) => lead(turn, stage, placed, imageModelOf),
  };
}

type ImageModelOf = (name: string) => PlacedMainline['row'] | null;

/** The tool runs at the service, which has no other image models than its vendor's. */
function checkPainter(turn: Turn, { row, engine }: PlacedMainline, imageModelOf: ImageModelOf): void {
  const { image } = turn.tools;
  if (image === null) return;
  const painter = imageModelOf(turn.painter);
  if (painter === null || (painter.vendor === row.vendor && painter.family === 'gpt-image')) return;
  throw new PictorError({
    code: 'invalid_value',
    message: `${row.id} runs at ${engine}, which has no '${turn.painter}' behind the tool. Name one of its image models, or another mainline model.`,
    param: `${image.param}.model`,
  });
}

type Leading = {
  readonly turn: Turn;
  readonly stage: Stage;
  readonly placed: PlacedMainline;
  readonly calls: LiveCall[];
  /** The call that the bytes that come belong to. */
  live: LiveCall | null;
  readonly messages: Map<string, OpenMessage>;
  /** Pictures that came before it was told what they are. */
  readonly parked: (() => AsyncIterable<Uint8Array>)[];
  upstreamRequestId: string | undefined;
  end: { readonly response: Wire; readonly name: string } | null;
};

async function lead(
  turn: Turn,
  stage: Stage,
  placed: PlacedMainline,
  imageModelOf: ImageModelOf,
): Promise<TurnEnd> {
  const leading: Leading = {
    turn,
    stage,
    placed,
    calls: [],
    live: null,
    messages: new Map(),
    parked: [],
    upstreamRequestId: undefined,
    end: null,
  };
  const imageModel = imageModelOf(turn.painter);
  const request = {
    body: await toBody(turn, stage, placed),
    ...(imageModel === null || turn.tools.image === null ? {} : { imageModel }),
  };
  const context = { requestId: turn.responseId, signal: stage.signal };
  try {
    for await (const event of placed.model.run(request, context)) await take(leading, event);
  } finally {
    await endCalls(leading);
  }
  return toEnd(leading);
}

/** Pictures that came are paid and stay, whatever became of the answer around them. */
async function endCalls({ calls, end }: Leading): Promise<void> {
  const usage = toImageUsage(readToolUsage(end?.response.tool_usage), calls.length);
  for (const call of calls) await call.end(usage);
}

function toEnd({ end, placed, upstreamRequestId }: Leading): TurnEnd {
  if (end === null) {
    throw new ProviderError({
      kind: 'unavailable',
      charged: 'maybe',
      provider: placed.engine,
      message: 'The service ended its answer before it was whole.',
    });
  }
  const { response, name } = end;
  if (name === 'response.failed' || name === 'error') {
    const failure = toFailure(hasError(response.error) ? response.error : response, placed.engine);
    return { usage: readMainlineUsage(response.usage), failure };
  }
  const reason = membersOf(response.incomplete_details).reason;
  const toolUsage = readToolUsage(response.tool_usage);
  return {
    usage: readMainlineUsage(response.usage),
    ...(upstreamRequestId === undefined ? {} : { upstreamRequestId }),
    ...(toolUsage === undefined ? {} : { toolUsage }),
    ...(name === 'response.incomplete'
      ? { incompleteReason: reason === 'content_filter' ? reason : 'max_output_tokens' }
      : {}),
  };
}

async function take(leading: Leading, event: MainlineEvent): Promise<void> {
  switch (event.type) {
    case 'started':
      leading.upstreamRequestId = event.upstreamRequestId;
      return;
    case 'bytes': {
      const { live } = leading;
      if (event.of === 'preview') return await live?.preview(event.chunks);
      if (live !== null) return await live.picture(event.chunks);
      leading.parked.push(await leading.stage.park(event.chunks));
      return;
    }
    case 'event':
      return await takeEvent(leading, event.name, event.data);
  }
}

async function takeEvent(leading: Leading, name: string, data: Wire): Promise<void> {
  const item = membersOf(data.item);
  switch (name) {
    case 'response.output_item.added':
      return await begin(leading, item);
    case 'response.output_item.done':
      return await finish(leading, item);
    case 'response.output_text.delta':
      leading.messages.get(String(data.item_id))?.add(String(data.delta ?? ''));
      return;
    case 'response.refusal.delta':
      leading.messages.get(String(data.item_id))?.refuse(String(data.delta ?? ''));
      return;
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
      leading.end = { name, response: membersOf(data.response) };
      return;
    case 'error':
      leading.end = { name, response: data };
      return;
  }
}

async function begin(leading: Leading, item: Wire): Promise<void> {
  const id = String(item.id ?? '');
  if (item.type === 'message') leading.messages.set(id, leading.stage.openMessage(id));
  if (item.type !== 'image_generation_call') return;
  const { turn, stage, placed, upstreamRequestId } = leading;
  const call = await openLiveCall(turn, stage, placed, { id, action: item.action, upstreamRequestId });
  leading.calls.push(call);
  leading.live = call;
}

async function finish(leading: Leading, item: Wire): Promise<void> {
  const { stage } = leading;
  const id = String(item.id ?? '');
  switch (item.type) {
    case 'message':
      await leading.messages.get(id)?.close();
      return;
    case 'image_generation_call': {
      const call = leading.calls.find((each) => each.id === id);
      leading.live = null;
      if (call === undefined) return;
      const { id: _id, type: _type, status, result: _result, error, ...facts } = item;
      if (status === 'failed' || hasError(error)) {
        return await call.fail(toFailure(error, leading.placed.engine), facts);
      }
      const parked = leading.parked.shift();
      if (parked !== undefined) await call.picture(parked());
      return await call.complete(facts);
    }
    case 'function_call':
    case 'custom_tool_call':
      return await stage.callTool({
        type: item.type === 'function_call' ? 'function' : 'custom',
        callId: String(item.call_id ?? ''),
        name: String(item.name ?? ''),
        input: String((item.type === 'function_call' ? item.arguments : item.input) ?? ''),
        id,
      });
    default:
      if (id !== '') await stage.addItem({ id, type: String(item.type), wire: item, pictures: [] });
  }
}
