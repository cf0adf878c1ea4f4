import type { ConversationTurn, Pictor } from '@pictor/sdk';

/** Items that one call may carry. */
const mostAtOnce = 20;
const longestTitle = 500;

export type BranchPoint = {
  readonly turnId: string;
  /** The last item of that turn which is taken along. Absent: all of it. */
  readonly itemId?: string | undefined;
};

/** A new conversation with everything up to a turn, or to an item of it. Gives its id. */
export async function branchConversation(
  pictor: Pictor,
  id: string,
  title: string,
  point: BranchPoint,
): Promise<string> {
  const items = itemsUpTo(await allTurns(pictor, id), point).map((itemId) => ({
    type: 'item_reference',
    id: itemId,
  }));
  const metadata = { title: `${title} (branch)`.slice(0, longestTitle), branch_of: id };
  const branch = await pictor.conversations.create({ items: items.slice(0, mostAtOnce), metadata });
  for (let at = mostAtOnce; at < items.length; at += mostAtOnce) {
    await pictor.conversations.items.add(branch.id, items.slice(at, at + mostAtOnce));
  }
  return branch.id;
}

async function allTurns(pictor: Pictor, id: string): Promise<readonly ConversationTurn[]> {
  const turns: ConversationTurn[] = [];
  let before: string | undefined;
  for (;;) {
    const page = await pictor.conversations.turns(id, { limit: 200, before });
    turns.unshift(...page.data);
    if (!page.has_more || page.first_id === null) return turns;
    before = page.first_id;
  }
}

/** What failed or was stopped is no part of a conversation. */
function itemsUpTo(turns: readonly ConversationTurn[], point: BranchPoint): readonly string[] {
  const ids: string[] = [];
  for (const turn of turns) {
    if (turn.status !== 'completed' && turn.status !== 'incomplete') continue;
    for (const item of [...turn.input, ...turn.output]) {
      ids.push(item.id);
      if (turn.id === point.turnId && item.id === point.itemId) return ids;
    }
    if (turn.id === point.turnId) return ids;
  }
  return ids;
}
