/** Why a cell has no value. It is shown with the cell, and the run goes on. */
export class CellError extends Error {
  override readonly name = 'CellError';
  readonly code: string;
  readonly costNanoUsd: number | null;
  readonly requestId: string | null;

  /** @param code As in the catalogue of errors, or one of the cells' own: `invalid_input`, `judge_unavailable`, … */
  constructor(
    code: string,
    message: string,
    facts: { readonly costNanoUsd?: number | null; readonly requestId?: string | null } = {},
  ) {
    super(message);
    this.code = code;
    this.costNanoUsd = facts.costNanoUsd === undefined ? 0 : facts.costNanoUsd;
    this.requestId = facts.requestId ?? null;
  }
}

/** An input that is not there yet, or will not be. */
export class MissingInput extends Error {
  override readonly name = 'MissingInput';
  /** `waiting`: people, or columns that wait for them, have not answered. */
  readonly why: 'waiting' | 'failed';
  readonly column: string;

  constructor(why: 'waiting' | 'failed', column: string) {
    super(`The column '${column}' has no value.`);
    this.why = why;
    this.column = column;
  }
}
