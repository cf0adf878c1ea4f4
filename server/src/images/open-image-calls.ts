import type { Caller } from '../access/index.ts';
import type { Hold } from '../limits/index.ts';
import type { ImageModel, Sampling, Turn } from '../models/index.ts';
import type { PromptSource } from '../prompts/index.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ParameterMode } from './fit-job.ts';
import { holdJob } from './hold-job.ts';
import type { InputSource } from './input-source.ts';
import type { JobRun } from './job-run.ts';
import type { Runs } from './open-runs.ts';
import { type PlanParts, planJob } from './plan-job.ts';
import type { PlannedJob } from './planned-job.ts';
import { type InputParts, resolveInput } from './resolve-input.ts';
import { type JobParts, startJob } from './run-job.ts';
import type { StoredInput } from './stored-image.ts';

/** An image that another room wants for something larger: a call of the image_generation tool, for one. */
export type ImageCall = {
  readonly requestId: string;
  readonly caller: Caller;
  /** Path on the wire of what it is made for. */
  readonly path: string;
  /** Id of what it is made for. */
  readonly parentId: string;
  readonly kind: 'generate' | 'edit';
  /** As in the body of the Images API, `model` and `prompt` among them. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly images: readonly StoredInput[];
  readonly mask?: StoredInput;
  readonly mode: ParameterMode | undefined;
  readonly tags: readonly string[];
  readonly savedPrompt: PromptSource | null;
  readonly history?: readonly Turn[];
  readonly mayOnlyWrite?: boolean;
  readonly onlyWrites?: boolean;
  readonly sampling?: Sampling;
};

/** The path of every image that no HTTP request asks for by itself: the same checks, rows and booking as the others. */
export type ImageCalls = {
  /** Throws the caller's errors. Touches no engine and no row. */
  readonly plan: (call: ImageCall) => PlannedJob;
  /**
   * Holds what the image may cost before it is known whether it is made. Throws `insufficient_quota` and
   * `rate_limit_exceeded`. To be released right before the image is started, or when it is not made.
   */
  readonly reserve: (
    planned: PlannedJob,
    payer: Pick<RelayedEngine, 'provider' | 'engine'> | null,
  ) => Promise<Hold>;
  /** Resolves once the opening row is committed. `relayed` stands for the engine where its work is under way already. */
  readonly start: (planned: PlannedJob, relayed?: RelayedEngine) => Promise<JobRun>;
  /** Brings a picture into the store. The caller sees to it that it gets a row. */
  readonly resolve: (source: InputSource, projectId: string) => Promise<StoredInput>;
};

/** An engine that works on something larger already, and is paid by whoever called it. */
export type RelayedEngine = {
  readonly model: ImageModel;
  /** Provider that is paid. */
  readonly provider: string;
  /** The cell that was called. */
  readonly engine: string;
};

export function openImageCalls(
  parts: JobParts & PlanParts & InputParts & { readonly runs: Runs },
): ImageCalls {
  return {
    plan: (call) =>
      planJob(parts, {
        ...call,
        endpoint: call.kind === 'edit' ? 'images.edits' : 'images.generations',
        idempotencyKey: null,
      }),
    reserve: async (planned, payer) => {
      const held = await holdJob(parts, payer === null ? planned : paidBy(planned, payer), new Date(), false);
      if ('hold' in held) return held.hold;
      throw new Error(`A request came before ${fingerprintOf(planned.asked)}.`);
    },
    start: async (planned, relayed) => {
      const job = relayed === undefined ? planned : withEngine(planned, relayed);
      const run = await startJob(parts, job, relayed !== undefined);
      // Without an idempotency key there is no earlier request that could stand for it.
      if (!('updates' in run)) throw new Error(`A request came before ${fingerprintOf(planned.asked)}.`);
      parts.runs.add(planned.asked.caller.projectId, run);
      return run;
    },
    resolve: (source, projectId) => resolveInput(parts, source, projectId),
  };
}

/** Work that is under way already is neither begun again nor begun elsewhere. */
function withEngine(planned: PlannedJob, relayed: RelayedEngine): PlannedJob {
  const job = paidBy(planned, relayed);
  const settings = { ...job.route.settings, retries: 0 };
  return { ...job, route: { ...job.route, model: relayed.model, settings } };
}

function paidBy(planned: PlannedJob, payer: Pick<RelayedEngine, 'provider' | 'engine'>): PlannedJob {
  const { provider, engine } = payer;
  return { ...planned, route: { ...planned.route, provider, engine, standIn: false, alternatives: [] } };
}
