export type { Hold } from './open-holds.ts';
export { type Limits, openLimits } from './open-limits.ts';
export { addLimitRoutes, tellLimits } from './routes.ts';
