import type { Caller } from '../../access/index.ts';
import { newId, PictorError } from '../../foundation/index.ts';
import type { InputSource, ParameterMode, StoredInput } from '../../images/index.ts';
import type { Limits } from '../../limits/index.ts';
import type { Director, Turn } from '../directors/director.ts';
import type { OpenDirectors } from '../directors/open-directors.ts';
import type { Item } from '../items/item.ts';
import type { State } from '../state/open-state.ts';
import type { BroughtPicture, ResponseRecord } from '../state/response-record.ts';
import type { AskedResponse, ImageTool } from '../wire/asked-response.ts';
import { readInput } from '../wire/read-input.ts';
import { type InputReader, toPicture } from '../wire/read-part.ts';
import { type CheckParts, choosePainter } from './choose-painter.ts';
import { holdTurn } from './hold-turn.ts';
import type { OpenedTurn } from './opened-turn.ts';

export type PrepareParts = CheckParts & {
  readonly state: State;
  readonly directors: OpenDirectors;
  readonly limits: Limits;
  readonly readerOf: (caller: Caller) => InputReader;
};

export type Request = {
  readonly caller: Caller;
  readonly mode: ParameterMode | undefined;
  readonly idempotencyKey: string | null;
  readonly tags: readonly string[];
  readonly fingerprint: string;
};

/**
 * From a body to a turn whose opening row is committed: who decides, the conversation so far, the new items with their
 * pictures in the store, and every check that can be made before anything is paid. Throws the caller's errors. Null:
 * the idempotency key was used before.
 */
export async function prepareTurn(
  parts: PrepareParts,
  asked: AskedResponse,
  request: Request,
): Promise<OpenedTurn | null> {
  const { caller } = request;
  const director = parts.directors.find(asked.model, caller);
  const before = await findContext(parts.state, asked, caller.projectId);
  const reader = parts.readerOf(caller);
  const { items, brought } = await readInput(reader, asked.input);
  const mask = await readMask(reader, asked.tools.image);
  const understood = toTurn(asked, request, { director, before, items, mask });
  const adjustments = director.check(understood);
  const { chosen, call } = await choosePainter(parts, understood, director.painters);
  const turn = { ...understood, ...chosen };
  const record = toRecord(asked, request, director, turn.responseId);
  const pictures: BroughtPicture[] = [...brought];
  if (mask !== undefined) pictures.push({ ...toPicture(mask), role: 'mask' });
  const hold = await holdTurn(parts, turn, { director, call, now: record.createdAt });
  let isOpened = false;
  try {
    const inputs = items.map((item, position) => ({ role: 'input' as const, position, item }));
    if (!asked.store) await parts.state.keepPictures(caller.projectId, pictures);
    else if (!(await parts.state.open(record, inputs, pictures))) return null;
    isOpened = true;
  } finally {
    if (!isOpened) hold.release();
  }
  return {
    record,
    inputs: items,
    turn,
    director,
    adjustments,
    hold,
    warnings: [...(asked.warnings ?? []), ...hold.warnings],
    isStored: asked.store,
  };
}

async function findContext(state: State, asked: AskedResponse, projectId: string): Promise<readonly Item[]> {
  const { previousResponseId: previous, conversationId } = asked;
  if (previous !== null) {
    const found = await state.find(projectId, previous);
    if (found === null) throw missing('response', previous, 'previous_response_id');
    if (found.record.status === 'queued' || found.record.status === 'in_progress') {
      throw new PictorError({
        code: 'invalid_value',
        message: `The response '${previous}' is still being made. Wait for it before you go on with it.`,
        param: 'previous_response_id',
      });
    }
    return await state.itemsOfChain(projectId, previous);
  }
  if (conversationId === null) return [];
  if ((await state.findConversation(projectId, conversationId)) === null) {
    throw missing('conversation', conversationId, 'conversation');
  }
  return await state.itemsOf(projectId, conversationId);
}

async function readMask(reader: InputReader, tool: ImageTool | null): Promise<StoredInput | undefined> {
  if (tool?.mask === undefined) return undefined;
  const { fileId, imageUrl = '' } = tool.mask;
  const from: InputSource['from'] =
    fileId !== undefined
      ? { type: 'file', fileId }
      : /^https?:/i.test(imageUrl)
        ? { type: 'url', url: imageUrl }
        : { type: 'data', text: imageUrl };
  try {
    return await reader.resolve({ param: 'mask', from });
  } catch (error) {
    throw error instanceof PictorError ? underMask(error, tool.param, fileId === undefined) : error;
  }
}

/** The Images API calls it mask; here it is a member of the tool. */
function underMask({ facts }: PictorError, base: string, isUrl: boolean): PictorError {
  const param = `${base}.input_image_mask.${isUrl ? 'image_url' : 'file_id'}`;
  return new PictorError({ ...facts, message: facts.message.replace(/^mask\b/, param), param });
}

function toTurn(
  asked: AskedResponse,
  request: Request,
  known: {
    readonly director: Director;
    readonly before: readonly Item[];
    readonly items: readonly Item[];
    readonly mask: StoredInput | undefined;
  },
): Turn {
  return {
    responseId: newId('resp'),
    caller: request.caller,
    mode: request.mode,
    model: asked.model,
    instructions: asked.instructions,
    context: [...known.before, ...known.items],
    newCount: known.items.length,
    tools: asked.tools,
    painter: asked.tools.image?.model ?? known.director.painters[0],
    toolAdjustments: [],
    omitted: [],
    mask: known.mask,
    maxToolCalls: asked.maxToolCalls,
    parallelToolCalls: asked.parallelToolCalls,
    endUser: asked.endUser,
    settings: asked.settings,
    include: asked.include,
    tags: request.tags,
    savedPrompt: asked.savedPrompt ?? null,
    isWatched: asked.stream || asked.background,
  };
}

function toRecord(asked: AskedResponse, request: Request, director: Director, id: string): ResponseRecord {
  return {
    id,
    projectId: request.caller.projectId,
    keyId: request.caller.keyId,
    model: asked.model,
    director: director.name,
    status: asked.background ? 'queued' : 'in_progress',
    background: asked.background,
    asked: asked.echo,
    parentId: asked.previousResponseId,
    conversationId: asked.conversationId,
    error: null,
    incompleteReason: null,
    usage: null,
    toolUsage: null,
    report: null,
    idempotencyKey: request.idempotencyKey,
    fingerprint: request.fingerprint,
    savedPrompt: asked.savedPrompt,
    createdAt: new Date(),
    completedAt: null,
  };
}

function missing(what: string, id: string, param: string): PictorError {
  return new PictorError({
    code: 'not_found',
    message: `There is no ${what} '${id.slice(0, 60)}' in your project. It may have been deleted, or was never stored.`,
    param,
  });
}
