export type { LogEntry, LoggedPrompt, ToldFacts } from './log-entry.ts';
export { type Logs, openLogs } from './open-logs.ts';
export { addLogRoutes } from './routes.ts';
export type { Analysis, Counted } from './search/analyse.ts';
export type { Filter, FilterGroup, LogQuery } from './search/filter.ts';
export type { Span } from './search/span-queries.ts';
export type { ClientCall } from './tell-call.ts';
export type { Blueprint } from './to-blueprint.ts';
