import type { Model } from '@pictor/sdk';
import type { Api } from '../playground-search.ts';

/** The wires by the names that people know them by. */
const apiNames: Readonly<Record<Api, string>> = {
  images: 'Images API',
  responses: 'Responses API',
  gemini: 'Gemini (native image output)',
};

const vendorNames: Readonly<Record<string, string>> = {
  openai: 'OpenAI',
  google: 'Google',
  pictor: 'Pictor',
};

/** The one that new people begin with. */
const firstModel = 'gpt-image-2';

/** By which wire the playground speaks with a model; null: by none. */
function apiOf(model: Model): Api | null {
  const { endpoints, family } = model.pictor;
  if (family === 'text') return endpoints.includes('responses') ? 'responses' : null;
  if (!endpoints.includes('images.generations')) return null;
  return family === 'gemini' ? 'gemini' : 'images';
}

/** Whose models there are, as a person calls them. */
function vendorName(vendor: string): string {
  return vendorNames[vendor] ?? vendor;
}

export type SetupChoice = { readonly value: string; readonly label: string };

/** What can be chosen now: each choice narrows the next. */
export type Setup = {
  /** Undefined: the server has no model at all. */
  readonly model: Model | undefined;
  readonly api: Api;
  readonly provider: string;
  readonly providers: readonly SetupChoice[];
  readonly apis: readonly SetupChoice[];
  readonly models: readonly Model[];
};

/** Finds the model that is meant, by its name, one of its other names, or the wire alone. */
export function readSetup(
  models: readonly Model[],
  asked: { readonly api?: Api | undefined; readonly model?: string | undefined },
): Setup {
  const usable = models.filter((model) => apiOf(model) !== null);
  const model = findModel(usable, asked);
  const api = (model === undefined ? null : apiOf(model)) ?? 'images';
  const provider = model?.pictor.vendor ?? '';
  const ofProvider = usable.filter(({ pictor }) => pictor.vendor === provider);
  return {
    model,
    api,
    provider,
    providers: [...new Set(usable.map(({ pictor }) => pictor.vendor))].map((vendor) => ({
      value: vendor,
      label: vendorName(vendor),
    })),
    apis: [...new Set(ofProvider.map(apiOf))].flatMap((each) =>
      each === null ? [] : [{ value: each, label: apiNames[each] }],
    ),
    models: ofProvider.filter((each) => apiOf(each) === api),
  };
}

/** The model to go on with when a provider, or one of its wires, is chosen. */
export function firstModelOf(
  models: readonly Model[],
  provider: string,
  api: Api | undefined,
): Model | undefined {
  const fitting = models.filter(
    (model) =>
      model.pictor.vendor === provider && (api === undefined ? apiOf(model) !== null : apiOf(model) === api),
  );
  return fitting.find(({ id }) => id === firstModel) ?? fitting[0];
}

function findModel(
  models: readonly Model[],
  { api, model: name }: { readonly api?: Api | undefined; readonly model?: string | undefined },
): Model | undefined {
  const named =
    models.find(({ id }) => id === name) ?? models.find(({ pictor }) => pictor.aliases.includes(name ?? ''));
  if (named !== undefined) return named;
  const fitting = api === undefined ? models : models.filter((model) => apiOf(model) === api);
  return fitting.find(({ id }) => id === firstModel) ?? fitting[0] ?? models[0];
}
