import { PictorError } from '../foundation/index.ts';
import type { HttpRequest } from '../http/index.ts';
import type { JobKind } from '../models/index.ts';
import type { FirstRequest } from '../requests/index.ts';
import type { ImageStore } from '../storage/index.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { JobRun } from './job-run.ts';
import type { Runs } from './open-runs.ts';
import type { Twins } from './open-twins.ts';
import { type PlanParts, planJob } from './plan-job.ts';
import type { Asked, PlannedJob } from './planned-job.ts';
import { type AskedParts, readAsked } from './read-asked.ts';
import { readTwins } from './read-headers.ts';
import { type JobParts, startJob } from './run-job.ts';

/** What it takes to understand a request and to find a place for it. */
export type PlanningParts = AskedParts &
  PlanParts & {
    /** Runs work during which no bytes are removed from the store. */
    readonly holdBytes: <T>(work: () => Promise<T>) => Promise<T>;
    /** Removes bytes that got no row, unless others need them. Never rejects. */
    readonly discard: (hash: string) => Promise<void>;
  };

export type BeginParts = JobParts & PlanningParts & { readonly runs: Runs; readonly twins: Twins };

/** Understands what is asked; pictures that it brings go into the store it is given. */
export type ReadAsked = (parts: AskedParts) => Promise<Asked>;

/** A request that was understood, and what became of it. */
export type Begun = {
  readonly planned: PlannedJob;
  /** The run, or the request that came first with the same idempotency key. */
  readonly result: JobRun | FirstRequest;
  /** True when the run is one that the same caller had left behind. */
  readonly twin: boolean;
};

/**
 * From a request to a running job: understand, plan, and start, unless an earlier request answers it already. Pictures
 * that were brought for nothing, because the request was refused or answered already, leave the store again.
 * `isAbsent` tells whether the caller has gone.
 */
export async function beginJob(
  parts: BeginParts,
  request: HttpRequest,
  read: ReadAsked,
  isAbsent: () => boolean,
): Promise<Begun> {
  const brought: string[] = [];
  const store = noting(parts.store, brought);
  let started = false;
  try {
    return await parts.holdBytes(async () => {
      const planned = planJob(parts, await read({ ...parts, store }));
      const left = await takeTwin(parts, planned.asked, request);
      if (left !== null) return { planned, result: left, twin: true };
      if (isAbsent()) throw absent();
      const result = await startJob(parts, planned);
      if (!('updates' in result)) return { planned, result, twin: false };
      started = true;
      parts.runs.add(planned.asked.caller.projectId, result);
      return { planned, result, twin: false };
    });
  } finally {
    if (!started) await Promise.all(brought.map(parts.discard));
  }
}

/** Understands a request and plans it, and begins nothing. The pictures that it brought leave the store again. */
export async function planRequest(
  parts: PlanningParts,
  request: HttpRequest,
  kind: JobKind,
): Promise<PlannedJob> {
  const brought: string[] = [];
  const store = noting(parts.store, brought);
  try {
    return await parts.holdBytes(async () =>
      planJob(parts, await readAsked({ ...parts, store }, request, kind)),
    );
  } finally {
    await Promise.all(brought.map(parts.discard));
  }
}

/** Nobody is there any more, and nothing was begun: the caller's retry begins it. */
function absent(): PictorError {
  return new PictorError({
    code: 'request_cancelled',
    message: 'The connection was closed before the request was begun. Nothing was sent to an engine.',
  });
}

/** The same store, noting what is put into it. */
function noting(store: ImageStore, hashes: string[]): ImageStore {
  return {
    ...store,
    put: async (chunks, limits) => {
      const blob = await store.put(chunks, limits);
      hashes.push(blob.hash);
      return blob;
    },
  };
}

/** A caller with an idempotency key has its own way to find the first request. */
async function takeTwin(parts: BeginParts, asked: Asked, request: HttpRequest): Promise<JobRun | null> {
  // Whoever sends a request again by its row wants another one.
  if (asked.replayOf !== undefined) return null;
  if (asked.idempotencyKey !== null || !readTwins(request.headers)) return null;
  return await parts.twins.take(asked.caller, fingerprintOf(asked));
}
