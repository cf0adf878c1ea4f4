import { toSeconds } from '../items/dress-response.ts';
import { type Item, isWire, type PlacedPicture, textOf, type Wire } from '../items/item.ts';
import type { ListedConversation, StoredPicture } from '../state/conversation-list-queries.ts';
import type { Turn } from './to-turns.ts';

export type Pictures = ReadonlyMap<string, StoredPicture>;

const longestTitle = 200;
const shownPictures = 4;

/** A conversation as lists show it. */
export function toConversationView(row: ListedConversation, pictures: Pictures) {
  return {
    id: row.id,
    object: 'conversation',
    title: titleOf(row),
    model: row.model,
    turn_count: row.turn_count,
    running: row.running,
    images: newestPictures(row, pictures),
    metadata: row.metadata,
    created_at: toSeconds(row.created_at),
    updated_at: toSeconds(row.updated_at),
  };
}

/** A picture that was named again stands once. */
function newestPictures(row: ListedConversation, pictures: Pictures) {
  const newestFirst = row.pictures.flatMap((group) => group.toReversed());
  const once = new Map(newestFirst.map((picture) => [picture.imageId, picture]));
  return toPictureViews([...once.values()], pictures).slice(0, shownPictures);
}

function titleOf({ metadata, first }: ListedConversation): string | null {
  const { title = '' } = metadata;
  const said = first === null ? '' : textOf({ id: '', type: 'message', wire: first, pictures: [] });
  const words = (title.trim() === '' ? said : title).replace(/\s+/gu, ' ').trim();
  return words === '' ? null : [...words].slice(0, longestTitle).join('');
}

/** Of its response; of its first item where nobody answered. */
export function turnId({ record, input, output }: Turn): string {
  return record?.id ?? input[0]?.id ?? output[0]?.id ?? '';
}

/** A turn without bytes. */
export function toTurnView(turn: Turn, pictures: Pictures) {
  const { record } = turn;
  const report = record?.report ?? {};
  return {
    id: turnId(turn),
    object: 'conversation.turn',
    response: record?.id ?? null,
    status: record?.status ?? 'completed',
    model: record?.model ?? null,
    director: record?.director ?? null,
    tools: Array.isArray(record?.asked.tools) ? record.asked.tools : [],
    created_at: toSeconds(turn.createdAt),
    completed_at: record?.completedAt == null ? null : toSeconds(record.completedAt),
    input: turn.input.map((item) => toItemView(item, pictures)),
    output: turn.output.map((item) => toItemView(item, pictures)),
    error: toErrorView(record?.error ?? null, report),
    cost: typeof report.cost === 'number' ? report.cost : null,
    adjustments: Array.isArray(report.adjustments) ? report.adjustments : [],
    warnings: Array.isArray(report.warnings) ? report.warnings : [],
  };
}

function toErrorView(error: Wire | null, report: Wire) {
  if (error === null) return null;
  return { message: String(error.message), code: String(report.error_code ?? error.code) };
}

function toItemView(item: Item, pictures: Pictures) {
  const { wire } = item;
  const shown = item.pictures.flatMap(({ imageId }) => pictures.get(imageId) ?? []);
  const isCall = item.type === 'image_generation_call';
  return {
    id: item.id,
    type: item.type,
    role: textIn(wire, 'role'),
    text: textOf(item),
    images: toPictureViews(item.pictures, pictures),
    revised_prompt: textIn(wire, 'revised_prompt'),
    action: textIn(wire, 'action'),
    status: textIn(wire, 'status'),
    error: isCall && isWire(wire.error) ? wire.error : null,
    request: isCall ? (shown[0]?.request_id ?? null) : null,
  };
}

function toPictureViews(placed: readonly PlacedPicture[], pictures: Pictures) {
  return placed.flatMap(({ imageId }) => {
    const stored = pictures.get(imageId);
    if (stored === undefined) return [];
    return [
      {
        id: stored.id,
        url: `/images/${stored.id}`,
        thumbnail_url: `/images/${stored.id}/thumbnail`,
        width: stored.width,
        height: stored.height,
        media_type: stored.media_type,
        bytes: Number(stored.byte_count),
      },
    ];
  });
}

function textIn(wire: Wire, member: string): string | null {
  const value = wire[member];
  return typeof value === 'string' ? value : null;
}
