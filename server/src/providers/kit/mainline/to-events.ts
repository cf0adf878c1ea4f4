import type { MainlineEvent } from '../../../models/index.ts';
import { isRecord } from '../read-error-body.ts';

type Data = Readonly<Record<string, unknown>>;

/** The events that a whole response would have been as a stream, as far as who reads them looks. */
export function* toEvents(response: Data): Generator<MainlineEvent> {
  const output = Array.isArray(response.output) ? response.output.filter(isRecord) : [];
  yield event('response.created', { response: { ...response, output: [] } });
  for (const [index, item] of output.entries()) {
    const place = { output_index: index, item_id: item.id };
    yield event('response.output_item.added', { output_index: index, item });
    if (item.type === 'message') yield* textEvents(item, place);
    yield event('response.output_item.done', { output_index: index, item });
  }
  const status = typeof response.status === 'string' ? response.status : 'completed';
  yield event(`response.${status}`, { response });
}

function* textEvents(item: Data, place: Data): Generator<MainlineEvent> {
  const parts = Array.isArray(item.content) ? item.content.filter(isRecord) : [];
  for (const part of parts) {
    if (part.type === 'output_text') {
      yield event('response.output_text.delta', { ...place, delta: part.text });
    } else if (part.type === 'refusal') {
      yield event('response.refusal.delta', { ...place, delta: part.refusal });
    }
  }
}

function event(name: string, data: Data): MainlineEvent {
  return { type: 'event', name, data: { type: name, ...data } };
}
