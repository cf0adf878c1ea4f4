import type { ImageModel } from './image-model.ts';
import type { Endpoint, ModelRow } from './model-row.ts';
import type { PriceRow } from './price-row.ts';

/** An environment variable that a provider reads. Listed in docs and in errors that say what to set. */
export type ProviderVariable = { readonly name: string; readonly purpose: string; readonly secret: boolean };

/** Where a provider gets what it needs to open: variables by name, and pictor.yaml's part for it. */
export type ProviderEnvironment = {
  readonly variable: (name: string) => string | undefined;
  readonly dataDir: string;
};

/** A provider that is configured and ready. */
export type OpenProvider = {
  /** Null: this provider does not serve that model on that route. */
  readonly imageModel: (row: ModelRow, endpoint: Endpoint) => ImageModel | null;
  readonly close: () => Promise<void>;
};

/** What a folder under `providers/` exports from `provider.ts`, as `provider`. */
export type Provider = {
  readonly id: string;
  readonly title: string;
  /** Where several providers serve one name, the smaller number is asked first. */
  readonly order: number;
  /** Vendors whose catalogue rows it serves. */
  readonly vendors: readonly string[];
  /** Names that pick this provider when they stand in front of a model: `openai/gpt-image-2`. */
  readonly prefixes: readonly string[];
  /** True for providers that cost money or need an account; while none of those is configured, sketch stands in. */
  readonly external: boolean;
  readonly variables: readonly ProviderVariable[];
  /** Rows and prices that come with the provider itself. */
  readonly models: readonly ModelRow[];
  readonly prices: readonly PriceRow[];
  /** Null: not configured. Throws a SettingsError when it is configured wrongly. */
  readonly open: (environment: ProviderEnvironment) => Promise<OpenProvider | null>;
};
