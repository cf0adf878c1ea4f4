import type { EvaluationColumn, EvaluationColumnType } from '@pictor/api';
import type { Reader } from '../references/open-reader.ts';
import type { ColumnParts } from './column-parts.ts';

/** What a column made of a row. */
export type CellResult = {
  readonly value: unknown;
  /** Absent or null: nothing was asked of it. */
  readonly passed?: boolean | null;
  /** 0 to 1. Absent: 1 or 0 where it passed or did not, else none. */
  readonly score?: number | null;
  readonly evidence?: unknown;
  /** Ids of pictures that it made or looked at. */
  readonly images?: readonly string[];
  /** Absent: nothing. Null: unknown. */
  readonly costNanoUsd?: number | null;
  readonly requestId?: string | null;
};

/** Where a cell is done, and for whom. */
export type CellContext = {
  readonly projectId: string;
  readonly keyId: string;
  readonly runId: string;
  readonly rowId: string;
  readonly columnId: string;
  /** The same for the same try of the same cell, also after a crash: what was paid under it is found again. */
  readonly idempotencyKey: string;
  /** Aborted when the server stops. What a column began is then left as it is. */
  readonly signal: AbortSignal;
};

export type ColumnOf<Type extends EvaluationColumnType> = Extract<EvaluationColumn, { type: Type }>;
export type ConfigOf<Type extends EvaluationColumnType> = ColumnOf<Type>['config'];

/** How columns of a type are done. */
export type ColumnRunner<Type extends EvaluationColumnType, Inputs> = {
  /** May a cell cost something? */
  readonly isPaid: boolean;
  /** Does its value say how good something is? */
  readonly isScore: boolean;
  /** Reads what the column needs of its row, as JSON: equal inputs mean an equal cell. */
  readonly read: (config: ConfigOf<Type>, reader: Reader) => Inputs;
  /** `waiting`: people are to answer. Throws a CellError. */
  readonly run: (
    inputs: Inputs,
    config: ConfigOf<Type>,
    parts: ColumnParts,
    context: CellContext,
  ) => Promise<CellResult | 'waiting'>;
};
