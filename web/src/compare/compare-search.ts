import { type Parameters, readParameters } from '../playground/parameters/parameters.ts';

/** One column: a model with what is chosen for it. */
export type Column = {
  readonly model: string;
  /** By the names of the wire; what is absent is left to the model. */
  readonly parameters: Parameters;
};

export const mostColumns = 4;
export const mostRows = 6;
/** A longer prompt is kept in this browser only: addresses have an end. */
export const longestPromptOfAddress = 1_500;

/** What the address of the page keeps: the setup, the run that is shown, and what is looked at. */
export type CompareSearch = {
  readonly prompt?: string | undefined;
  readonly columns?: readonly Column[] | undefined;
  /** How often each column is run. Default: 1. */
  readonly rows?: number | undefined;
  /** Seed of the first row, where a model takes one; each row has the next. Default: the model's own. */
  readonly seed?: number | undefined;
  /** Stored images, by id with commas between, that go into every cell. */
  readonly references?: string | undefined;
  /** Which run is shown. */
  readonly run?: string | undefined;
  /** Two cells, or two images, whose difference is shown: `0.0,1.0`. */
  readonly diff?: string | undefined;
  /** A logged request to start from. */
  readonly from?: string | undefined;
  /** Stored images to be looked at side by side, in place of a run. */
  readonly images?: string | undefined;
};

/** Reads the address; what makes no sense is left out. */
export function readCompareSearch(search: Record<string, unknown>): CompareSearch {
  return {
    prompt: readText(search.prompt),
    columns: readColumns(search.columns),
    rows: readWhole(search.rows, 1, mostRows),
    seed: readWhole(search.seed, 0, 2 ** 32 - 1),
    references: readText(search.references),
    run: readText(search.run),
    diff: readText(search.diff),
    from: readText(search.from),
    images: readText(search.images),
  };
}

/** The ids of a list with commas, each once. */
export function readIds(text: string | undefined): readonly string[] {
  return [...new Set((text ?? '').split(',').filter((id) => /^img_[0-9a-f]{32}$/.test(id)))];
}

function readColumns(value: unknown): readonly Column[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const columns = value.flatMap((each: unknown): readonly Column[] => {
    if (!isRecord(each) || typeof each.model !== 'string') return [];
    return [{ model: each.model, parameters: readParameters(each.parameters) ?? {} }];
  });
  return columns.length === 0 ? undefined : columns.slice(0, mostColumns);
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function readWhole(value: unknown, least: number, most: number): number | undefined {
  const isGood = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
  return isGood ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
