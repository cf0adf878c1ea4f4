import type { Caller } from '../access/index.ts';
import type { Adjustment, Endpoint, JobKind, Sampling, Turn } from '../models/index.ts';
import type { PromptSource } from '../prompts/index.ts';
import type { Route, Target } from '../routing/index.ts';
import type { Fitted, ParameterMode } from './fit-job.ts';
import type { StoredInput } from './stored-image.ts';

/** What a wire understood of a request, before the model's rules are applied. */
export type Asked = {
  readonly requestId: string;
  readonly caller: Caller;
  /** Path on the wire. */
  readonly path: string;
  readonly kind: JobKind;
  readonly endpoint: Endpoint;
  /** Body members with their types checked, nulls and pictures removed. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly images: readonly StoredInput[];
  readonly mask?: StoredInput;
  /** From the `x-pictor-parameters` header. */
  readonly mode: ParameterMode | undefined;
  /** From the `Idempotency-Key` header; null: none. */
  readonly idempotencyKey: string | null;
  /** The caller's own words for the request, to sort spend by. Absent: none. */
  readonly tags?: readonly string[];
  /** The saved prompt that it came from; absent or null: none. */
  readonly savedPrompt?: PromptSource | null;
  /** Sentences for the answer that were known before it was planned; absent: none. */
  readonly warnings?: readonly string[];
  /** Of the response that this image is made for; absent: it is asked for by itself. */
  readonly parentId?: string;
  /** The request that is sent again as this one; absent: it is sent for the first time. */
  readonly replayOf?: string;
  /** Earlier turns that the engine reads as such; absent: none. */
  readonly history?: readonly Turn[];
  /** True: an answer in words alone is no failure, because the engine leads a conversation. Default: false. */
  readonly mayOnlyWrite?: boolean;
  /** True: no picture is wanted at all; together with mayOnlyWrite. Default: false. */
  readonly onlyWrites?: boolean;
  /** How an engine that leads a conversation chooses its words; absent: as it does by itself. */
  readonly sampling?: Sampling;
};

/** A request that has passed every check and has a place to go. */
export type PlannedJob = {
  readonly asked: Asked;
  readonly askedModel: string;
  readonly route: Route;
  readonly fitted: Fitted;
  readonly adjustments: readonly Adjustment[];
  readonly warnings: readonly string[];
  /** The same request, fitted to another target; null: its row, or the caller's key, refuses it. */
  readonly planFor: (target: Target) => PlannedJob | null;
};
