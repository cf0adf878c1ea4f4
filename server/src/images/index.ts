export type { Answer, AnswerPart } from './answer.ts';
export { checkParameters } from './check-parameters.ts';
export { decodeBase64 } from './decode-base64.ts';
export { findFileOver } from './find-file.ts';
export type { ParameterMode } from './fit-job.ts';
export { addImageFileRoutes } from './image-routes.ts';
export type { InputSource } from './input-source.ts';
export type { JobRun, JobUpdate, Outcome } from './job-run.ts';
export { type ImageCall, type ImageCalls, openImageCalls, type RelayedEngine } from './open-image-calls.ts';
export { openRuns } from './open-runs.ts';
export { openTwins } from './open-twins.ts';
export type { PlannedJob } from './planned-job.ts';
export {
  readExtensions,
  readIdempotencyKey,
  readParameterMode,
  readTags,
  readTwins,
} from './read-headers.ts';
export { readText } from './read-json-body.ts';
export { addImageRoutes } from './routes.ts';
export type { StoredImage, StoredInput } from './stored-image.ts';
export { toError } from './to-error.ts';
export { watchDelivery } from './watch-delivery.ts';
export { withKeepAlive } from './with-keep-alive.ts';
