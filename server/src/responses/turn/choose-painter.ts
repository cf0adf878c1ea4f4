import { newId, PictorError } from '../../foundation/index.ts';
import type { ImageCalls, PlannedJob, StoredInput } from '../../images/index.ts';
import type { Adjustment } from '../../models/index.ts';
import type { Turn } from '../directors/director.ts';
import { latestPictures } from '../items/find-pictures.ts';
import type { PictureFacts } from '../items/item.ts';
import { modeOf, toolParameters } from './tool-parameters.ts';

export type CheckParts = {
  readonly images: ImageCalls;
  readonly load: (picture: PictureFacts, projectId: string) => Promise<StoredInput>;
};

export type ChosenPainter = {
  readonly chosen: Pick<Turn, 'painter' | 'toolAdjustments' | 'omitted'>;
  /** A call of the tool, for what it may cost; null: the tool cannot be called in this turn. */
  readonly call: PlannedJob | null;
};

/**
 * Plans the tool's call once without a wish, so that a wrong parameter, a model that does not exist and a mask that
 * fits nothing are refused before anything is paid, under the tool's own names. Where the tool names no model, the
 * first one that takes what is asked is chosen; what none of them takes is left out and told, unless the caller is strict.
 */
export async function choosePainter(
  parts: CheckParts,
  turn: Turn,
  painters: readonly [string, ...string[]],
): Promise<ChosenPainter> {
  const { image, choice } = turn.tools;
  const asked = { painter: turn.painter, toolAdjustments: [], omitted: [] };
  if (image === null || choice.mode === 'none' || !choice.image) return { chosen: asked, call: null };
  const pictures = latestPictures(turn.context);
  if (image.action === 'edit' && pictures.length === 0) throw nothingToEdit(image.param);
  if (turn.mask !== undefined && pictures.length === 0) throw loneMask(image.param);
  const edits = pictures.length > 0 && (image.action === 'edit' || turn.mask !== undefined);
  const images: StoredInput[] = [];
  if (edits) for (const picture of pictures) images.push(await parts.load(picture, turn.caller.projectId));
  const plan = (candidate: Turn): PlannedJob => planOnce(parts, candidate, images);
  if (image.model !== undefined || turn.mode === 'strict') {
    const call = plan(turn);
    return { chosen: { ...asked, toolAdjustments: call.adjustments }, call };
  }
  return tryAll(plan, turn, painters);
}

function tryAll(
  plan: (candidate: Turn) => PlannedJob,
  turn: Turn,
  painters: readonly [string, ...string[]],
): ChosenPainter {
  const left: Adjustment[] = [];
  for (;;) {
    const omitted = left.map((each) => each.parameter);
    const refusals: PictorError[] = [];
    for (const painter of painters) {
      try {
        const call = plan({ ...turn, painter, omitted });
        const [first] = refusals;
        if (first !== undefined && losesRefused(call, first)) continue;
        return { chosen: { painter, toolAdjustments: [...left, ...call.adjustments], omitted }, call };
      } catch (error) {
        if (!(error instanceof PictorError)) throw error;
        refusals.push(error);
      }
    }
    const [first] = refusals;
    const refused = first === undefined ? null : toOmission(turn, first, painters[0], omitted);
    if (refused === null) throw first;
    left.push(refused);
  }
}

/** What the first painter refuses is no better off with one that would leave it out, or take something else for it. */
function losesRefused({ adjustments }: PlannedJob, { facts }: PictorError): boolean {
  return adjustments.some(
    ({ action, parameter }) => action !== 'passed-through' && parameter === memberOf(facts.param),
  );
}

function memberOf(param: string | undefined): string {
  return param?.split('.').at(-1) ?? '';
}

/** The member of the tool that was refused, as one that is left out. Null: it was about something else. */
function toOmission(
  turn: Turn,
  error: PictorError,
  painter: string,
  omitted: readonly string[],
): Adjustment | null {
  const name = memberOf(error.facts.param);
  const requested = turn.tools.image?.parameters[name];
  // A JPEG is transparent with nobody: that is a contradiction, not something a model lacks.
  if (name === 'background' && turn.tools.image?.parameters.output_format === 'jpeg') return null;
  const optional = ['background', 'input_fidelity', 'output_compression', 'moderation'];
  if (requested === undefined || omitted.includes(name) || !optional.includes(name)) return null;
  const reason = `${painter}, which stands behind the tool, does not take it. ${error.message}`;
  return { parameter: name, action: 'dropped', requested, applied: null, reason };
}

function planOnce(parts: CheckParts, turn: Turn, images: readonly StoredInput[]): PlannedJob {
  const param = turn.tools.image?.param ?? 'tools';
  try {
    return parts.images.plan({
      requestId: newId('req'),
      caller: turn.caller,
      path: '/v1/responses',
      parentId: turn.responseId,
      kind: images.length > 0 ? 'edit' : 'generate',
      parameters: { ...toolParameters(turn), prompt: 'a picture' },
      images,
      ...(images.length > 0 && turn.mask !== undefined ? { mask: turn.mask } : {}),
      mode: modeOf(turn),
      tags: turn.tags,
      savedPrompt: turn.savedPrompt,
    });
  } catch (error) {
    throw error instanceof PictorError ? underTool(error, param) : error;
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
