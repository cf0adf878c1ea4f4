import type { Turn as ModelTurn, TurnPart } from '../../../models/index.ts';
import { type Item, partsOf, pictureAt, textOf } from '../../items/item.ts';
import type { Stage, Turn } from '../director.ts';

/** A conversation as an image model reads it: what was, and what is asked now. */
export type History = {
  readonly turns: readonly ModelTurn[];
  readonly prompt: string;
  /** The message that asks; its pictures go with the prompt. */
  readonly asking: Item | undefined;
};

/** Everything but the last words becomes earlier turns, in order; each picture with what its maker wants back. */
export async function toHistory(turn: Turn, stage: Stage): Promise<History> {
  const asking = turn.context.findLast((item) => item.type === 'message' && item.wire.role === 'user');
  const turns: { role: ModelTurn['role']; parts: TurnPart[] }[] = [];
  const add = (role: ModelTurn['role'], parts: readonly TurnPart[]): void => {
    if (parts.length === 0) return;
    const last = turns.at(-1);
    if (last?.role === role) last.parts.push(...parts);
    else turns.push({ role, parts: [...parts] });
  };
  if (turn.instructions !== null) add('user', [{ type: 'text', text: turn.instructions }]);
  for (const item of turn.context) {
    if (item === asking) continue;
    const isAssistant = item.type === 'image_generation_call' || item.wire.role === 'assistant';
    add(isAssistant ? 'assistant' : 'user', await toParts(item, stage));
  }
  const prompt = asking === undefined ? '' : textOf(asking).trim();
  return { turns, prompt: prompt === '' ? 'Go on.' : prompt, asking };
}

async function toParts(item: Item, stage: Stage): Promise<readonly TurnPart[]> {
  if (item.type === 'image_generation_call') {
    const picture = pictureAt(item, 'result');
    return picture === undefined ? [] : [{ type: 'image', image: await stage.load(picture) }];
  }
  if (item.type !== 'message') return [];
  const parts: TurnPart[] = [];
  for (const [index, part] of partsOf(item).entries()) {
    const picture = pictureAt(item, `content.${index}`);
    if (picture !== undefined) parts.push({ type: 'image', image: await stage.load(picture) });
    else if (typeof part.text === 'string' && part.text !== '') {
      parts.push({
        type: 'text',
        text: part.text,
        ...(item.replay === undefined ? {} : { replay: item.replay }),
      });
    }
  }
  return parts;
}
