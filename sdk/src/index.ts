export type {
  AdjustmentReport,
  Budget,
  BudgetBody,
  BudgetChange,
  BudgetList,
  EditBody,
  ErrorEnvelope,
  Estimate,
  GalleryImage,
  GalleryPage,
  ImageDeletion,
  ImageFamily,
  ImageSearchBody,
  ImagesResponse,
  ImagesUsage,
  InputRule,
  KeyScope,
  LedgerEntry,
  LedgerList,
  Model,
  ModelList,
  NewProjectKey,
  NewWebhook,
  ParameterRule,
  PictorReport,
  Project,
  ProjectBody,
  ProjectChange,
  ProjectDeletion,
  ProjectKey,
  ProjectKeyBody,
  ProjectKeyList,
  ProjectList,
  PromptLabelView,
  PromptRendering,
  PromptRun,
  PromptVersionView,
  PromptView,
  ProviderCheck,
  ProviderCheckList,
  ProviderList,
  ProviderView,
  RateLimit,
  RateLimitBody,
  RateLimitChange,
  RateLimitList,
  ReplayBody,
  RequestAnalytics,
  RequestAnalyticsBody,
  RequestFilterGroup,
  RequestImage,
  RequestInput,
  RequestList,
  RequestSearchBody,
  RequestSearchPage,
  RequestStatus,
  RequestSummary,
  Retention,
  RetentionReport,
  SavedSearch,
  SavedSearchList,
  Session,
  SizeRule,
  Spend,
  SpendGroup,
  StoredFile,
  Webhook,
  WebhookAttempt,
  WebhookAttemptList,
  WebhookBody,
  WebhookDelivery,
  WebhookEvent,
  WebhookList,
} from '@pictor/api';
export type { Budgets, RateLimits } from './budgets.ts';
export type { Files, UploadOptions } from './files.ts';
export type { Gallery } from './gallery.ts';
export { type ImageInput, imageBytes } from './image-input.ts';
export type { EditRequest, GenerateRequest, Images, VaryRequest } from './images.ts';
export type { Models } from './models.ts';
export { Pictor, type PictorOptions } from './pictor.ts';
export {
  AuthenticationError,
  ConflictError,
  ConnectionError,
  InvalidRequestError,
  ModerationError,
  NotFoundError,
  PermissionDeniedError,
  PictorApiError,
  type PictorApiErrorFacts,
  QuotaError,
  RateLimitError,
  ServerError,
  UnreadableAnswerError,
  UpstreamError,
} from './pictor-api-error.ts';
export type { ProjectKeys, Projects } from './projects.ts';
export {
  PromptLayer,
  type PromptLayerAnswer,
  type PromptLayerOptions,
  type PromptLayerRun,
} from './prompt-layer.ts';
export type { PromptSearch, Prompts, RunRequest } from './prompts.ts';
export type { Providers } from './providers.ts';
export type { RequestPage, Requests } from './requests.ts';
export type { SavedSearches } from './saved-searches.ts';
export type { CallOptions, RunOptions } from './send-call.ts';
export type { Sessions } from './session.ts';
export type { EntryFilter, LedgerPage, Spending, SpendPeriod, SpendQuery } from './spend.ts';
export type { ImageProgress, StreamedImage } from './stream-images.ts';
export type { AttemptPage, Webhooks } from './webhooks.ts';
