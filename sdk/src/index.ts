export type {
  AdjustmentReport,
  Budget,
  BudgetBody,
  BudgetChange,
  BudgetList,
  EditBody,
  ErrorEnvelope,
  Estimate,
  ImagesResponse,
  LedgerEntry,
  LedgerList,
  Model,
  ModelList,
  ParameterRule,
  RateLimit,
  RateLimitBody,
  RateLimitChange,
  RateLimitList,
  RequestImage,
  RequestList,
  RequestStatus,
  RequestSummary,
  Session,
  SizeRule,
  Spend,
  SpendGroup,
} from '@pictor/api';
export type { Budgets, RateLimits } from './budgets.ts';
export type { GenerateRequest, Images } from './images.ts';
export type { Models } from './models.ts';
export { Pictor, type PictorOptions } from './pictor.ts';
export { PictorApiError, type PictorApiErrorFacts } from './pictor-api-error.ts';
export type { RequestPage, Requests } from './requests.ts';
export type { CallOptions } from './send-call.ts';
export type { Sessions } from './session.ts';
export type { LedgerPage, Spending, SpendPeriod } from './spend.ts';
