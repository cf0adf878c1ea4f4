import type { BufferPool } from '../foundation/index.ts';
import type { Adjustment } from './adjustment.ts';
import type { ImageEvent } from './image-event.ts';
import type { ImageJob } from './image-job.ts';

/** What surrounds one run of a job. */
export type RunContext = {
  /** Pictor's id of the request, for upstream correlation headers and logs. */
  readonly requestId: string;
  /** Whose job it is, so that engines with a queue take their callers in turn. Absent: nobody in particular. */
  readonly callerId?: string;
  /** Aborted only when Pictor itself gives up (shutdown, cancel): a caller that leaves does not abort a paid job. */
  readonly signal: AbortSignal;
  /**
   * Where an answer may be received, so that its bytes reach the store uncopied. A chunk that lies in it is good until the
   * next one is asked for. Absent: chunks have memory of their own.
   */
  readonly pool?: BufferPool;
};

/** One model of one provider. Stateless: every call of `run` is one job. */
export type ImageModel = {
  readonly run: (job: ImageJob, context: RunContext) => AsyncIterable<ImageEvent>;
  /**
   * What this engine changes of a job that fits its row, told before it is called: a mask that it can only emulate,
   * words of a prompt that it would take for commands. Absent: nothing, ever. Strict callers are refused instead.
   */
  readonly adjustments?: (job: ImageJob) => readonly Adjustment[];
};
