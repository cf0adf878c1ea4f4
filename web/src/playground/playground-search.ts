import type { Parameters } from './parameters/parameters.ts';
import { readParameters } from './parameters/parameters.ts';

/** The wires that the playground speaks. */
export const apis = ['images', 'responses', 'gemini'] as const;
export type Api = (typeof apis)[number];

/** What the address of the page keeps. Absent: what this tab had last, else the default. */
export type PlaygroundSearch = {
  readonly api?: Api | undefined;
  readonly model?: string | undefined;
  /** What was chosen, by the names of the wire. */
  readonly parameters?: Parameters | undefined;
  /** The request that is shown. */
  readonly request?: string | undefined;
  /** The response that is shown. */
  readonly response?: string | undefined;
  /** The key of a run whose request is not known yet. */
  readonly run?: string | undefined;
  /** A request to begin from; taken once. */
  readonly from?: string | undefined;
  /** Ids of images to begin from, with commas between; taken once. */
  readonly references?: string | undefined;
  /** 1: the mask painter is open over the first reference. */
  readonly mask?: 1 | undefined;
  /** The saved prompt that is open. */
  readonly prompt_id?: string | undefined;
  readonly version?: number | undefined;
};

/** Reads the address; what makes no sense is left out. */
export function readPlaygroundSearch(search: Record<string, unknown>): PlaygroundSearch {
  return {
    api: apis.find((api) => api === search.api),
    model: readText(search.model),
    parameters: readParameters(search.parameters),
    request: readText(search.request),
    response: readText(search.response),
    run: readText(search.run),
    from: readText(search.from),
    references: readText(search.references),
    mask: search.mask === 1 ? 1 : undefined,
    prompt_id: readText(search.prompt_id),
    version: typeof search.version === 'number' && search.version > 0 ? search.version : undefined,
  };
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
