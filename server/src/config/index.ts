export type { ConfigProblem } from './config-problem.ts';
export type { RoutingSettings } from './config-schema.ts';
export { configJsonSchema } from './json-schema.ts';
export { type ConfigStatus, type OpenConfig, openConfig } from './open-config.ts';
export type { Config } from './read-config.ts';
export { addConfigRoutes, addSchemaRoute } from './routes.ts';
export { toModelRow } from './to-model-row.ts';
