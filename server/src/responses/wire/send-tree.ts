import type { HttpReply } from '../../http/index.ts';
import type { ImageStore } from '../../storage/index.ts';
import { dressItem } from '../items/dress-item.ts';
import type { Wire } from '../items/item.ts';
import { writeTree } from '../items/write-tree.ts';
import type { ItemPage } from './read-page.ts';

/** Sends a JSON tree; pictures are read from the store while it is sent. */
export function sendTree(reply: HttpReply, store: ImageStore, tree: unknown): HttpReply {
  const { byteCount, body } = writeTree(tree, store);
  return reply
    .header('content-type', 'application/json; charset=utf-8')
    .header('content-length', String(byteCount))
    .header('cache-control', 'no-store')
    .send(body);
}

/** A page in the shape of OpenAI's lists. */
export function toList(page: ItemPage, includes: readonly string[]): Wire {
  const dressing = { withInputPictures: includes.includes('message.input_image.image_url') };
  return {
    object: 'list',
    data: page.data.map((item) => dressItem(item, dressing)),
    first_id: page.data.at(0)?.id ?? '',
    last_id: page.data.at(-1)?.id ?? '',
    has_more: page.hasMore,
  };
}
