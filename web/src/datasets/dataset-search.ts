/** What the address of a dataset says. */
export type DatasetSearch = {
  /** Absent: the draft. */
  readonly version?: number | undefined;
};

export function readDatasetSearch(search: Record<string, unknown>): DatasetSearch {
  const { version } = search;
  return {
    version: typeof version === 'number' && Number.isInteger(version) && version > 0 ? version : undefined,
  };
}
