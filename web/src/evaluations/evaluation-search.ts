export const evaluationTabs = ['grid', 'setup', 'scorecard', 'history', 'compare', 'gates'] as const;
export type EvaluationTab = (typeof evaluationTabs)[number];
export type GridSort = 'position' | 'worst' | 'best';

/** What the address of an evaluation says. Absent: the default. */
export type EvaluationSearch = {
  readonly tab?: EvaluationTab | undefined;
  /** Id of a run; default: the newest. */
  readonly run?: string | undefined;
  readonly sort?: GridSort | undefined;
  /** Only rows with this verdict. */
  readonly verdict?: string | undefined;
  /** Id of the row that is shown large. */
  readonly row?: string | undefined;
  /** Id of the run to compare with. */
  readonly with?: string | undefined;
};

export function readEvaluationSearch(search: Record<string, unknown>): EvaluationSearch {
  return {
    tab: evaluationTabs.find((tab) => tab === search.tab),
    run: readText(search.run),
    sort: search.sort === 'worst' || search.sort === 'best' ? search.sort : undefined,
    verdict: readText(search.verdict),
    row: readText(search.row),
    with: readText(search.with),
  };
}

export type RatingSearch = {
  /** Id of the run; default: the newest. */
  readonly run?: string | undefined;
  /** Name of the column; default: all that people answer. */
  readonly column?: string | undefined;
};

export function readRatingSearch(search: Record<string, unknown>): RatingSearch {
  return { run: readText(search.run), column: readText(search.column) };
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
