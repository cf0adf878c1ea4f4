import type { ResponseRecord } from '../state/response-record.ts';
import { type Dressing, dressItem, plainDressing } from './dress-item.ts';
import { type Item, textOf, type Wire } from './item.ts';

/** A response as a JSON tree of the wire. `extensions` false: nothing beside OpenAI's own fields. */
export function dressResponse(
  record: ResponseRecord,
  output: readonly Item[],
  options: { readonly extensions: boolean; readonly dressing?: Dressing },
): Wire {
  const { asked } = record;
  return {
    id: record.id,
    object: 'response',
    created_at: toSeconds(record.createdAt),
    status: record.status,
    background: record.background,
    completed_at:
      record.completedAt === null || record.status !== 'completed' ? null : toSeconds(record.completedAt),
    access_programs: null,
    error: record.error,
    incomplete_details: record.incompleteReason === null ? null : { reason: record.incompleteReason },
    model: record.model,
    ...asked,
    ...(record.conversationId === null ? {} : { conversation: { id: record.conversationId } }),
    output: output.map((item) => dressItem(item, options.dressing ?? plainDressing)),
    output_text: outputText(output),
    // Official types know no null here.
    ...(record.usage === null ? {} : { usage: record.usage }),
    ...(record.toolUsage === null ? {} : { tool_usage: record.toolUsage }),
    ...(options.extensions && record.report !== null ? { pictor: record.report } : {}),
  };
}

function outputText(output: readonly Item[]): string {
  return output
    .filter((item) => item.type === 'message')
    .map(textOf)
    .join('');
}

export function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
