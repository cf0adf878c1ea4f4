import type { Item, PictureFacts, Wire } from '../items/item.ts';

/**
 * One event of a response, without bytes: rows keep it as it is, and it is dressed while it is sent. Its number is its
 * place in the list, from 0.
 */
export type TurnEvent = {
  /** `response.created`, `response.output_text.delta`, … */
  readonly type: string;
  /** Members of the wire beside type, number, item, response and picture. */
  readonly fields: Wire;
  /** The item that the event is about, as it then was. */
  readonly item?: Item;
  /** The preview. */
  readonly picture?: PictureFacts;
  /** Events that carry the response: as it stood. */
  readonly response?: 'queued' | 'in_progress' | 'final';
};
