export { openRetention } from './open-retention.ts';
export { addRetentionRoutes } from './routes.ts';
