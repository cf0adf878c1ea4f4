import { newId, PictorError } from '../../foundation/index.ts';
import type { JobRun } from '../../images/index.ts';
import type { OpenImage, PaintCall, Painted, Stage, Turn } from '../directors/director.ts';
import type { Wire } from '../items/item.ts';
import { toolParameters } from './tool-parameters.ts';

/** One call of the image tool from its first event to its last. What goes wrong is the call's own error. */
export async function paint(stage: Stage, turn: Turn, call: PaintCall): Promise<Painted> {
  const requestId = newId('req');
  const open = stage.openImage(requestId);
  const facts: Wire = { action: call.action, revised_prompt: call.prompt };
  try {
    const images = [];
    for (const picture of call.pictures) images.push(await stage.load(picture));
    const { mask } = turn;
    const planned = stage.planImage({
      requestId,
      kind: call.action,
      parameters: { ...toolParameters(turn), prompt: call.prompt },
      images: call.action === 'edit' ? images : [],
      ...(mask === undefined || call.action !== 'edit' ? {} : { mask: { ...mask, id: newId('img') } }),
    });
    return await follow(await stage.startImage(planned), open, facts);
  } catch (error) {
    if (error instanceof PictorError) return await open.fail(error, facts);
    throw error;
  }
}

/** Tells a job's previews and its end as events of the call. */
async function follow(run: JobRun, open: OpenImage, facts: Wire): Promise<Painted> {
  for await (const update of run.updates()) {
    if (update.type === 'partial') open.preview(update.image, update.partialIndex);
    if (update.type !== 'done') continue;
    const { outcome } = update;
    if (outcome.status === 'failed') return await open.fail(outcome.error, facts);
    const [image] = outcome.answer.images;
    if (image === undefined) break;
    const revised = image.revisedPrompt === undefined ? {} : { revised_prompt: image.revisedPrompt };
    return await open.complete(image, { ...facts, ...revised });
  }
  throw new Error('A job ended without a picture and without an error.');
}
