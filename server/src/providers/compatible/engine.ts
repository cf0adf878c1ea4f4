import type { PriceRow } from '../../models/index.ts';
import { checkHeader, readBaseUrl } from '../kit/read-settings.ts';
import type { EngineSettings, ModelSettings } from './settings.ts';
import { defaultConcurrency, readTraits, type Traits } from './traits.ts';

/** One engine, as its settings say. */
export type Engine = {
  readonly name: string;
  readonly dialect: EngineSettings['dialect'];
  /** With its version, without a slash at its end: `http://gpu-1:8000/v1`. */
  readonly baseUrl: string;
  /** With the key, where there is one; lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly concurrency: number;
  readonly timeoutMs: number | undefined;
  readonly models: readonly EngineModel[];
  /** How its settings are called in sentences for the operator. */
  readonly from: { readonly key: string; readonly address: string; readonly models: string };
};

export type EngineModel = {
  /** Its name beside the engine's: `qwen-image` in `lab/qwen-image`. */
  readonly id: string;
  /** The row of the catalogue that it is served as; null: it has a row of its own. */
  readonly like: string | null;
  readonly title: string;
  readonly upstreamModel: string;
  readonly traits: Traits;
  /** Null: nobody says what it costs. */
  readonly price: PriceRow['price'] | null;
  /** May a call of it cost money? */
  readonly billed: boolean;
};

const defaultTimeoutMs = 30 * 60 * 1000;

/** Throws a SettingsError that names the setting at fault. */
export function readEngine(
  settings: EngineSettings,
  from: Engine['from'],
  isKnown: (model: string) => boolean,
): Engine {
  const { name, dialect, api_key: key, header } = settings;
  // Some schemes stand before their key: `Bearer …`.
  const words = (key ?? header?.value ?? '').split(' ').filter((word) => word !== '');
  for (const word of words) checkHeader(from.key, word);
  return {
    name,
    dialect,
    baseUrl: withVersion(readBaseUrl(from.address, settings.base_url, 'http://127.0.0.1:8000/v1')),
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(header === undefined ? {} : { [header.name.toLowerCase()]: header.value }),
    },
    secrets: words.slice(-1),
    concurrency: settings.concurrency ?? defaultConcurrency(dialect),
    timeoutMs: settings.timeout_seconds === undefined ? defaultTimeoutMs : settings.timeout_seconds * 1000,
    models: settings.models.map((model) => readModel(settings, model, isKnown)),
    from,
  };
}

function readModel(
  engine: EngineSettings,
  model: ModelSettings,
  isKnown: (model: string) => boolean,
): EngineModel {
  const price = model.price ?? engine.price;
  const like = model.like ?? (isKnown(model.id) ? model.id : null);
  // The servers of the other dialects run on the operator's own machines. Behind `openai` stands anybody.
  const isOwn = engine.dialect !== 'openai' && like === null;
  return {
    id: model.id,
    like,
    title: model.title ?? `${model.id} on ${engine.name}`,
    upstreamModel: model.upstream_model ?? model.id,
    traits: readTraits(engine.dialect, engine, model),
    price: price === undefined ? null : toPrice(price),
    billed: price === undefined ? !isOwn : price !== 'free',
  };
}

function toPrice(price: NonNullable<ModelSettings['price']>): PriceRow['price'] {
  if (price === 'free') return { mode: 'free' };
  return { mode: 'image', perImage: [{ nanoUsd: Math.round(price.per_image_usd * 1e9) }] };
}

/** People write the address with and without its version. One that stands inside, as in `/v1beta/openai`, counts too. */
function withVersion(address: string): string {
  const isVersioned = new URL(address).pathname.split('/').some((part) => /^v\d/.test(part));
  return isVersioned ? address : `${address}/v1`;
}
