import type { Adjustment } from '../../models/index.ts';
import type { Director, Turn } from '../directors/director.ts';
import type { Item } from '../items/item.ts';
import type { ResponseRecord } from '../state/response-record.ts';
import type { TurnHold } from './hold-turn.ts';

/** A turn whose opening row is committed. */
export type OpenedTurn = {
  readonly record: ResponseRecord;
  readonly inputs: readonly Item[];
  readonly turn: Turn;
  readonly director: Director;
  /** What will not be done of what was asked. */
  readonly adjustments: readonly Adjustment[];
  /** To be settled when it has ended. */
  readonly hold: TurnHold;
  /** Sentences for the report that were known before it began. */
  readonly warnings: readonly string[];
  /** False: nothing of it is kept. */
  readonly isStored: boolean;
};
