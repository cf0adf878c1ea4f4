import { newId } from '../../foundation/index.ts';
import type { Stage } from '../directors/director.ts';
import type { Item } from '../items/item.ts';
import type { ItemWriter } from './write-message.ts';

/** A call of the caller's own tool; its input is told in one piece. */
export async function writeToolCall(
  call: Parameters<Stage['callTool']>[0],
  { begin, finish, events }: ItemWriter,
): Promise<void> {
  const isFunction = call.type === 'function';
  const id = call.id ?? newId(isFunction ? 'fc' : 'ctc');
  const { name, input } = call;
  const toItem = (text: string, status: string): Item => {
    const type = isFunction ? 'function_call' : 'custom_tool_call';
    const said = isFunction ? { arguments: text } : { input: text };
    return { id, type, pictures: [], wire: { id, type, status, call_id: call.callId, name, ...said } };
  };
  const place = { output_index: begin(toItem('', 'in_progress')), item_id: id };
  const base = isFunction ? 'response.function_call_arguments' : 'response.custom_tool_call_input';
  events.tell({ type: `${base}.delta`, fields: { ...place, delta: input } });
  events.tell({
    type: `${base}.done`,
    fields: { ...place, ...(isFunction ? { name, arguments: input } : { input }) },
  });
  await finish(place.output_index, toItem(input, 'completed'));
}
