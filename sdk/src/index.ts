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
  KeyScope,
  LedgerEntry,
  LedgerList,
  Model,
  ModelList,
  NewProjectKey,
  ParameterRule,
  Project,
  ProjectBody,
  ProjectChange,
  ProjectDeletion,
  ProjectKey,
  ProjectKeyBody,
  ProjectKeyList,
  ProjectList,
  RateLimit,
  RateLimitBody,
  RateLimitChange,
  RateLimitList,
  RequestImage,
  RequestList,
  RequestStatus,
  RequestSummary,
  Retention,
  RetentionReport,
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
export type { ProjectKeys, Projects } from './projects.ts';
export type { RequestPage, Requests } from './requests.ts';
export type { CallOptions } from './send-call.ts';
export type { Sessions } from './session.ts';
export type { LedgerPage, Spending, SpendPeriod } from './spend.ts';
