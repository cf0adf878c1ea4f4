/** What the address of the list keeps: the filters. Absent: everything that is not archived. */
export type PromptsSearch = {
  readonly q?: string | undefined;
  readonly folder?: string | undefined;
  readonly tag?: string | undefined;
  readonly label?: string | undefined;
  readonly type?: 'completion' | 'chat' | 'snippet' | undefined;
  readonly status?: 'archived' | undefined;
};

const types = ['completion', 'chat', 'snippet'] as const;

/** Reads the address; what makes no sense is left out. */
export function readPromptsSearch(search: Record<string, unknown>): PromptsSearch {
  return {
    q: readText(search.q),
    folder: readText(search.folder),
    tag: readText(search.tag),
    label: readText(search.label),
    type: types.find((each) => each === search.type),
    status: search.status === 'archived' ? 'archived' : undefined,
  };
}

export const promptTabs = ['editor', 'versions', 'labels', 'usage', 'code'] as const;
export type PromptTab = (typeof promptTabs)[number];

/** What the address of a prompt keeps. Absent: the editor, with the newest version. */
export type PromptSearch = {
  readonly tab?: PromptTab | undefined;
  /** That the editor starts from. */
  readonly version?: number | undefined;
  /** Versions that are compared. */
  readonly older?: number | undefined;
  readonly newer?: number | undefined;
  /** Of usage. */
  readonly days?: number | undefined;
  /** Which example of code is shown, and for which label. */
  readonly code?: string | undefined;
  readonly label?: string | undefined;
};

/** Reads the address; what makes no sense is left out. */
export function readPromptSearch(search: Record<string, unknown>): PromptSearch {
  return {
    tab: promptTabs.find((each) => each === search.tab),
    version: readCount(search.version),
    older: readCount(search.older),
    newer: readCount(search.newer),
    days: readCount(search.days),
    code: readText(search.code),
    label: readText(search.label),
  };
}

/** The router reads `label=2` as a number. */
function readText(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function readCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}
