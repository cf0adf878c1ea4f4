import type { EditBody, EditRequest, GenerateRequest, Model } from '@pictor/sdk';
import { type Column, type CompareSearch, readIds } from './compare-search.ts';

/** What is run: every column, so many times. */
export type Setup = {
  readonly prompt: string;
  readonly columns: readonly Column[];
  readonly rows: number;
  /** Undefined: every model takes a seed of its own. */
  readonly seed: number | undefined;
  /** Ids of stored images that go into every cell. */
  readonly references: readonly string[];
};

export function toSetup(search: CompareSearch, prompt: string, fallback: readonly Column[]): Setup {
  return {
    prompt,
    columns: search.columns ?? fallback,
    rows: search.rows ?? 1,
    seed: search.seed,
    references: readIds(search.references),
  };
}

/** Two columns to begin with. */
export function firstColumns(models: readonly Model[]): readonly Column[] {
  const known = (id: string) => models.find((model) => model.id === id);
  const one = known('gpt-image-2') ?? models[0];
  const other = known('gemini-3-pro-image') ?? models.find((model) => model !== one) ?? one;
  return [one, other].flatMap((model) => (model === undefined ? [] : [{ model: model.id, parameters: {} }]));
}

/** A place in the grid: column and row, from 0. */
export type Place = { readonly column: number; readonly row: number };

export const placeName = ({ column, row }: Place): string => `${column}.${row}`;
export const columnName = (column: number): string => String.fromCharCode(65 + column);

export function placesOf({ columns, rows }: Setup): readonly Place[] {
  return Array.from({ length: rows }, (_, row) => columns.map((_column, column) => ({ column, row }))).flat();
}

/** The seed of a cell; undefined: its model takes none, or chooses itself. */
export function seedOf(setup: Setup, place: Place, models: readonly Model[]): number | undefined {
  const column = setup.columns[place.column];
  const model = models.find(({ id }) => id === column?.model);
  if (column === undefined || model?.pictor.parameters.seed === undefined) return undefined;
  const own = column.parameters.seed;
  if (typeof own === 'number') return own + place.row;
  return setup.seed === undefined ? undefined : setup.seed + place.row;
}

/** What a cell asks for. */
export function bodyOf(
  setup: Setup,
  place: Place,
  models: readonly Model[],
): GenerateRequest | EditRequest | null {
  const column = setup.columns[place.column];
  if (column === undefined) return null;
  const seed = seedOf(setup, place, models);
  const body = {
    ...column.parameters,
    ...(seed === undefined ? {} : { seed }),
    prompt: setup.prompt,
    model: column.model,
    n: 1,
  };
  if (setup.references.length === 0) return body;
  return { ...body, image: setup.references.map((fileId) => ({ fileId })) };
}

/** What a column is estimated by. */
export function estimateBodyOf({ prompt, references }: Setup, { model, parameters }: Column): EditBody {
  return {
    ...parameters,
    prompt,
    model,
    n: 1,
    ...(references.length === 0 ? {} : { images: references.map((id) => ({ file_id: id })) }),
  };
}
