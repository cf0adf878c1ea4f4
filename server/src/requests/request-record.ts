import type { BookedAttempt } from '../ledger/index.ts';
import type {
  Adjustment,
  AppliedParameters,
  JobKind,
  ProviderErrorKind,
  Replay,
  Usage,
} from '../models/index.ts';

/** What is known of a request before its engine is called. */
export type OpeningRecord = {
  readonly id: string;
  readonly projectId: string;
  readonly keyId: string;
  readonly kind: JobKind;
  /** The path on the wire: `/v1/images/generations`. */
  readonly route: string;
  /** As the caller wrote it. */
  readonly model: string;
  /** Catalogue id. */
  readonly modelId: string;
  readonly provider: string;
  /** The provider that draws; differs from the model's own when sketch stands in. */
  readonly engine: string;
  readonly prompt: string;
  /** As asked, without the prompt and without bytes of images. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly adjustments: readonly Adjustment[];
  readonly warnings: readonly string[];
  readonly endUser: string | null;
  /** Hash of key, route and body: equal for equal requests of one caller. */
  readonly fingerprint: string;
  /** From the `Idempotency-Key` header; null: none. */
  readonly idempotencyKey: string | null;
  /** The response that this image is made for; null: it is asked for by itself. */
  readonly parentId: string | null;
  /** The request that is sent again as this one; absent or null: it is sent for the first time. */
  readonly replayOf?: string | null;
  /** The most that it is thought to cost, in nano-USD; null: nobody can tell. */
  readonly holdNanoUsd: number | null;
  /** The caller's own words for it, to sort spend by. */
  readonly tags: readonly string[];
  readonly savedPrompt: SavedPrompt | null;
  readonly createdAt: Date;
  /** Pictures that go in, in order, the mask last. */
  readonly inputs: readonly ImageRecord[];
};

/** The saved prompt that a request came from, and what its variables held. */
export type SavedPrompt = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly label: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
};

/** One stored picture of a request. Its bytes are in the store under `hash`. */
export type ImageRecord = {
  readonly id: string;
  readonly projectId: string;
  readonly requestId: string;
  /** `original`: what the model made, where the output was changed afterwards; same position as its output. */
  readonly role: 'output' | 'input' | 'mask' | 'partial' | 'original';
  /** Place among its role, from 0. */
  readonly position: number;
  readonly hash: string;
  readonly mediaType: string;
  readonly byteCount: number;
  readonly width: number;
  readonly height: number;
  readonly revisedPrompt: string | null;
  readonly applied: AppliedParameters | null;
  readonly replay: Replay | null;
  readonly createdAt: Date;
};

/** How a request ended. */
export type ClosingRecord = {
  readonly id: string;
  readonly status: 'succeeded' | 'failed' | 'interrupted' | 'cancelled';
  /** Of the call that ended the request; routing may have gone on from the one it began with. */
  readonly modelId: string;
  readonly provider: string;
  readonly engine: string;
  readonly adjustments: readonly Adjustment[];
  /** Everything but bytes that is needed to build the answer again. */
  readonly answer: Readonly<Record<string, unknown>> | null;
  readonly usage: Usage | null;
  /** Null: unknown. */
  readonly costNanoUsd: number | null;
  /** What the model's own price says, where sketch stood in. */
  readonly listCostNanoUsd: number | null;
  readonly priceRow: string | null;
  readonly error: Readonly<Record<string, unknown>> | null;
  readonly upstreamRequestId: string | null;
  /** Headers of the provider that the answer passed on. */
  readonly upstreamHeaders: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  /** Every call of an engine that this request made, in order; empty: it was refused before any. */
  readonly attempts: readonly AttemptRecord[];
  /** True when nothing was paid and another try makes sense: the idempotency key may then be used again. */
  readonly releaseKey: boolean;
  readonly finishedAt: Date;
  readonly durationMs: number;
};

/** One call of one engine, as it went, with what is booked of it. */
export type AttemptRecord = Omit<BookedAttempt, 'error'> & {
  readonly durationMs: number;
  /** Null: it succeeded. */
  readonly error: {
    readonly kind: ProviderErrorKind;
    readonly message: string;
    readonly upstreamStatus: number | null;
    readonly upstreamCode: string | null;
    /** The service's own hint. */
    readonly retryAfterMs: number | null;
  } | null;
  /** Pictures that came. */
  readonly imageCount: number;
};
