import { PictorError } from '../../foundation/index.ts';
import type { ImageCalls, PlannedJob } from '../../images/index.ts';
import type { BookedAttempt } from '../../ledger/index.ts';
import type { Hold, Limits } from '../../limits/index.ts';
import type { Director, Turn } from '../directors/director.ts';

/** What a turn holds against budgets and rate limits until it has ended. Ending it again changes nothing. */
export type TurnHold = {
  /** Sentences about soft budgets. */
  readonly warnings: readonly string[];
  /** To be called right before a picture is started, which holds for itself. */
  readonly letGoOfPicture: () => void;
  /** What deciding used takes the place of what was held. Null: nobody is paid for it. */
  readonly settle: (attempt: BookedAttempt | null) => void;
  /** Nothing was begun. */
  readonly release: () => void;
};

/** Nobody can tell how much a text model will write; what is held for it says only that it is not free. */
const leastNanoUsd = 1;

/**
 * Holds for a turn before anything is sent. It is one request, whatever it makes. Where a text model is paid for
 * deciding, the picture that it may have made is held as well: a service that draws by itself cannot be stopped any
 * more, and words are not to be paid for a picture that would be refused. Throws `insufficient_quota` and
 * `rate_limit_exceeded`.
 */
export async function holdTurn(
  parts: { readonly limits: Limits; readonly images: ImageCalls },
  turn: Turn,
  known: { readonly director: Director; readonly call: PlannedJob | null; readonly now: Date },
): Promise<TurnHold> {
  const { placed } = known.director;
  const isPaid = placed !== undefined;
  const own = parts.limits.hold({
    caller: turn.caller,
    requestId: turn.responseId,
    model: placed?.row.id ?? turn.model,
    holdNanoUsd: isPaid ? leastNanoUsd : 0,
    images: 0,
    tokens: isPaid ? 1 : 0,
    now: known.now,
  });
  let picture: Hold | null = null;
  try {
    if (isPaid && known.call !== null) {
      picture = await parts.images.reserve(known.call, placed.model.wire === 'responses' ? placed : null);
    }
  } catch (error) {
    own.release();
    throw withoutReport(error);
  }
  return {
    warnings: picture === null ? own.warnings : [],
    letGoOfPicture: () => picture?.release(),
    settle: (attempt) => {
      picture?.release();
      own.settle(attempt === null ? [] : [attempt]);
    },
    release: () => {
      picture?.release();
      own.release();
    },
  };
}

/** The report is that of a picture which there is not. */
function withoutReport(error: unknown): unknown {
  if (!(error instanceof PictorError)) return error;
  const { pictor: _report, ...facts } = error.facts;
  return new PictorError({ ...facts, cause: error });
}
