import type { Catalogue, FoundModel } from '../catalogue/index.ts';
import type { Config, ConfigProblem } from '../config/index.ts';
import type { PictorError } from '../foundation/index.ts';
import type { Endpoint, ModelRow, PlacedMainline, Provider } from '../models/index.ts';
import { buildCatalogue } from './build-catalogue.ts';
import { drawTargets } from './draw-targets.ts';
import { findMainline } from './find-mainline.ts';
import { findNames, type NamedModel } from './find-names.ts';
import { type Cell, type CellParts, closeCells, hasPrefix, modelOf, openCells } from './open-cells.ts';
import type { Route, Target } from './route.ts';
import { noProvider, notServed, unknownModel, wrongEndpoint } from './routing-errors.ts';
import { openTargetHealth, type TargetHealth } from './target-health.ts';

export type TableParts = CellParts & {
  readonly standInAllowed: boolean;
  /** 0 to 1, exclusive; draws among targets of one rank. */
  readonly random: () => number;
};

/** One configuration at work: its models, its upstreams, and how they are. Never changes; a new one takes its place. */
export type Table = {
  readonly catalogue: Catalogue;
  readonly cells: readonly Cell[];
  readonly standIn: boolean;
  /** Names of pictor.yaml that lead to models: routes and aliases. */
  readonly ownNames: readonly string[];
  readonly plan: (name: string, endpoint: Endpoint) => Route;
  /** What a name means, those of pictor.yaml and of upstreams included; of a route its best target. Null: nothing. */
  readonly find: (name: string) => FoundModel | null;
  /** Who would serve a row on a route now; null: nobody. */
  readonly engineOf: (row: ModelRow, endpoint: Endpoint) => Engine | null;
  /** Who leads conversations under a name; null: no upstream. */
  readonly mainline: (name: string) => PlacedMainline | null;
  readonly healthOf: (engine: string, modelId: string) => TargetHealth;
  /** Resolves when no job uses it any more. */
  readonly idle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type Engine = {
  readonly engine: string;
  readonly standIn: boolean;
  /** Whose prices hold. */
  readonly provider: string;
};

/** Opens the upstreams of a configuration. Throws a SettingsError; then nothing stays open. */
export async function openTable(parts: TableParts, config: Config): Promise<Table> {
  const cells = await openCells(parts, config);
  try {
    const catalogue = buildCatalogue(parts.providers, cells, config);
    checkNames(parts, { catalogue, cells, config });
    return joinTable(parts, { catalogue, cells, config });
  } catch (error) {
    await closeCells(cells);
    throw error;
  }
}

type Known = { readonly catalogue: Catalogue; readonly cells: readonly Cell[]; readonly config: Config };

/** Aliases and targets must mean something. */
function checkNames({ providers }: TableParts, { catalogue, cells, config }: Known): void {
  const isKnown = (name: string): boolean => findNames({ catalogue, cells, providers }, name).length > 0;
  const problems: ConfigProblem[] = [];
  for (const [alias, name] of Object.entries(config.aliases)) {
    if (Object.hasOwn(config.routes, name) || isKnown(name)) continue;
    problems.push({ path: ['aliases', alias], message: `there is no model '${name}'` });
  }
  for (const [route, { targets }] of Object.entries(config.routes)) {
    for (const [index, { model }] of targets.entries()) {
      if (isKnown(model)) continue;
      const path = ['routes', route, 'targets', index, 'model'];
      problems.push({ path, message: `there is no model '${model}'` });
    }
  }
  if (problems.length > 0) throw config.refuse(problems);
}

function joinTable(parts: TableParts, { catalogue, cells, config }: Known): Table {
  const { providers } = parts;
  const routes = new Map(Object.entries(config.routes));
  const aliases = new Map(Object.entries(config.aliases));
  const standIn = parts.standInAllowed && !cells.some(({ provider }) => provider.external);
  const healths = new Map<string, TargetHealth>();
  const uses = openUses();

  function healthOf(engine: string, modelId: string): TargetHealth {
    const key = `${engine}\n${modelId}`;
    const known = healths.get(key) ?? openTargetHealth(config.routing);
    healths.set(key, known);
    return known;
  }

  function meant(name: string, random: () => number): { named: readonly NamedModel[]; isOther: boolean } {
    const written = aliases.get(name) ?? name;
    const route = routes.get(written);
    const names = route === undefined ? [written] : drawTargets(route.targets, random).map((t) => t.model);
    const named = names.flatMap((each) => findNames({ catalogue, cells, providers }, each));
    const isOther = written !== name || route !== undefined || named.some((each) => each.isOther);
    return { named, isOther };
  }

  function targetsOf(named: NamedModel, endpoint: Endpoint): Target[] {
    const { row, prefix, cell: only, upstreamModel } = named;
    const asked = cells.filter(
      (cell) => (only === undefined || cell === only) && (prefix === undefined || hasPrefix(cell, prefix)),
    );
    const toTarget = (cell: Cell, isStandIn: boolean): Target[] => {
      const model = isStandIn ? cell.open.imageModel(row, endpoint) : modelOf(cell, row, endpoint);
      if (model === null) return [];
      const { name } = cell.open;
      const hasPrices = catalogue.prices.some((price) => price.model === row.id && price.provider === name);
      const payee = isStandIn ? row.vendor : hasPrices ? name : cell.provider.id;
      const health = healthOf(name, row.id);
      return [
        {
          row,
          model,
          upstreamModel,
          provider: payee,
          engine: name,
          standIn: isStandIn,
          health,
          hold: uses.hold,
        },
      ];
    };
    const served = asked.flatMap((cell) => toTarget(cell, false));
    if (served.length > 0 || !standIn) return served;
    return cells.filter(({ provider }) => !provider.external).flatMap((cell) => toTarget(cell, true));
  }

  function plan(name: string, endpoint: Endpoint): Route {
    const { named, isOther } = meant(name, parts.random);
    const [wanted] = named;
    if (wanted === undefined) throw unknownModel(name);
    const onRoute = named.filter(({ row }) => row.endpoints.includes(endpoint));
    if (onRoute.length === 0) throw wrongEndpoint(wanted.row, endpoint);
    const [first, ...alternatives] = distinct(onRoute.flatMap((each) => targetsOf(each, endpoint)));
    if (first === undefined) throw nobodyServes(wanted, cells, providers);
    return {
      ...first,
      alternatives,
      wanted: first.row,
      lenientName: isOther,
      settings: config.routing,
      catalogue,
    };
  }

  return {
    catalogue,
    cells,
    standIn,
    ownNames: [...routes.keys(), ...aliases.keys()],
    plan,
    find: (name) => {
      const [best] = meant(name, () => 0).named;
      return best === undefined
        ? null
        : {
            row: best.row,
            asked: name,
            viaAlias: name !== best.row.id && best.prefix === undefined,
            ...(best.prefix === undefined ? {} : { provider: best.prefix }),
          };
    },
    engineOf: (row, endpoint) => {
      if (!row.endpoints.includes(endpoint)) return null;
      if (row.family === 'text') {
        const leader = findMainline(cells, [{ row, upstreamModel: row.id, isOther: false }]);
        return leader === null ? directorOf(row, standIn) : { ...leader, standIn: false };
      }
      const named = { row, upstreamModel: row.id, isOther: false };
      return targetsOf(named, endpoint)[0] ?? null;
    },
    mainline: (name) => findMainline(cells, meant(name, parts.random).named),
    healthOf,
    idle: uses.idle,
    close: () => closeCells(cells),
  };
}

/** Why no upstream is left for a model that is there. */
function nobodyServes(
  { row, prefix }: NamedModel,
  cells: readonly Cell[],
  providers: readonly Provider[],
): PictorError {
  if (prefix === undefined) return noProvider(row, providers);
  if (cells.some((cell) => hasPrefix(cell, prefix))) return notServed(row, prefix);
  return noProvider(
    row,
    providers.filter(({ prefixes }) => prefixes.includes(prefix)),
  );
}

/** The offline director leads under its own name, and stands in for others while no provider is configured. */
function directorOf(row: ModelRow, standIn: boolean): Engine | null {
  if (row.vendor === 'pictor') return { engine: 'sketch', standIn: false, provider: row.vendor };
  return standIn ? { engine: 'sketch', standIn: true, provider: row.vendor } : null;
}

/** The same model of the same upstream is tried in one place only, however many names lead to it. */
function distinct(targets: readonly Target[]): readonly Target[] {
  const byPlace = new Map<string, Target>();
  for (const target of targets) {
    const place = [target.engine, target.row.id, target.upstreamModel].join('\n');
    if (!byPlace.has(place)) byPlace.set(place, target);
  }
  return [...byPlace.values()];
}

/** Counts the jobs that use a table. */
function openUses() {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    hold: () => {
      count += 1;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        count -= 1;
        if (count > 0) return;
        for (const wake of waiting) wake();
        waiting = [];
      };
    },
    idle: async () => {
      while (count > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
