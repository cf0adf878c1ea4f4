import type { ResponseProgress } from '@pictor/sdk';

/** An item of a turn that is being answered. */
export type LiveItem = {
  readonly index: number;
  readonly id: string;
  readonly type: string;
  readonly text: string;
  /** Address of the newest preview in this page; null: none has come. */
  readonly preview: string | null;
  readonly isDone: boolean;
};

export type LiveTurn = {
  readonly items: readonly LiveItem[];
  readonly isOver: boolean;
};

export const noLiveTurn: LiveTurn = { items: [], isOver: false };

/** The turn after an event. Previews become addresses, which the caller gives back when they are no longer shown. */
export function advance(turn: LiveTurn, event: ResponseProgress): LiveTurn {
  switch (event.type) {
    case 'started':
      return noLiveTurn;
    case 'waiting':
      return turn;
    case 'ended':
      return { ...turn, isOver: true };
    case 'item':
      return change(turn, event.index, (item) => ({
        ...item,
        id: event.item.id,
        type: event.item.type,
        isDone: event.isDone,
      }));
    case 'text':
      return change(turn, event.index, (item) => ({
        ...item,
        id: event.itemId,
        type: 'message',
        text: item.text + event.delta,
      }));
    case 'painting':
      return change(turn, event.index, (item) => ({ ...item, id: event.itemId }));
    case 'partial': {
      const preview = URL.createObjectURL(new Blob([event.bytes]));
      return change(turn, event.index, (item) => {
        if (item.preview !== null) URL.revokeObjectURL(item.preview);
        return { ...item, id: event.itemId, preview };
      });
    }
  }
}

/** Gives the room of its previews back. */
export function letGo(turn: LiveTurn): void {
  for (const { preview } of turn.items) if (preview !== null) URL.revokeObjectURL(preview);
}

function change(turn: LiveTurn, index: number, edit: (item: LiveItem) => LiveItem): LiveTurn {
  const known = turn.items.find((item) => item.index === index);
  const fresh = { index, id: '', type: 'image_generation_call', text: '', preview: null, isDone: false };
  const others = turn.items.filter((item) => item.index !== index);
  const items = [...others, edit(known ?? fresh)].sort((one, other) => one.index - other.index);
  return { ...turn, items };
}
