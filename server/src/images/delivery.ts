import type { Usage } from '../models/index.ts';
import type { AnswerPart } from './answer.ts';
import type { StoredImage } from './job-run.ts';

/** What an engine delivered so far. */
export type Delivery = {
  readonly images: StoredImage[];
  readonly parts: AnswerPart[];
  readonly warnings: string[];
  /** As the provider reported it; null: it did not. */
  usage: Usage | null;
  upstreamRequestId: string | null;
  partialCount: number;
};

export function emptyDelivery(): Delivery {
  return { images: [], parts: [], warnings: [], usage: null, upstreamRequestId: null, partialCount: 0 };
}
