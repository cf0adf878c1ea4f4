import { fieldName } from '@pictor/api';
import type { ListedRequest } from '../../requests/index.ts';
import type { RowValues } from '../dataset.ts';

/**
 * A row from a request: the variables of its saved prompt, its prompt, the pictures that went in, the mask, and the
 * first one that came out. Names that no field may have are left out.
 */
export function toRequestRow(request: ListedRequest): RowValues {
  const idsOf = (role: string): readonly string[] =>
    request.images.filter((image) => image.role === role).map((image) => image.id);
  const [outputs, inputs, masks] = [idsOf('output'), idsOf('input'), idsOf('mask')];
  const variables = Object.entries(request.prompt_variables ?? {}).filter(
    ([name]) => fieldName.safeParse(name).success,
  );
  return {
    ...Object.fromEntries(variables),
    prompt: request.prompt,
    ...(outputs.length === 0 ? {} : { image: outputs.length === 1 ? outputs[0] : outputs }),
    ...(inputs.length === 0 ? {} : { reference: inputs.length === 1 ? inputs[0] : inputs }),
    ...(masks.length === 0 ? {} : { mask: masks[0] }),
    request: request.id,
  };
}
