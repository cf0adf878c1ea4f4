import { newId, PictorError } from '../../foundation/index.ts';
import { type Item, pictureAt, type Wire } from '../items/item.ts';
import type { BroughtPicture } from '../state/response-record.ts';
import { type InputReader, toPicture } from './read-part.ts';

type ReadCall = { readonly item: Item; readonly brought: readonly BroughtPicture[] };

/**
 * An earlier call of the image tool: by its id alone, as it was answered, or with `result: null`. The store has the
 * bytes of what was made here; a result that is none of ours is taken as it is.
 */
export async function readImageCall(reader: InputReader, wire: Wire, param: string): Promise<ReadCall> {
  const { id, result } = wire;
  if (typeof id !== 'string') {
    throw new PictorError({
      code: 'missing_required_parameter',
      message: 'An earlier call of the tool is named by its id, ig_….',
      param: `${param}.id`,
    });
  }
  const known = await reader.findImageCall(id);
  if (typeof result !== 'string') {
    if (known !== null) return { item: known, brought: [] };
    // A call that failed has no picture to be found, and says so itself.
    if (wire.status === 'failed') return { item: failedCall(wire, id), brought: [] };
    throw notFound(id, `${param}.id`);
  }
  const input = await reader.resolve({ param: `${param}.result`, from: { type: 'data', text: result } });
  if (known !== null && pictureAt(known, 'result')?.hash === input.hash) return { item: known, brought: [] };
  const picture = toPicture(input);
  return {
    item: {
      id: known === null ? id.slice(0, 128) : newId('ig'),
      type: 'image_generation_call',
      wire: { ...withoutResult(wire), status: 'completed' },
      pictures: [{ ...picture, at: 'result' }],
    },
    brought: [{ ...picture, role: 'input' }],
  };
}

function failedCall(wire: Wire, id: string): Item {
  return { id: id.slice(0, 128), type: 'image_generation_call', wire: withoutResult(wire), pictures: [] };
}

function withoutResult(wire: Wire): Wire {
  const { result: _result, ...rest } = wire;
  return rest;
}

export function notFound(id: string, param: string): PictorError {
  return new PictorError({
    code: 'not_found',
    message: `There is no item '${id.slice(0, 60)}' in your project. It may have been deleted, or was never stored.`,
    param,
  });
}
