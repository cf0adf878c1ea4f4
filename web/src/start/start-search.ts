import { type ClientName, clientNames } from './client-snippets.ts';

/** What the address says about the first steps. */
export type StartSearch = {
  /** Whose call is shown. Default: curl. */
  readonly client?: ClientName | undefined;
  /** The request that the last example made. */
  readonly example?: string | undefined;
};

/** Reads the address; what it does not know is left out. */
export function readStartSearch(search: Record<string, unknown>): StartSearch {
  const { client, example } = search;
  return {
    client: clientNames.find((name) => name === client),
    example: typeof example === 'string' && /^req_[0-9a-f]{32}$/.test(example) ? example : undefined,
  };
}
