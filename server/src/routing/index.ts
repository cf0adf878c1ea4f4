export { type CheckedCell, checkCells } from './check-cells.ts';
export { type Cell, closeCells } from './open-cells.ts';
export { openRouting, type Routing } from './open-routing.ts';
export { addProviderRoutes } from './provider-routes.ts';
export type { Route, Target } from './route.ts';
export { addModelRoutes } from './routes.ts';
export type { CallEnd } from './target-health.ts';
