export { openRouting, type Route, type Routing } from './open-routing.ts';
export { addModelRoutes } from './routes.ts';
export { vendorOfPrefix } from './vendor-variables.ts';
