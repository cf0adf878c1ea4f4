import type { Replay } from '../../models/index.ts';

/** A JSON object of the wire. */
export type Wire = Readonly<Record<string, unknown>>;

/** A picture in the store, as rows refer to it. */
export type PictureFacts = {
  /** Id of its row among the images. */
  readonly imageId: string;
  readonly hash: string;
  readonly mediaType: string;
  readonly byteCount: number;
  /** As it is shown, upright. */
  readonly width: number;
  readonly height: number;
};

/** Where in an item which picture belongs: `result`, `content.0`, `output.2`. */
export type PlacedPicture = PictureFacts & { readonly at: string };

/**
 * One item of a conversation, as rows keep it: the object of the wire without any bytes, and the pictures that belong
 * into it. Bytes are put in while an answer is sent.
 */
export type Item = {
  readonly id: string;
  readonly type: string;
  readonly wire: Wire;
  readonly pictures: readonly PlacedPicture[];
  /** The upstream that made it, which may have it back as its own; absent: nobody's. */
  readonly maker?: string;
  /** What its maker wants back with its text. */
  readonly replay?: Replay;
};

/** The picture at a place; undefined: there is none. */
export function pictureAt(item: Item, at: string): PlacedPicture | undefined {
  return item.pictures.find((picture) => picture.at === at);
}

/** The parts of a message, or of an output that is a list; a text counts as one part. */
export function partsOf(item: Item): readonly Wire[] {
  const content = item.type === 'message' ? item.wire.content : item.wire.output;
  if (typeof content === 'string') return [{ type: 'input_text', text: content }];
  return Array.isArray(content) ? content.filter(isWire) : [];
}

/** Every text of an item, in order. */
export function textOf(item: Item): string {
  return partsOf(item)
    .flatMap((part) => (typeof part.text === 'string' ? [part.text] : []))
    .join('\n');
}

export function isWire(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
