import {
  type Evaluation,
  type EvaluationChange,
  type EvaluationEstimate,
  type EvaluationEstimateBody,
  type EvaluationGate,
  type EvaluationGateList,
  type EvaluationList,
  type EvaluationRun,
  type EvaluationRunList,
  evaluation,
  evaluationEstimate,
  evaluationGate,
  evaluationGateList,
  evaluationList,
  evaluationRun,
  evaluationRunList,
  type NewEvaluation,
  type NewEvaluationRun,
  type NewGate,
} from '@pictor/api';
import { type EvaluationRuns, evaluationRunsOver } from './evaluation-runs.ts';
import { type CallOptions, sendCall, sendEmptyCall, type Transport } from './send-call.ts';
import { toQuery } from './to-query.ts';

/** Datasets run through columns, from left to right; what a run gave is in `runs`. */
export type Evaluations = {
  /** In the order of their names. */
  readonly list: (options?: CallOptions) => Promise<EvaluationList>;
  /** `id` may be the name. */
  readonly get: (id: string, options?: CallOptions) => Promise<Evaluation>;
  /** `already_exists` where the name is taken. */
  readonly create: (body: NewEvaluation, options?: CallOptions) => Promise<Evaluation>;
  readonly update: (id: string, change: EvaluationChange, options?: CallOptions) => Promise<Evaluation>;
  /** Takes its runs with it. */
  readonly remove: (id: string, options?: CallOptions) => Promise<void>;
  /** What a run would cost. Calls nothing. */
  readonly estimate: (
    id: string,
    body?: EvaluationEstimateBody,
    options?: CallOptions,
  ) => Promise<EvaluationEstimate>;
  /** Begins a run in the background, and gives it as it begins. */
  readonly run: (id: string, body?: NewEvaluationRun, options?: CallOptions) => Promise<EvaluationRun>;
  /** Newest first. */
  readonly listRuns: (
    id: string,
    page?: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
    options?: CallOptions,
  ) => Promise<EvaluationRunList>;
  readonly gates: (id: string, options?: CallOptions) => Promise<EvaluationGateList>;
  /**
   * Has every new version of a prompt evaluated, and lets labels move only to versions that passed.
   * `judge_unproven` where a judge decides that was not compared with people: see `accept_judges`.
   */
  readonly addGate: (id: string, body: NewGate, options?: CallOptions) => Promise<EvaluationGate>;
  readonly removeGate: (id: string, gate: string, options?: CallOptions) => Promise<void>;
  readonly runs: EvaluationRuns;
};

const path = '/api/evaluations';

/** The evaluations noun over one transport. */
export function evaluationsOver(transport: Transport): Evaluations {
  const at = (id: string, rest = ''): string => `${path}/${encodeURIComponent(id)}${rest}`;
  return {
    list: (options) => sendCall(transport, { ...options, method: 'GET', path }, evaluationList),
    get: (id, options) => sendCall(transport, { ...options, method: 'GET', path: at(id) }, evaluation),
    create: (body, options) => sendCall(transport, { ...options, method: 'POST', path, body }, evaluation),
    update: (id, body, options) =>
      sendCall(transport, { ...options, method: 'PATCH', path: at(id), body }, evaluation),
    remove: (id, options) => sendEmptyCall(transport, { ...options, method: 'DELETE', path: at(id) }),
    estimate: (id, body = {}, options) =>
      sendCall(
        transport,
        { ...options, method: 'POST', path: at(id, '/estimate'), body },
        evaluationEstimate,
      ),
    run: (id, body = {}, options) =>
      sendCall(transport, { ...options, method: 'POST', path: at(id, '/runs'), body }, evaluationRun),
    listRuns: (id, page = {}, options) =>
      sendCall(
        transport,
        { ...options, method: 'GET', path: at(id, `/runs${toQuery(page)}`) },
        evaluationRunList,
      ),
    gates: (id, options) =>
      sendCall(transport, { ...options, method: 'GET', path: at(id, '/gates') }, evaluationGateList),
    addGate: (id, body, options) =>
      sendCall(transport, { ...options, method: 'POST', path: at(id, '/gates'), body }, evaluationGate),
    removeGate: (id, gate, options) =>
      sendEmptyCall(transport, {
        ...options,
        method: 'DELETE',
        path: at(id, `/gates/${encodeURIComponent(gate)}`),
      }),
    runs: evaluationRunsOver(transport),
  };
}
