import type { Usage } from '../models/index.ts';
import type { AnswerPart } from './answer.ts';
import type { StoredImage } from './stored-image.ts';

/** The provider's id of the call and the headers that are passed on: never credentials. */
export type Upstream = {
  readonly requestId: string | null;
  readonly headers: Readonly<Record<string, string>>;
};

/** The provider's headers that answers carry, under `x-upstream-`: the plain names are Pictor's own. */
export function passedOn(upstream: Upstream): Record<string, string> {
  return Object.fromEntries(
    Object.entries(upstream.headers).filter(([name]) => name.startsWith('x-ratelimit-')),
  );
}

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
