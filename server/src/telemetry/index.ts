export { genAiAttributes, genAiInput, genAiSpanName } from './gen-ai.ts';
export { openTelemetry, type Span, type Telemetry } from './open-telemetry.ts';
export { addTelemetryRoutes, traceRequests } from './routes.ts';
export { traceMethods } from './trace-methods.ts';
