import { PictorError, toUsd } from '../foundation/index.ts';
import type { Adjustment } from '../models/index.ts';
import type { ToldUpstream } from './upstream.ts';

/** As much of a request as is known when it fails, once it has a place to go. */
export type Reported = {
  readonly asked: { readonly requestId: string };
  readonly route: { readonly engine: string; readonly row: { readonly id: string } };
  readonly adjustments: readonly Adjustment[];
  readonly warnings: readonly string[];
};

/** The report of an answer beside an error. The cost is 0 while nothing was sent, and null where it is unknown. */
export function withReport(
  error: PictorError,
  known: Reported,
  costNanoUsd: number | null,
  upstream?: ToldUpstream,
): PictorError {
  const { retryAfterSeconds } = error.facts;
  const pictor = {
    request: known.asked.requestId,
    engine: known.route.engine,
    model: known.route.row.id,
    cost: toUsd(costNanoUsd),
    ...(upstream === undefined ? {} : { upstream }),
    // Where the headers have left already, there is no Retry-After.
    ...(retryAfterSeconds === undefined ? {} : { retry_after: retryAfterSeconds }),
    adjustments: known.adjustments,
    warnings: known.warnings,
  };
  return new PictorError({ ...error.facts, pictor, cause: error });
}
