export { addEvaluationRoutes } from './all-routes.ts';
export { openVersionGate } from './gates/open-version-gate.ts';
export { type Evaluations, openEvaluations } from './open-evaluations.ts';
