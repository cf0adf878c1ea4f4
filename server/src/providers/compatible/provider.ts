import { join } from 'node:path';
import { SettingsError } from '../../foundation/index.ts';
import type { OpenProvider, Provider, ProviderEnvironment } from '../../models/index.ts';
import { openCaller } from '../kit/open-caller.ts';
import type { Upstream, Verdict } from '../kit/openai-images/upstream.ts';
import type { ErrorBody } from '../kit/read-error-body.ts';
import { checkEngine } from './check-engine.ts';
import { type Engine, type EngineModel, readEngine } from './engine.ts';
import { openEngineModel } from './image-model.ts';
import { openQueue } from './open-queue.ts';
import { dialects, type EngineSettings, engines } from './settings.ts';
import { rowId, toPrices, toRow, vendor } from './to-rows.ts';

/** Engines that speak OpenAI's Images API, or nearly: any number of them in pictor.yaml, one by variables. */
export const provider: Provider = {
  id: 'compatible',
  title: 'OpenAI-compatible engines',
  order: 50,
  vendors: [vendor, 'openai', 'google'],
  prefixes: [],
  external: true,
  variables: [
    {
      name: 'PICTOR_COMPATIBLE_BASE_URL',
      purpose: 'Address of an OpenAI-compatible engine, with or without /v1 at its end',
      secret: false,
    },
    { name: 'PICTOR_COMPATIBLE_MODEL', purpose: 'Name of its model, as the engine has it', secret: false },
    { name: 'PICTOR_COMPATIBLE_DIALECT', purpose: `${dialects.join(', ')}; default openai`, secret: false },
    { name: 'PICTOR_COMPATIBLE_API_KEY', purpose: 'Its key, where it wants one', secret: true },
  ],
  settings: engines,
  models: [],
  prices: [],
  proven: {
    live: null,
    wire: 'Sources of vLLM-Omni 00a3619b, SGLang 0230ddc2, LocalAI 82c191af and stable-diffusion.cpp 97d29908, 2026-11',
  },
  open: async (environment) => {
    const isKnown = environment.isKnownModel ?? (() => false);
    const listed = engines.parse(environment.settings ?? []);
    const opened = [
      ...readVariables(environment).map((each) => readEngine(each, variableNames, isKnown)),
      ...listed.map((each) => readEngine(each, yamlNames(each), isKnown)),
    ];
    refuseTwins(opened);
    return opened.map((engine) => openEngine(engine, environment.dataDir));
  },
};

const variableNames: Engine['from'] = {
  key: 'PICTOR_COMPATIBLE_API_KEY',
  address: 'PICTOR_COMPATIBLE_BASE_URL',
  models: 'PICTOR_COMPATIBLE_MODEL',
};

function yamlNames({ name, header }: EngineSettings): Engine['from'] {
  const place = `providers.compatible (${name})`;
  return {
    key: `${place}.${header === undefined ? 'api_key' : 'header'}`,
    address: `${place}.base_url`,
    models: `${place}.models`,
  };
}

/** The engine of the environment variables; empty: there is no address. */
function readVariables({ variable }: ProviderEnvironment): EngineSettings[] {
  const address = variable('PICTOR_COMPATIBLE_BASE_URL');
  if (address === undefined) return [];
  const name = variable('PICTOR_COMPATIBLE_MODEL');
  if (name === undefined) {
    throw new SettingsError(
      'PICTOR_COMPATIBLE_BASE_URL needs PICTOR_COMPATIBLE_MODEL beside it: the name of the model as the engine has it.',
    );
  }
  const asked = variable('PICTOR_COMPATIBLE_DIALECT') ?? 'openai';
  const dialect = dialects.find((each) => each === asked);
  if (dialect === undefined) {
    throw new SettingsError(
      `PICTOR_COMPATIBLE_DIALECT must be one of ${dialects.join(', ')}, not '${asked}'.`,
    );
  }
  const key = variable('PICTOR_COMPATIBLE_API_KEY');
  return [
    {
      name: provider.id,
      dialect,
      base_url: address,
      ...(key === undefined ? {} : { api_key: key }),
      // Names of repositories hold slashes; callers know the last part.
      models: [{ id: name.split('/').at(-1) ?? name, upstream_model: name }],
    },
  ];
}

/** Names that would mean two engines, or two models of one. */
function refuseTwins(opened: readonly Engine[]): void {
  const names = new Set<string>();
  for (const engine of opened) {
    const models = engine.models.flatMap(({ id, like }) => [...new Set([id, like ?? id])]);
    for (const name of [engine.name, ...models.map((id) => rowId(engine, { id }))]) {
      if (names.has(name))
        throw new SettingsError(`providers.compatible has '${name}' twice. Rename one of them.`);
      names.add(name);
    }
  }
}

/** The plain names of its models, and its own names for models of the catalogue. */
function toAliases(engine: Engine): Readonly<Record<string, string>> {
  const renamed = engine.models.filter(({ id, like }) => id !== like);
  return Object.fromEntries(renamed.map((model) => [model.id, model.like ?? rowId(engine, model)]));
}

function openEngine(engine: Engine, dataDir: string): OpenProvider {
  const caller = openCaller(
    engine.name,
    engine.timeoutMs === undefined ? {} : { callTimeoutMs: engine.timeoutMs },
  );
  const upstream: Upstream = {
    provider: engine.name,
    caller,
    baseUrl: engine.baseUrl,
    headers: async () => engine.headers,
    secrets: engine.secrets,
    settings: engine.from,
    picturesFrom: 'own-origin',
    classify,
  };
  const parts = {
    upstream,
    queue: openQueue(engine.name, engine.concurrency),
    holdFolder: join(dataDir, 'images', 'tmp'),
  };
  const served = new Map(engine.models.map((model) => [model.like ?? rowId(engine, model), model]));
  const imageModels = new Map([...served].map(([id, model]) => [id, openEngineModel(parts, model)]));
  return {
    name: engine.name,
    models: engine.models.filter((model) => model.like === null).map((model) => toRow(engine, model)),
    prices: toPrices(engine),
    aliases: toAliases(engine),
    imageModel: (row, endpoint) => {
      const model = served.get(row.id);
      if (model === undefined || !row.endpoints.includes(endpoint)) return null;
      if (endpoint === 'images.variations' && engine.dialect !== 'openai') return null;
      if (endpoint === 'images.edits' && !canEdit(model)) return null;
      return imageModels.get(row.id) ?? null;
    },
    check: (signal) => checkEngine(engine, caller, signal),
    close: caller.close,
  };
}

function canEdit({ traits }: EngineModel): boolean {
  return traits.edits.transport !== 'none';
}

/** FastAPI and Echo say this of a path that they do not have; a model that is missing they name. */
function classify(status: number, error: ErrorBody | null): Verdict | undefined {
  return status === 404 && /^not found\.?$/i.test(error?.message ?? '')
    ? { kind: 'unauthorised' }
    : undefined;
}
