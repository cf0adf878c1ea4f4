import type { Catalogue, FoundModel } from '../catalogue/index.ts';
import { PictorError } from '../foundation/index.ts';
import type {
  Endpoint,
  ImageModel,
  ModelRow,
  OpenProvider,
  Provider,
  ProviderEnvironment,
} from '../models/index.ts';
import { variablesOfVendor, vendorOfPrefix } from './vendor-variables.ts';

/** Where a request goes. */
export type Route = {
  readonly row: ModelRow;
  readonly model: ImageModel;
  /** Provider whose model this is; the one that would be paid. */
  readonly provider: string;
  /** Provider that draws. */
  readonly engine: string;
  /** True when sketch draws in place of a model that no configured provider serves. */
  readonly standIn: boolean;
  /** True when the name came with a provider in front, or was an alias: such callers expect leniency. */
  readonly lenientName: boolean;
};

export type Routing = {
  /** Throws `model_not_found`, or `invalid_value` where the model exists but does not serve the route. */
  readonly plan: (name: string, endpoint: Endpoint) => Route;
  /** Who would serve a row on a route now; null: nobody. */
  readonly engineOf: (
    row: ModelRow,
    endpoint: Endpoint,
  ) => { readonly engine: string; readonly standIn: boolean } | null;
  /** True while no external provider is configured and sketch stands in for all models. */
  readonly standIn: boolean;
  readonly close: () => Promise<void>;
};

type Cell = { readonly provider: Provider; readonly open: OpenProvider };

/** Opens every configured provider. Throws a SettingsError when one is configured wrongly. */
export async function openRouting(parts: {
  readonly providers: readonly Provider[];
  readonly catalogue: Catalogue;
  readonly environment: ProviderEnvironment;
  readonly standInAllowed: boolean;
}): Promise<Routing> {
  const cells: Cell[] = [];
  for (const provider of parts.providers) {
    for (const open of await provider.open(parts.environment)) cells.push({ provider, open });
  }
  const standIn = parts.standInAllowed && !cells.some((cell) => cell.provider.external);

  const findCell = (row: ModelRow, endpoint: Endpoint, prefix?: string) => {
    for (const cell of cells) {
      if (!cell.provider.vendors.includes(row.vendor)) continue;
      if (prefix !== undefined && cell.open.name !== prefix && !cell.provider.prefixes.includes(prefix))
        continue;
      const model = cell.open.imageModel(row, endpoint);
      if (model !== null) return { cell, model, standIn: false };
    }
    if (!standIn || !row.endpoints.includes(endpoint)) return null;
    for (const cell of cells) {
      const model = cell.provider.external ? null : cell.open.imageModel(row, endpoint);
      if (model !== null) return { cell, model, standIn: true };
    }
    return null;
  };

  return {
    standIn,
    plan: (name, endpoint) => {
      const found = parts.catalogue.find(name);
      if (found === null || isForeign(found)) throw unknownModel(name);
      const { row } = found;
      if (!row.endpoints.includes(endpoint)) throw wrongEndpoint(row, endpoint);
      const served = findCell(row, endpoint, found.provider);
      if (served === null) throw noProvider(row, parts.providers);
      return {
        row,
        model: served.model,
        provider: served.standIn ? row.vendor : served.cell.provider.id,
        engine: served.cell.provider.id,
        standIn: served.standIn,
        lenientName: found.viaAlias || found.provider !== undefined,
      };
    },
    engineOf: (row, endpoint) => {
      if (row.family === 'text') return mainlineOf(row, standIn);
      const served = findCell(row, endpoint);
      return served === null ? null : { engine: served.cell.provider.id, standIn: served.standIn };
    },
    close: async () => {
      await Promise.all(cells.map((cell) => cell.open.close()));
    },
  };
}

/** Who leads conversations under a text model's name; null: nobody. */
function mainlineOf(row: ModelRow, standIn: boolean): { engine: string; standIn: boolean } | null {
  if (row.vendor === 'pictor') return { engine: 'sketch', standIn: false };
  return standIn ? { engine: 'sketch', standIn: true } : null;
}

/** A prefix that means another vendor's models: `google/gpt-image-2` is no model at all. */
function isForeign(found: FoundModel): boolean {
  const vendor = found.provider === undefined ? undefined : vendorOfPrefix[found.provider];
  return vendor !== undefined && vendor !== found.row.vendor;
}

function unknownModel(name: string): PictorError {
  return new PictorError({
    code: 'model_not_found',
    message: `The model '${name.slice(0, 100)}' does not exist here. GET /v1/models lists the models that can be used.`,
    param: 'model',
  });
}

function wrongEndpoint(row: ModelRow, endpoint: Endpoint): PictorError {
  const serves = row.endpoints.map((served) => endpointNames[served]).join(', ');
  return new PictorError({
    code: 'invalid_value',
    message: `The model '${row.id}' does not serve ${endpointNames[endpoint]}: it serves ${serves}.`,
    param: 'model',
  });
}

const endpointNames: Readonly<Record<Endpoint, string>> = {
  'images.generations': 'image generations (/v1/images/generations)',
  'images.edits': 'image edits (/v1/images/edits)',
  'images.variations': 'image variations (/v1/images/variations)',
  responses: 'the Responses API only (/v1/responses)',
};

function noProvider(row: ModelRow, providers: readonly Provider[]): PictorError {
  const variables = variablesOfVendor(row.vendor, providers).join(' or ');
  return new PictorError({
    code: 'model_not_found',
    message: `No provider for the model '${row.id}' is configured. Set ${variables} and restart Pictor, or use the built-in model 'sketch-1'.`,
    param: 'model',
  });
}
