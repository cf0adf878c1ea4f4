/** What the address says about settings. */
export type SettingsSearch = {
  /** True: the form that makes one of what the section shows is open. */
  readonly make?: true | undefined;
  /** Id of the webhook whose attempts are shown. */
  readonly webhook?: string | undefined;
};

/** Reads the address; what it does not know is left out. */
export function readSettingsSearch(search: Record<string, unknown>): SettingsSearch {
  return {
    make: search.make === true ? true : undefined,
    webhook: typeof search.webhook === 'string' ? search.webhook : undefined,
  };
}
