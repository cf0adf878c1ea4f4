export type { Adjustment } from './adjustment.ts';
export type {
  AppliedParameters,
  ImageBytes,
  ImageChunks,
  ImageEvent,
  LateFacts,
  MaskDrift,
} from './image-event.ts';
export type {
  ImageInput,
  ImageJob,
  JobKind,
  PixelSize,
  Replay,
  Sampling,
  Turn,
  TurnPart,
} from './image-job.ts';
export type { ImageModel, RunContext } from './image-model.ts';
export type {
  BodyPicture,
  MainlineEvent,
  MainlineModel,
  MainlineRequest,
  PlacedMainline,
} from './mainline.ts';
export type {
  DatedNote,
  Endpoint,
  GovernedParameter,
  InputRule,
  Lifecycle,
  ModelRow,
  ParameterRule,
  SizeRule,
  TokenFormula,
} from './model-row.ts';
export type { OutputFormat } from './output-format.ts';
export type { PriceRow } from './price-row.ts';
export type {
  Finding,
  OpenProvider,
  Provider,
  ProviderEnvironment,
  ProviderVariable,
} from './provider.ts';
export {
  type Charged,
  ProviderError,
  type ProviderErrorFacts,
  type ProviderErrorKind,
} from './provider-error.ts';
export type { Usage } from './usage.ts';
