import { withKeepAlive } from '../../images/index.ts';
import type { ImageStore } from '../../storage/index.ts';
import { dressItem } from '../items/dress-item.ts';
import { dressResponse } from '../items/dress-response.ts';
import type { Wire } from '../items/item.ts';
import { PictureText, streamTree } from '../items/write-tree.ts';
import type { TurnRun } from '../turn/run-turn.ts';
import type { TurnEvent } from '../turn/turn-event.ts';

export type EventOptions = {
  /** False: nothing beside OpenAI's own fields. */
  readonly extensions: boolean;
  /** Number of the last event that the caller has; -1: none. Events are numbered from 0. */
  readonly after: number;
};

/** A turn as server-sent events: a comment at once and while nothing happens, and every event behind `after`. */
export async function* writeEvents(
  run: TurnRun,
  store: ImageStore,
  options: EventOptions,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(': working\n\n');
  let number = -1;
  for await (const event of withKeepAlive(run.events())) {
    if (event === 'idle') {
      yield Buffer.from(': still working\n\n');
      continue;
    }
    number += 1;
    if (number <= options.after) continue;
    yield Buffer.from(`event: ${event.type}\ndata: `);
    yield* streamTree(dressEvent(event, number, run, options), store);
    yield Buffer.from('\n\n');
  }
}

function dressEvent(event: TurnEvent, number: number, run: TurnRun, options: EventOptions): Wire {
  return {
    type: event.type,
    sequence_number: number,
    ...event.fields,
    ...(event.item === undefined ? {} : { item: dressItem(event.item) }),
    ...(event.picture === undefined ? {} : { partial_image_b64: new PictureText(event.picture, false) }),
    ...(event.response === undefined ? {} : { response: responseOf(event.response, run, options) }),
  };
}

/** Early events show the response as it then was: with nothing in it. */
function responseOf(moment: NonNullable<TurnEvent['response']>, run: TurnRun, options: EventOptions): Wire {
  const { record, output } = run.snapshot();
  if (moment === 'final') return dressResponse(record, output, options);
  const early = {
    ...record,
    status: moment,
    error: null,
    incompleteReason: null,
    usage: null,
    toolUsage: null,
    report: null,
    completedAt: null,
  };
  return dressResponse(early, [], options);
}
