import type { z } from 'zod';
import type { ImageModel } from './image-model.ts';
import type { MainlineModel } from './mainline.ts';
import type { Endpoint, ModelRow } from './model-row.ts';
import type { PriceRow } from './price-row.ts';

/** An environment variable that a provider reads. Listed in docs and in errors that say what to set. */
export type ProviderVariable = { readonly name: string; readonly purpose: string; readonly secret: boolean };

/** Where a provider gets what it needs to open: variables by name, and pictor.yaml's part for it. */
export type ProviderEnvironment = {
  readonly variable: (name: string) => string | undefined;
  readonly dataDir: string;
  /** What pictor.yaml says under the provider's id, as its `settings` schema gives it; undefined: nothing. */
  readonly settings: unknown;
  /** Is this the id of a model of the catalogue? Absent: nothing is known of it. */
  readonly isKnownModel?: (id: string) => boolean;
};

/** One fact that a check found. It never costs money, and its sentence holds no secret. */
export type Finding = {
  /** The part of the settings that it is about. */
  readonly part: 'address' | 'key' | 'deployment' | 'version' | 'model';
  readonly status: 'works' | 'fails' | 'unknown';
  /** What was tried, what came, and what to do. */
  readonly message: string;
};

/** One configured upstream of a provider: an account, a resource, an engine. Ready, and stateless to its callers. */
export type OpenProvider = {
  /** The provider's id, or the name that pictor.yaml gives. In front of a model it picks this cell: `lab/qwen-image`. */
  readonly name: string;
  /** Rows that exist because of this cell, with ids that no other cell can have: `lab/qwen-image`. */
  readonly models: readonly ModelRow[];
  readonly prices: readonly PriceRow[];
  /** Names of its own for rows of the catalogue: a deployment's name → the row's id. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Null: this cell does not serve that model on that route. */
  readonly imageModel: (row: ModelRow, endpoint: Endpoint) => ImageModel | null;
  /** Text models that lead conversations; null: not this one. Absent: this cell has none. */
  readonly mainline?: (row: ModelRow) => MainlineModel | null;
  /** Looks at every part of the settings without making a picture. Never throws. */
  readonly check: (signal: AbortSignal) => Promise<readonly Finding[]>;
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
  /** What pictor.yaml may say under `providers.<id>`; absent: nothing. */
  readonly settings?: z.ZodType;
  /** Rows and prices that come with the provider itself, configured or not. */
  readonly models: readonly ModelRow[];
  readonly prices: readonly PriceRow[];
  /** What it was proven against, told in the docs. `live`: the day it last ran against the live service; null: never. */
  readonly proven: { readonly live: string | null; readonly wire: string };
  /** Every configured upstream; empty: none. Throws a SettingsError when it is configured wrongly. */
  readonly open: (environment: ProviderEnvironment) => Promise<readonly OpenProvider[]>;
};
