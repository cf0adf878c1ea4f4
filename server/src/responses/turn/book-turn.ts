import type { Catalogue } from '../../catalogue/index.ts';
import type { PictorError } from '../../foundation/index.ts';
import { type BookedAttempt, costOfAttempt, toMainlineUsage } from '../../ledger/index.ts';
import { ProviderError } from '../../models/index.ts';
import type { TurnEnd } from '../directors/director.ts';
import type { OpenedTurn } from './opened-turn.ts';

/** What the mainline model cost, as an entry of the ledger. Null: nobody is paid for deciding. */
export function toMainlineAttempt(
  catalogue: Catalogue,
  { director, record }: OpenedTurn,
  ended: { readonly end: TurnEnd | null; readonly failure: PictorError | null },
): BookedAttempt | null {
  const { placed } = director;
  if (placed === undefined) return null;
  const startedAt = record.createdAt;
  const { end } = ended;
  const cause = ended.failure?.facts.cause;
  const thrown = cause instanceof ProviderError && end === null ? cause.facts : null;
  const facts = end?.failure?.facts ?? thrown;
  const charged = chargedOf(end, thrown);
  const usage = end?.usage == null ? null : toMainlineUsage(end.usage);
  const price = catalogue.priceOf(placed.row, placed.provider, startedAt);
  return {
    number: 1,
    kind: 'mainline',
    provider: placed.provider,
    engine: placed.engine,
    modelId: placed.row.id,
    startedAt,
    error: facts === null ? null : { kind: facts.kind },
    charged,
    upstreamRequestId: end?.upstreamRequestId ?? facts?.upstreamRequestId ?? null,
    usage,
    partialImages: 0,
    billedImages: [],
    ...costOfAttempt({ charged, usage, images: [], price, standIn: false }),
  };
}

/** A turn that had begun is paid, even where it then failed; what it cost is unknown where its service does not tell. */
function chargedOf(end: TurnEnd | null, thrown: ProviderError['facts'] | null): BookedAttempt['charged'] {
  if (end === null) return thrown?.charged ?? 'maybe';
  return end.failure !== undefined && end.usage === null ? 'maybe' : 'yes';
}
