/** What the address of the page keeps: the choices of the form, and which request is shown. Absent: the default. */
export type CreateSearch = {
  readonly request?: string | undefined;
  readonly model?: string | undefined;
  readonly size?: string | undefined;
  readonly quality?: string | undefined;
  /** How many pictures. */
  readonly n?: number | undefined;
};

/** Reads the address; what makes no sense is left out. */
export function readCreateSearch(search: Record<string, unknown>): CreateSearch {
  return {
    request: readText(search.request),
    model: readText(search.model),
    size: readText(search.size),
    quality: readText(search.quality),
    n: typeof search.n === 'number' && Number.isInteger(search.n) && search.n > 1 ? search.n : undefined,
  };
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
