import type { MainlineEvent } from '../../../models/index.ts';
import { isWire, type Wire } from '../../items/item.ts';
import type { MainlineUsage, OpenMessage, Stage } from '../director.ts';
import { readMainlineUsage } from '../native/read-usage.ts';

export type ChatCall = { id: string; name: string; text: string };

/** One answer of a chat model. */
export type Round = {
  readonly text: string;
  readonly calls: readonly ChatCall[];
  readonly finishReason: string | null;
  readonly usage: MainlineUsage | null;
};

/** Reads an answer chunk by chunk; what it says is told as it comes. A server that answers whole says it at once. */
export async function readRound(events: AsyncIterable<MainlineEvent>, stage: Stage): Promise<Round> {
  const calls: ChatCall[] = [];
  let message: OpenMessage | null = null;
  let text = '';
  let finishReason: string | null = null;
  let usage: MainlineUsage | null = null;
  for await (const event of events) {
    if (event.type !== 'event') continue;
    usage = readMainlineUsage(event.data.usage) ?? usage;
    const choice = Array.isArray(event.data.choices) ? event.data.choices.find(isWire) : undefined;
    if (choice === undefined) continue;
    if (typeof choice.finish_reason === 'string') finishReason = choice.finish_reason;
    const delta = isWire(choice.delta) ? choice.delta : isWire(choice.message) ? choice.message : {};
    if (typeof delta.content === 'string' && delta.content !== '') {
      message ??= stage.openMessage();
      message.add(delta.content);
      text += delta.content;
    }
    for (const call of Array.isArray(delta.tool_calls) ? delta.tool_calls.filter(isWire) : []) {
      addPiece(calls, call);
    }
  }
  await message?.close();
  return { text, calls, finishReason, usage };
}

/** Calls come in pieces that are told apart by their index; some servers leave it out and send each whole. */
function addPiece(calls: ChatCall[], piece: Wire): void {
  const told = isWire(piece.function) ? piece.function : {};
  const index = typeof piece.index === 'number' ? piece.index : calls.length;
  const call = calls[index] ?? { id: '', name: '', text: '' };
  if (typeof piece.id === 'string' && piece.id !== '') call.id = piece.id;
  if (typeof told.name === 'string') call.name += told.name;
  if (typeof told.arguments === 'string') call.text += told.arguments;
  else if (isWire(told.arguments)) call.text = JSON.stringify(told.arguments);
  calls[index] = call;
}
