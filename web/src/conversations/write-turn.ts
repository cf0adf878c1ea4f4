import type { ConversationTurn, NewItem, ResponseRequest } from '@pictor/sdk';
import { type Parameters, readParameters } from '../playground/parameters/parameters.ts';
import type { EditedPicture, TurnDraft } from './turn-draft.ts';

/** How a turn is made. */
export type TurnSetup = {
  /** Who leads. */
  readonly model: string;
  /** The image model of the tool; undefined: the server's choice. */
  readonly painter: string | undefined;
  /** Parameters of the tool. */
  readonly parameters: Parameters;
};

/** The items of a draft: the words with their pictures, and the picture that is to be changed. */
export function toItems(draft: TurnDraft): readonly NewItem[] {
  const pictures = draft.pictures.map(({ id }) => ({ type: 'input_image', file_id: id }));
  return [
    { role: 'user', content: [{ type: 'input_text', text: draft.text.trim() }, ...pictures] },
    ...(draft.edits === null ? [] : [{ type: 'image_generation_call', id: draft.edits.itemId }]),
  ];
}

/** The items of a turn, to be sent again as they were. */
export function toSameItems(turn: ConversationTurn): readonly NewItem[] {
  return turn.input.map(({ id }) => ({ type: 'item_reference', id }));
}

/** A turn that runs on the server whether or not anybody looks. */
export function toRequest(
  conversation: string,
  setup: TurnSetup,
  input: readonly NewItem[],
  edits: Pick<EditedPicture, 'maskId'> | null,
): ResponseRequest {
  const tool = {
    type: 'image_generation',
    ...setup.parameters,
    ...(setup.painter === undefined ? {} : { model: setup.painter }),
    ...(edits === null ? {} : { action: 'edit' }),
    ...(edits === null || edits.maskId === null ? {} : { input_image_mask: { file_id: edits.maskId } }),
  };
  return { model: setup.model, conversation, input: [...input], tools: [tool], background: true };
}

/** How a turn was made; undefined: nobody can tell. */
export function setupOf(turn: ConversationTurn | undefined): Partial<TurnSetup> {
  if (turn === undefined || turn.model === null) return {};
  const tool = turn.tools.find(({ type }) => type === 'image_generation');
  if (tool === undefined) return { model: turn.model };
  const { type: _type, model, action: _action, input_image_mask: _mask, ...parameters } = tool;
  return {
    model: turn.model,
    painter: typeof model === 'string' ? model : undefined,
    parameters: readParameters(parameters) ?? {},
  };
}

/** Which part of a picture a turn was to change; null: nothing was said of it. */
export function editsOf(turn: ConversationTurn): Pick<EditedPicture, 'maskId'> | null {
  const tool = turn.tools.find(({ type }) => type === 'image_generation');
  if (tool?.action !== 'edit') return null;
  const mask = tool.input_image_mask;
  const hasFile = typeof mask === 'object' && mask !== null && 'file_id' in mask;
  return { maskId: hasFile && typeof mask.file_id === 'string' ? mask.file_id : null };
}
