import { cleanJson, type Row } from '../../database/index.ts';
import type { Replay } from '../../models/index.ts';
import { type Item, isWire, type PlacedPicture, type Wire } from '../items/item.ts';
import type { TurnEvent } from '../turn/turn-event.ts';
import type { BroughtPicture, OwnedItem, ResponseRecord } from './response-record.ts';

/** JSON columns take text: lists would otherwise be read as PostgreSQL arrays by one of the drivers. */
export function toJson(value: unknown): string {
  return JSON.stringify(cleanJson(value));
}

export function toNullableJson(value: unknown): string | null {
  return value === null ? null : toJson(value);
}

export function toItemRow(
  ownerId: string,
  projectId: string,
  { role, position, item }: OwnedItem,
  now: Date,
) {
  return {
    owner_id: ownerId,
    position,
    id: item.id,
    project_id: projectId,
    role,
    type: item.type,
    item: toJson(item.wire),
    pictures: toJson(item.pictures),
    maker: item.maker ?? null,
    replay: toNullableJson(item.replay ?? null),
    created_at: now,
  };
}

export function toItem(
  row: Pick<Row<'response_items'>, 'id' | 'type' | 'item' | 'pictures' | 'maker' | 'replay'>,
): Item {
  return {
    id: row.id,
    type: row.type,
    wire: row.item,
    // The row was written by this room from an Item, so its pictures are that.
    pictures: row.pictures as readonly PlacedPicture[],
    ...(row.maker === null ? {} : { maker: row.maker }),
    // Written from a Replay, so it is one.
    ...(row.replay === null ? {} : { replay: row.replay as Replay }),
  };
}

export function toImageRow(picture: BroughtPicture, projectId: string, position: number, now: Date) {
  return {
    id: picture.imageId,
    project_id: projectId,
    request_id: null,
    role: picture.role,
    position,
    hash: picture.hash,
    media_type: picture.mediaType,
    byte_count: picture.byteCount,
    width: picture.width,
    height: picture.height,
    created_at: now,
  };
}

export function toRecord(row: Row<'responses'>): ResponseRecord {
  return {
    id: row.id,
    projectId: row.project_id,
    keyId: row.api_key_id ?? '',
    model: row.model,
    director: row.director,
    status: row.status,
    background: row.background,
    asked: row.asked,
    parentId: row.parent_id,
    conversationId: row.conversation_id,
    error: row.error,
    incompleteReason: row.incomplete_reason,
    usage: row.usage,
    toolUsage: row.tool_usage,
    report: row.report,
    idempotencyKey: row.idempotency_key,
    fingerprint: row.fingerprint,
    createdAt: row.created_at,
    completedAt: row.completed_at,
  };
}

/** Null: the response never came so far as to keep its events. */
export function toEvents(row: Pick<Row<'responses'>, 'events'>): readonly TurnEvent[] | null {
  // Written by this room from events, so they are that.
  return row.events === null ? null : (row.events.filter(isWire) as readonly Wire[] as readonly TurnEvent[]);
}
