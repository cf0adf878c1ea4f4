export { type BufferPool, openBufferPool, poolBufferBytes } from './buffer-pool.ts';
export { type ErrorCode, errorCatalogue } from './error-catalogue.ts';
export { createdSecondsOf, type IdPrefix, newId } from './ids.ts';
export { type Log, openLog } from './log.ts';
export { PictorError, type PictorErrorFacts } from './pictor-error.ts';
export { SettingsError } from './settings-error.ts';
export { toUsd } from './to-usd.ts';
export { withinMs } from './within-ms.ts';
