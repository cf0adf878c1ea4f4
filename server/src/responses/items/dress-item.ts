import { type Item, isWire, type PlacedPicture, pictureAt, type Wire } from './item.ts';
import { PictureText } from './write-tree.ts';

export type Dressing = {
  /** True: pictures of messages come along as data URLs, as `include: ["message.input_image.image_url"]` asks. */
  readonly withInputPictures: boolean;
};

export const plainDressing: Dressing = { withInputPictures: false };

/** An item as a JSON tree of the wire, with its pictures in their places. */
export function dressItem(item: Item, dressing: Dressing = plainDressing): Wire {
  switch (item.type) {
    case 'image_generation_call':
      return { ...item.wire, result: resultOf(item) };
    case 'message':
      return { ...item.wire, content: dressParts(item, 'content', dressing) };
    case 'function_call_output':
    case 'custom_tool_call_output':
      return { ...item.wire, output: dressParts(item, 'output', dressing) };
    default:
      return item.wire;
  }
}

function resultOf(item: Item): PictureText | null {
  const picture = pictureAt(item, 'result');
  return picture === undefined ? null : new PictureText(picture, false);
}

function dressParts(item: Item, member: 'content' | 'output', dressing: Dressing): unknown {
  const parts = item.wire[member];
  if (!Array.isArray(parts)) return parts;
  return parts.map((part: unknown, index) => {
    if (!isWire(part) || part.type !== 'input_image') return part;
    return dressPicture(part, pictureAt(item, `${member}.${index}`), dressing);
  });
}

function dressPicture(part: Wire, picture: PlacedPicture | undefined, dressing: Dressing): Wire {
  const fileId = part.file_id ?? null;
  const url = part.image_url ?? null;
  const isShown = dressing.withInputPictures && fileId === null && url === null && picture !== undefined;
  return { ...part, file_id: fileId, image_url: isShown ? new PictureText(picture, true) : url };
}
