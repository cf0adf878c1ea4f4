import { newId, PictorError } from '../../foundation/index.ts';
import type { ImageCalls, StoredInput } from '../../images/index.ts';
import type { Turn } from '../directors/director.ts';
import { latestPictures } from '../items/find-pictures.ts';
import type { PictureFacts } from '../items/item.ts';
import { toolParameters } from './tool-parameters.ts';

export type CheckParts = {
  readonly images: ImageCalls;
  readonly load: (picture: PictureFacts, projectId: string) => Promise<StoredInput>;
};

/**
 * Plans the tool's call once without a wish, so that a wrong parameter, a model that does not exist and a mask that
 * fits nothing are refused before anything is paid, under the tool's own names.
 */
export async function checkTool(parts: CheckParts, turn: Turn): Promise<void> {
  const { image, choice } = turn.tools;
  if (image === null || choice.mode === 'none' || !choice.image) return;
  const pictures = latestPictures(turn.context);
  if (image.action === 'edit' && pictures.length === 0) throw nothingToEdit(image.param);
  if (turn.mask !== undefined && pictures.length === 0) throw loneMask(image.param);
  const edits = pictures.length > 0 && (image.action === 'edit' || turn.mask !== undefined);
  const images: StoredInput[] = [];
  if (edits) for (const picture of pictures) images.push(await parts.load(picture, turn.caller.projectId));
  try {
    parts.images.plan({
      requestId: newId('req'),
      caller: turn.caller,
      path: '/v1/responses',
      parentId: turn.responseId,
      kind: edits ? 'edit' : 'generate',
      parameters: { ...toolParameters(turn), prompt: 'a picture' },
      images,
      ...(edits && turn.mask !== undefined ? { mask: turn.mask } : {}),
      mode: turn.mode,
    });
  } catch (error) {
    throw error instanceof PictorError ? underTool(error, image.param) : error;
  }
}

/** Images of the conversation keep their own names; the rest are members of the tool. */
function underTool(error: PictorError, base: string): PictorError {
  const { param } = error.facts;
  const own =
    param === undefined || param.includes('[') || param === 'prompt' ? param : (names[param] ?? param);
  const shown = own === undefined ? base : own.includes('[') ? own : `${base}.${own}`;
  const { pictor: _report, ...facts } = error.facts;
  return new PictorError({ ...facts, param: shown, cause: error });
}

const names: Readonly<Record<string, string>> = { mask: 'input_image_mask' };

function nothingToEdit(param: string): PictorError {
  return new PictorError({
    code: 'invalid_image_mode',
    message:
      "The tool's action is edit, and there is no picture in the conversation. Send one as input_image, name an earlier image_generation_call, or leave action at auto.",
    param: `${param}.action`,
  });
}

function loneMask(param: string): PictorError {
  return new PictorError({
    code: 'missing_required_parameter',
    message: 'A mask needs the picture that it belongs to, and there is none in the conversation.',
    param: `${param}.input_image_mask`,
  });
}
