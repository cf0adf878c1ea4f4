import type { Catalogue, FoundModel } from '../catalogue/index.ts';
import type { ModelRow, Provider } from '../models/index.ts';
import { type Cell, hasPrefix } from './open-cells.ts';

/** A model that a name means. */
export type NamedModel = {
  readonly row: ModelRow;
  /** The provider or upstream that stood in front. */
  readonly prefix?: string;
  /** The upstream whose own name for the model it was. */
  readonly cell?: Cell;
  readonly upstreamModel: string;
  /** True when the name is not the row's own id. */
  readonly isOther: boolean;
};

export type Names = {
  readonly catalogue: Catalogue;
  readonly cells: readonly Cell[];
  readonly providers: readonly Provider[];
};

/**
 * What a name means: a model of the catalogue, with or without a prefix, else the name that an upstream has for a model.
 * Several upstreams may have the same name for theirs; then all are meant, in order. Empty: nothing.
 */
export function findNames(names: Names, name: string): readonly NamedModel[] {
  const found = names.catalogue.find(name);
  if (found !== null) return isForeign(names, found) ? [] : [toNamed(found)];
  const slash = name.indexOf('/');
  const prefix = slash > 0 ? name.slice(0, slash) : undefined;
  const behind =
    prefix === undefined ? [] : findOwn(names, name.slice(slash + 1), (cell) => hasPrefix(cell, prefix));
  return behind.length > 0 ? behind : findOwn(names, name, () => true);
}

function toNamed({ row, provider, viaAlias }: FoundModel): NamedModel {
  return {
    row,
    upstreamModel: row.id,
    isOther: viaAlias || provider !== undefined,
    ...(provider === undefined ? {} : { prefix: provider }),
  };
}

function findOwn(names: Names, name: string, isMeant: (cell: Cell) => boolean): NamedModel[] {
  return names.cells.filter(isMeant).flatMap((cell) => {
    const { aliases } = cell.open;
    const id = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
    const row = names.catalogue.rows.find((each) => each.id === id);
    return row === undefined ? [] : [{ row, cell, upstreamModel: name, isOther: true }];
  });
}

/** A prefix that means another vendor's models: `google/gpt-image-2` is no model at all. */
function isForeign({ providers, cells }: Names, { provider: prefix, row }: FoundModel): boolean {
  if (prefix === undefined) return false;
  const owners = [
    ...providers.filter(({ prefixes }) => prefixes.includes(prefix)),
    ...cells.filter(({ open }) => open.name === prefix).map(({ provider }) => provider),
  ];
  const isOwn = cells.some(
    (cell) => hasPrefix(cell, prefix) && cell.open.models.some(({ id }) => id === row.id),
  );
  return !isOwn && owners.every(({ external, vendors }) => external && !vendors.includes(row.vendor));
}
