import {
  type EvaluationRow,
  type EvaluationRowPage,
  type EvaluationRun,
  evaluationRow,
  evaluationRowPage,
  evaluationRun,
  type JudgeAgreementList,
  judgeAgreementList,
  type NewRating,
  type Rating,
  type RatingList,
  type RatingTaskList,
  type RerunBody,
  type RunComparison,
  rating,
  ratingList,
  ratingTaskList,
  runComparison,
} from '@pictor/api';
import { pause } from './retry.ts';
import { type CallOptions, sendCall, sendEmptyCall, type Transport } from './send-call.ts';
import { toQuery } from './to-query.ts';

export type EvaluationRowQuery = {
  /** 1 to 200. Default: 100. */
  readonly limit?: number | undefined;
  /** How many rows stand before the page. Default: 0. */
  readonly offset?: number | undefined;
  /** Default: position. `worst`: those that failed first, then the lowest score. */
  readonly sort?: 'position' | 'worst' | 'best' | undefined;
  /** Only rows with this verdict. */
  readonly verdict?: 'pass' | 'warn' | 'fail' | 'error' | 'skipped' | undefined;
  /** Only rows that have a cell of this status. */
  readonly status?: 'queued' | 'done' | 'failed' | 'skipped' | 'waiting' | undefined;
};

/** Runs of evaluations: their progress, their grid, what people say of them. */
export type EvaluationRuns = {
  readonly get: (run: string, options?: CallOptions) => Promise<EvaluationRun>;
  /** Asks every second until nothing of it runs any more; `onProgress` hears of every answer. */
  readonly wait: (
    run: string,
    options?: CallOptions & { readonly onProgress?: (run: EvaluationRun) => void },
  ) => Promise<EvaluationRun>;
  /** Cells that run end; the rest is skipped. */
  readonly cancel: (run: string, options?: CallOptions) => Promise<EvaluationRun>;
  /** Runs cells again. What an engine was paid for and gave is never paid again without being asked for here. */
  readonly rerun: (run: string, body: RerunBody, options?: CallOptions) => Promise<EvaluationRun>;
  readonly remove: (run: string, options?: CallOptions) => Promise<void>;
  /** The grid: rows with their cells, without bytes. */
  readonly rows: (
    run: string,
    query?: EvaluationRowQuery,
    options?: CallOptions,
  ) => Promise<EvaluationRowPage>;
  /** One row with everything that is known of it. */
  readonly row: (run: string, row: string, options?: CallOptions) => Promise<EvaluationRow>;
  /** What changed from another run of the same dataset to this one. */
  readonly compare: (
    run: string,
    before: string,
    page?: { readonly limit?: number | undefined; readonly offset?: number | undefined },
    options?: CallOptions,
  ) => Promise<RunComparison>;
  /** How far every judge column agrees with every human column. */
  readonly agreement: (run: string, options?: CallOptions) => Promise<JudgeAgreementList>;
  /** What a rater has left to rate, in the order of the rows. */
  readonly ratingTasks: (
    run: string,
    query?: {
      /** Id or name of the column. Default: all human columns. */
      readonly column?: string | undefined;
      /** Default: the key. */
      readonly rater?: string | undefined;
      /** 1 to 100. Default: 20. */
      readonly limit?: number | undefined;
    },
    options?: CallOptions,
  ) => Promise<RatingTaskList>;
  readonly rate: (run: string, body: NewRating, options?: CallOptions) => Promise<Rating>;
  /** Every rating of a run. */
  readonly ratings: (run: string, options?: CallOptions) => Promise<RatingList>;
};

const waitMs = 1_000;

/** The runs noun over one transport. */
export function evaluationRunsOver(transport: Transport): EvaluationRuns {
  const at = (run: string, rest = ''): string => `/api/evaluation-runs/${encodeURIComponent(run)}${rest}`;
  const get: EvaluationRuns['get'] = (run, options) =>
    sendCall(transport, { ...options, method: 'GET', path: at(run) }, evaluationRun);
  return {
    get,
    wait: async (run, { onProgress, ...options } = {}) => {
      for (;;) {
        const now = await get(run, options);
        onProgress?.(now);
        if (now.status !== 'queued' && now.status !== 'running') return now;
        await pause(waitMs, options.signal);
      }
    },
    cancel: (run, options) =>
      sendCall(transport, { ...options, method: 'POST', path: at(run, '/cancel'), body: {} }, evaluationRun),
    rerun: (run, body, options) =>
      sendCall(transport, { ...options, method: 'POST', path: at(run, '/rerun'), body }, evaluationRun),
    remove: (run, options) => sendEmptyCall(transport, { ...options, method: 'DELETE', path: at(run) }),
    rows: (run, query = {}, options) =>
      sendCall(
        transport,
        { ...options, method: 'GET', path: at(run, `/rows${toQuery(query)}`) },
        evaluationRowPage,
      ),
    row: (run, row, options) =>
      sendCall(
        transport,
        { ...options, method: 'GET', path: at(run, `/rows/${encodeURIComponent(row)}`) },
        evaluationRow,
      ),
    compare: (run, before, page = {}, options) =>
      sendCall(
        transport,
        { ...options, method: 'GET', path: at(run, `/compare${toQuery({ with: before, ...page })}`) },
        runComparison,
      ),
    agreement: (run, options) =>
      sendCall(transport, { ...options, method: 'GET', path: at(run, '/agreement') }, judgeAgreementList),
    ratingTasks: (run, query = {}, options) =>
      sendCall(
        transport,
        { ...options, method: 'GET', path: at(run, `/rating-tasks${toQuery(query)}`) },
        ratingTaskList,
      ),
    rate: (run, body, options) =>
      sendCall(transport, { ...options, method: 'POST', path: at(run, '/ratings'), body }, rating),
    ratings: (run, options) =>
      sendCall(transport, { ...options, method: 'GET', path: at(run, '/ratings') }, ratingList),
  };
}
