import { isDatabaseUnavailable } from './database-error.ts';
import type { GroupWriter } from './open-group-writer.ts';
import type { Statement } from './run-together.ts';

export type Batch<Item> = {
  /** Resolves once the item is written and committed; rejects as a write of a group does. */
  readonly add: (item: Item) => Promise<void>;
};

/** More rows than this go into statements of their own: a statement has room for 65,535 parameters. */
const maxItems = 500;

type Gathering<Item> = { readonly items: Item[]; readonly written: Promise<void> };

/**
 * Writes of one kind that come close together, as one statement for all of them: for a small row the statement costs
 * ten times what the row does. `toStatements` may be called again with fewer of the same items, when one of them is refused.
 */
export function openBatch<Item>(
  writer: GroupWriter,
  toStatements: (items: readonly Item[]) => readonly Statement[],
  /** So long the items wait for others to go along with. */
  patienceMs = 0,
): Batch<Item> {
  let gathering: Gathering<Item> | null = null;
  const gather = (): Gathering<Item> => {
    const items: Item[] = [];
    const end = (): void => {
      if (gathering?.items === items) gathering = null;
    };
    const list = (): readonly Statement[] => {
      // Whoever comes from now on is too late for this statement.
      end();
      return toStatements(items);
    };
    const written = writer.writeStatements(list, { count: () => items.length, patienceMs });
    // A database that is away fails before it asks for the statement.
    written.catch(end);
    return { items, written };
  };
  return {
    add: async (item) => {
      if (gathering === null || gathering.items.length >= maxItems) gathering = gather();
      const { items, written } = gathering;
      items.push(item);
      try {
        await written;
      } catch (error) {
        if (items.length === 1 || isDatabaseUnavailable(error)) throw error;
        // One of them spoiled it for all.
        await writer.writeStatements(() => toStatements([item]));
      }
    },
  };
}
