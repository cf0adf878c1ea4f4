import type { ImagesUsage } from '@pictor/api';
import type { Adjustment, AppliedParameters, JobKind } from '../models/index.ts';
import type { StoredImage } from './stored-image.ts';
import type { ToldUpstream } from './upstream.ts';

/**
 * Everything that an answer is made of, except bytes: it is kept in the request's row, so that the same answer can
 * be built again at any time. Links are signed anew whenever it is rendered.
 */
export type Answer = {
  readonly requestId: string;
  readonly kind: JobKind;
  readonly createdSeconds: number;
  /** Catalogue id. */
  readonly model: string;
  readonly engine: string;
  readonly responseFormat: 'b64_json' | 'url';
  /** The values really used, of the first image; `auto` never stands here. */
  readonly applied: AppliedParameters;
  readonly images: readonly StoredImage[];
  /** Text and images in the order in which the model made them; only for models that write. */
  readonly parts: readonly AnswerPart[] | null;
  readonly usage: ImagesUsage | null;
  readonly costNanoUsd: number | null;
  /** What the model itself would have cost, where sketch stood in; undefined where it did not. */
  readonly listCostNanoUsd?: number | null;
  /** What the provider said of the call; absent: nothing. */
  readonly upstream?: ToldUpstream;
  readonly adjustments: readonly Adjustment[];
  readonly warnings: readonly string[];
};

export type AnswerPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly index: number };
