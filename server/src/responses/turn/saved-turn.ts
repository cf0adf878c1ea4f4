import type { Item } from '../items/item.ts';
import type { ResponseRecord } from '../state/response-record.ts';
import type { TurnRun } from './run-turn.ts';
import { toEvents } from './to-events.ts';
import type { TurnEvent } from './turn-event.ts';

/** A response that has ended as the run that it was, from its rows. */
export function savedTurn(
  record: ResponseRecord,
  output: readonly Item[],
  events: readonly TurnEvent[] | null,
): TurnRun {
  const snapshot = { record, output };
  return {
    id: record.id,
    projectId: record.projectId,
    snapshot: () => snapshot,
    done: Promise.resolve({ ...snapshot, failure: null }),
    cancel: () => undefined,
    events: async function* () {
      yield* events ?? toEvents(record, output);
    },
  };
}
