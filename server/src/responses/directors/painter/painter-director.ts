import { newId, PictorError } from '../../../foundation/index.ts';
import type { JobRun, PlannedJob, StoredInput } from '../../../images/index.ts';
import type { Adjustment, ModelRow, Turn as ModelTurn, Sampling } from '../../../models/index.ts';
import { latestPictures } from '../../items/find-pictures.ts';
import type { PictureFacts, Wire } from '../../items/item.ts';
import { toolParameters } from '../../turn/tool-parameters.ts';
import type { Director, OpenMessage, Stage, Turn, TurnEnd } from '../director.ts';
import { reportDropped } from '../report-dropped.ts';
import { type History, toHistory } from './to-history.ts';

const knownSettings: readonly string[] = ['temperature', 'top_p', 'max_output_tokens'];

/** An image model that converses leads and paints in one: the conversation goes to it as turns, and comes back as items. */
export function openPainterDirector(row: ModelRow, engine: string): Director {
  return {
    name: engine,
    painters: [row.id],
    check: (turn) => check(turn, row),
    direct: (turn, stage) => lead(turn, stage),
  };
}

function check(turn: Turn, row: ModelRow): readonly Adjustment[] {
  const { image, clientTools, choice } = turn.tools;
  if (image !== null && image.model !== undefined && turn.painter !== row.id) {
    throw new PictorError({
      code: 'invalid_value',
      message: `${row.id} paints itself, so the tool cannot have '${image.model}' behind it. Leave the tool's model out, or name another mainline model.`,
      param: `${image.param}.model`,
    });
  }
  if (clientTools.length > 0 && choice.mode === 'required' && !choice.image) {
    throw new PictorError({
      code: 'invalid_value',
      message: `${row.id} calls no functions. Name another mainline model, or leave tool_choice at auto.`,
      param: 'tool_choice',
    });
  }
  const dropped = reportDropped(turn, row.id, knownSettings);
  if (clientTools.length === 0) return dropped;
  const requested = clientTools.map((tool) => tool.name);
  const reason = `${row.id} calls no functions.`;
  return [...dropped, { parameter: 'tools', action: 'dropped', requested, applied: null, reason }];
}

async function lead(turn: Turn, stage: Stage): Promise<TurnEnd> {
  const history = await toHistory(turn, stage);
  const requestId = newId('req');
  const planned = await plan(turn, stage, requestId, history);
  const facts: Wire = {
    action: planned.asked.images.length > 0 || latestPictures(turn.context).length > 0 ? 'edit' : 'generate',
    revised_prompt: history.prompt,
  };
  let run: JobRun;
  try {
    run = await stage.startImage(planned);
  } catch (error) {
    if (!(error instanceof PictorError)) throw error;
    await stage.openImage(requestId).fail(error, facts);
    return { usage: null };
  }
  await follow(run, stage, facts);
  return { usage: null };
}

async function plan(turn: Turn, stage: Stage, requestId: string, history: History): Promise<PlannedJob> {
  const { tools, mask } = turn;
  const mayPaint = tools.image !== null && tools.choice.image && tools.choice.mode !== 'none';
  const isForced = mayPaint && tools.choice.mode === 'required';
  const sent: readonly PictureFacts[] = history.asking?.pictures ?? [];
  // A mask lies on a picture of the job itself, so one of an earlier turn comes along again.
  const wanted = sent.length === 0 && mask !== undefined ? latestPictures(turn.context) : sent;
  const loaded: StoredInput[] = [];
  for (const picture of wanted) loaded.push(await stage.load(picture));
  // Where nothing is to be painted they are looked at, and are no pictures to edit.
  const images = mayPaint ? loaded : [];
  const shown = mayPaint ? [] : loaded;
  return stage.planImage({
    requestId,
    kind: images.length > 0 ? 'edit' : 'generate',
    parameters: {
      // What the tool makes where nothing else is asked; the model's own bytes are kept beside it.
      output_format: 'png',
      ...toolParameters(turn),
      model: turn.painter,
      prompt: history.prompt,
    },
    images,
    ...(mask === undefined || images.length === 0 ? {} : { mask: { ...mask, id: newId('img') } }),
    history: [...history.turns, ...toShown(shown)],
    sampling: toSampling(turn),
    mayOnlyWrite: !isForced,
    onlyWrites: !mayPaint,
  });
}

function toShown(pictures: readonly StoredInput[]): readonly ModelTurn[] {
  const parts = pictures.map((image) => ({ type: 'image' as const, image }));
  return parts.length === 0 ? [] : [{ role: 'user', parts }];
}

function toSampling({ settings }: Turn): Sampling {
  const { temperature, top_p: topP, max_output_tokens: maxOutputTokens } = settings;
  return {
    ...(typeof temperature === 'number' ? { temperature } : {}),
    ...(typeof topP === 'number' ? { topP } : {}),
    ...(typeof maxOutputTokens === 'number' ? { maxOutputTokens } : {}),
  };
}

/** Words and pictures become items in the model's own order. */
async function follow(run: JobRun, stage: Stage, facts: Wire): Promise<void> {
  let message: OpenMessage | null = null;
  const closeMessage = async (): Promise<void> => {
    await message?.close();
    message = null;
  };
  for await (const update of run.updates()) {
    switch (update.type) {
      case 'text':
        if (message === null) message = stage.openMessage();
        message.add(update.text, update.replay);
        break;
      case 'image':
        await closeMessage();
        await stage.openImage(run.requestId).complete(update.image, facts);
        break;
      case 'done':
        await closeMessage();
        if (update.outcome.status === 'failed') {
          await stage.openImage(run.requestId).fail(update.outcome.error, facts);
        }
        break;
      default:
        break;
    }
  }
}
