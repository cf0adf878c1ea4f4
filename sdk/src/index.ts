export type {
  AdjustmentReport,
  ErrorEnvelope,
  ImagesResponse,
  Model,
  ModelList,
  ParameterRule,
  RequestImage,
  RequestList,
  RequestStatus,
  RequestSummary,
  Session,
  SizeRule,
} from '@pictor/api';
export type { GenerateRequest, Images } from './images.ts';
export type { Models } from './models.ts';
export { Pictor, type PictorOptions } from './pictor.ts';
export { PictorApiError, type PictorApiErrorFacts } from './pictor-api-error.ts';
export type { RequestPage, Requests } from './requests.ts';
export type { CallOptions } from './send-call.ts';
export type { Sessions } from './session.ts';
