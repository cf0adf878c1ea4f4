/** What the address says about models. */
export type ModelsSearch = {
  /** Absent: the catalogue. */
  readonly tab?: 'providers' | undefined;
  /** Words that a model's name must have. */
  readonly q?: string | undefined;
  readonly vendor?: string | undefined;
  /** What a model must be able to do. */
  readonly can?: readonly Ability[] | undefined;
  /** The model whose facts are shown. */
  readonly model?: string | undefined;
};

export const abilities = ['edit', 'transparent', 'stream', 'free-size'] as const;
export type Ability = (typeof abilities)[number];

/** Reads the address; what it does not know is left out. */
export function readModelsSearch(search: Record<string, unknown>): ModelsSearch {
  const asked: readonly unknown[] = Array.isArray(search.can) ? search.can : [];
  const can = abilities.filter((ability) => asked.includes(ability));
  return {
    tab: search.tab === 'providers' ? 'providers' : undefined,
    q: typeof search.q === 'number' ? String(search.q) : readText(search.q),
    vendor: readText(search.vendor),
    can: can.length === 0 ? undefined : can,
    model: readText(search.model),
  };
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
