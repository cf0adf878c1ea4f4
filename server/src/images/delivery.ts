import type { Usage } from '../models/index.ts';
import type { AnswerPart } from './answer.ts';
import type { StoredImage } from './stored-image.ts';
import type { Upstream } from './upstream.ts';

/** What an engine delivered so far. */
export type Delivery = {
  readonly images: StoredImage[];
  readonly parts: AnswerPart[];
  readonly warnings: string[];
  /** As the provider reported it; null: it did not. */
  usage: Usage | null;
  /** What the provider's own answer said of the call. */
  upstream: Upstream;
  partialCount: number;
};

export function emptyDelivery(): Delivery {
  return {
    images: [],
    parts: [],
    warnings: [],
    usage: null,
    upstream: { requestId: null, headers: {} },
    partialCount: 0,
  };
}
