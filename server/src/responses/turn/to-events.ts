import type { Item } from '../items/item.ts';
import { isWire } from '../items/item.ts';
import type { ResponseRecord } from '../state/response-record.ts';
import type { TurnEvent } from './turn-event.ts';

/** The events of a response that was never told as it went, in the order in which they would have come. */
export function toEvents(record: ResponseRecord, output: readonly Item[]): readonly TurnEvent[] {
  return [
    { type: 'response.created', fields: {}, response: record.background ? 'queued' : 'in_progress' },
    { type: 'response.in_progress', fields: {}, response: 'in_progress' },
    ...output.flatMap(eventsOf),
    { type: lastEvent(record), fields: {}, response: 'final' },
  ];
}

function lastEvent({ status }: ResponseRecord): string {
  if (status === 'completed') return 'response.completed';
  return status === 'failed' ? 'response.failed' : 'response.incomplete';
}

function eventsOf(item: Item, index: number): readonly TurnEvent[] {
  const place = { output_index: index, item_id: item.id };
  const added = (wire: Item['wire']): TurnEvent => ({
    type: 'response.output_item.added',
    fields: { output_index: index },
    item: { ...item, pictures: [], wire },
  });
  const done: TurnEvent = { type: 'response.output_item.done', fields: { output_index: index }, item };
  const call = 'response.image_generation_call';
  switch (item.type) {
    case 'image_generation_call':
      return [
        added({ id: item.id, type: item.type, status: 'in_progress' }),
        { type: `${call}.in_progress`, fields: place },
        { type: `${call}.generating`, fields: place },
        ...(item.wire.status === 'completed' ? [{ type: `${call}.completed`, fields: place }] : []),
        done,
      ];
    case 'message':
      return [added({ ...item.wire, status: 'in_progress', content: [] }), ...partEvents(item, place), done];
    default:
      return [added(item.wire), done];
  }
}

function partEvents(item: Item, place: Item['wire']): readonly TurnEvent[] {
  const content = Array.isArray(item.wire.content) ? item.wire.content.filter(isWire) : [];
  return content.flatMap((part, index) => {
    const where = { ...place, content_index: index };
    const empty = part.type === 'refusal' ? { ...part, refusal: '' } : { ...part, text: '' };
    const told =
      part.type === 'refusal'
        ? [
            { type: 'response.refusal.delta', fields: { ...where, delta: part.refusal } },
            { type: 'response.refusal.done', fields: { ...where, refusal: part.refusal } },
          ]
        : [
            { type: 'response.output_text.delta', fields: { ...where, delta: part.text, logprobs: [] } },
            { type: 'response.output_text.done', fields: { ...where, text: part.text, logprobs: [] } },
          ];
    return [
      { type: 'response.content_part.added', fields: { ...where, part: empty } },
      ...told,
      { type: 'response.content_part.done', fields: { ...where, part } },
    ];
  });
}
