import type { PictorError } from '../../../foundation/index.ts';
import { newId } from '../../../foundation/index.ts';
import { pictureGroups } from '../../items/find-pictures.ts';
import { type Item, type PictureFacts, partsOf, textOf } from '../../items/item.ts';
import type { Director, MainlineUsage, Painted, Stage, Turn } from '../director.ts';
import { reportDropped } from '../report-dropped.ts';
import { answerTools, callWanted } from './call-tools.ts';
import { readWish, type Wish } from './read-wish.ts';

/** More pictures than any model takes at once. */
const maxPictures = 16;

/**
 * Leads a conversation by rules, offline: paints when it is asked to make or change something, or must; says a short
 * sentence otherwise. The same words always lead to the same turn.
 */
export function openSketchDirector(painters: Director['painters']): Director {
  return {
    name: 'sketch',
    painters,
    check: (turn) => reportDropped(turn, 'sketch-director-1', []),
    direct,
  };
}

async function direct(turn: Turn, stage: Stage): Promise<{ readonly usage: MainlineUsage }> {
  const answered = answerTools(turn);
  if (answered !== null && !mayPaint(turn)) return await say(turn, stage, answered);
  const call = callWanted(turn);
  if (call !== null) {
    await stage.callTool({ ...call, callId: newId('fc').replace(/^fc_/, 'call_') });
    return { usage: countTokens(turn, call.input) };
  }
  const { choice } = turn.tools;
  const mustPaint = choice.mode === 'required' && choice.image && answered === null;
  const words = lastWords(turn.context);
  const groups = pictureGroups(turn.context);
  const sent = sentPictures(turn);
  const wish = readWish(words, { sent: sent.length, seen: groups.length, mustPaint });
  if (!mayPaint(turn) || wish.kind === 'talk' || (answered !== null && wish.kind !== 'generate')) {
    return await say(turn, stage, answered ?? smallTalk(turn, wish));
  }
  return await paintAll(turn, stage, wish, sent);
}

function mayPaint(turn: Turn): boolean {
  const { image, choice } = turn.tools;
  return image !== null && choice.image && choice.mode !== 'none';
}

async function paintAll(turn: Turn, stage: Stage, wish: Wish, sent: readonly PictureFacts[]) {
  const asked = turn.tools.image?.action ?? 'auto';
  const action =
    asked === 'auto' ? (wish.kind === 'edit' || turn.mask !== undefined ? 'edit' : 'generate') : asked;
  const pictures = action === 'edit' ? choosePictures(turn.context, wish, sent) : [];
  const count = Math.min(wish.count, turn.maxToolCalls ?? wish.count);
  const painted: Painted[] = [];
  for (let number = 1; number <= count && !stage.signal.aborted; number += 1) {
    const prompt = count === 1 ? wish.prompt : `${wish.prompt} (${number} of ${count})`;
    painted.push(await stage.paint({ prompt, action, pictures }));
  }
  return await say(turn, stage, tellPainted(painted, action, wish));
}

/** Pictures that came with the last words; else the one that is meant. */
function choosePictures(
  context: readonly Item[],
  wish: Wish,
  sent: readonly PictureFacts[],
): readonly PictureFacts[] {
  if (sent.length > 0) return sent.slice(0, maxPictures);
  const groups = pictureGroups(context);
  switch (wish.which) {
    case 'all':
      return groups.flatMap((group) => group.pictures).slice(-maxPictures);
    case 'first':
      return groups.at(0)?.pictures ?? [];
    case 'last':
      return (groups.at(-1)?.pictures ?? []).slice(0, maxPictures);
  }
}

/** Pictures that stand among the new items: those of messages, and calls that are named there. */
function sentPictures(turn: Turn): readonly PictureFacts[] {
  const fresh = turn.newCount === 0 ? [] : turn.context.slice(-turn.newCount);
  const lastAnswer = fresh.findLastIndex((item) => item.type === 'message' && item.wire.role === 'assistant');
  return fresh
    .slice(lastAnswer + 1)
    .filter((item) => item.type === 'message')
    .flatMap((item) => item.pictures);
}

function lastWords(context: readonly Item[]): string {
  const last = context.findLast((item) => item.type === 'message' && item.wire.role === 'user');
  return last === undefined ? '' : textOf(last);
}

function tellPainted(painted: readonly Painted[], action: 'generate' | 'edit', wish: Wish): string {
  const failed = painted.flatMap((each) => (each.status === 'failed' ? [each.error] : []));
  const made = painted.length - failed.length;
  if (made === 0) return failed.map(tellFailure).join(' ');
  const what =
    action === 'edit'
      ? 'Here is the changed picture'
      : made === 1
        ? 'Here is your picture'
        : `Here are your ${made} pictures`;
  const missing =
    failed.length === 0 ? '' : ` ${failed.length} could not be made: ${failed[0]?.message ?? ''}`;
  return `${what}: ${wish.prompt}${missing}`;
}

function tellFailure(error: PictorError): string {
  return `The picture could not be made: ${error.message}`;
}

function smallTalk(turn: Turn, wish: Wish): string {
  if (turn.tools.image === null) {
    return 'I am the built-in director and work by simple rules. Give me the image_generation tool, and I draw what you describe.';
  }
  const seen = pictureGroups(turn.context).length;
  return seen === 0
    ? `I draw and change pictures. Ask me to draw something, for instance: Draw ${wish.prompt.length > 60 ? 'a small boat' : 'a cat in a hat'}.`
    : 'I draw and change pictures. Tell me what to change in the picture, or what to draw next.';
}

async function say(turn: Turn, stage: Stage, text: string) {
  const message = stage.openMessage();
  // A few words at a time, as models write.
  for (const piece of text.match(/(?:\S+\s*){1,4}/g) ?? [text]) message.add(piece);
  await message.close();
  return { usage: countTokens(turn, text) };
}

/** A token for four characters, a picture 85: the rules are free, and callers' counters still see work. */
function countTokens(turn: Turn, said: string): MainlineUsage {
  const texts = turn.context.flatMap((item) => partsOf(item).map((part) => String(part.text ?? '').length));
  const chars = texts.reduce((sum, length) => sum + length, turn.instructions?.length ?? 0);
  const pictures = turn.context.reduce((sum, item) => sum + item.pictures.length, 0);
  return {
    inputTokens: Math.ceil(chars / 4) + pictures * 85,
    cachedTokens: 0,
    outputTokens: Math.ceil(said.length / 4),
    reasoningTokens: 0,
  };
}
