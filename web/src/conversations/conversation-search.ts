import { type Parameters, readParameters } from '../playground/parameters/parameters.ts';

/** What the address of the list keeps. */
export type ConversationsSearch = {
  /** Words to find. */
  readonly q?: string | undefined;
};

export function readConversationsSearch(search: Record<string, unknown>): ConversationsSearch {
  return { q: readText(search.q) };
}

/** What the address of a conversation keeps: how the next turn is made. Absent: as the turn before. */
export type ConversationSearch = {
  /** Who leads. */
  readonly model?: string | undefined;
  /** The image model of the tool; `auto`: whichever the server takes. */
  readonly painter?: string | undefined;
  /** Parameters of the tool by the names of the wire. */
  readonly tool?: Parameters | undefined;
  /** Stored images, by id with commas between, that are put beside the draft. */
  readonly references?: string | undefined;
};

export function readConversationSearch(search: Record<string, unknown>): ConversationSearch {
  return {
    model: readText(search.model),
    painter: readText(search.painter),
    // None at all is a choice too: the turn before may have had some.
    tool: search.tool === undefined ? undefined : (readParameters(search.tool) ?? {}),
    references: readText(search.references),
  };
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
