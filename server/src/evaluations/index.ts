export { addEvaluationRoutes } from './all-routes.ts';
export type { Evaluation } from './definitions/evaluation.ts';
export { openVersionGate } from './gates/open-version-gate.ts';
export { type Evaluations, openEvaluations } from './open-evaluations.ts';
export type { Run } from './runs/run.ts';
