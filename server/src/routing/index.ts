export { type CheckedCell, checkProviders } from './check-providers.ts';
export { describeProviders } from './describe-providers.ts';
export { openRouting, type Routing } from './open-routing.ts';
export { addProviderRoutes } from './provider-routes.ts';
export type { Route, Target } from './route.ts';
export { addModelRoutes } from './routes.ts';
export type { CallEnd } from './target-health.ts';
