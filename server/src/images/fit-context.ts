import { type ErrorCode, PictorError } from '../foundation/index.ts';
import type { Adjustment, Endpoint, JobKind, ModelRow } from '../models/index.ts';

/**
 * What happens to a parameter that the model does not have.
 * - `default`: refused or dropped, as the model's row says.
 * - `lenient`: dropped and reported.
 * - `strict`: refused; so is every approximation.
 */
export type ParameterMode = 'default' | 'lenient' | 'strict';

/** One fitting under way. `adjustments` grows while parameters are fitted; everything else stays as it is. */
export type Fitting = {
  readonly row: ModelRow;
  readonly kind: JobKind;
  readonly endpoint: Endpoint;
  /** The caller's mode after the row had its say. */
  readonly unknown: 'refuse' | 'drop';
  readonly approximations: 'allow' | 'refuse';
  readonly adjustments: Adjustment[];
};

/** Starts a fitting with an empty report. */
export function startFitting(facts: {
  readonly row: ModelRow;
  readonly kind: JobKind;
  readonly endpoint: Endpoint;
  readonly mode: ParameterMode;
}): Fitting {
  const { row, kind, endpoint, mode } = facts;
  return {
    row,
    kind,
    endpoint,
    unknown: mode === 'default' ? row.unknownParameters : mode === 'strict' ? 'refuse' : 'drop',
    approximations: mode === 'strict' ? 'refuse' : 'allow',
    adjustments: [],
  };
}

/** A refusal: `message` says what is wrong and what is allowed. */
export function refuse(code: ErrorCode, param: string, message: string): never {
  throw new PictorError({ code, param, message });
}

/** Reports a parameter that is not sent. */
export function drop(fitting: Fitting, parameter: string, value: unknown, reason: string): void {
  fitting.adjustments.push({
    parameter: cut(parameter),
    action: 'dropped',
    requested: repeatable(value),
    applied: null,
    reason,
  });
}

/** Reports a value that is sent as another one; in strict mode it is refused instead. */
export function approximate(
  fitting: Fitting,
  facts: {
    readonly parameter: string;
    readonly requested: unknown;
    readonly applied: unknown;
    readonly reason: string;
  },
): void {
  if (fitting.approximations === 'refuse') {
    refuse(
      'approximation_refused',
      facts.parameter,
      `${facts.reason} Strict mode refuses that; ask for the nearest value yourself.`,
    );
  }
  fitting.adjustments.push({ ...facts, action: 'approximated' });
}

/** Reports something that is handed on unread. */
export function passThrough(fitting: Fitting, parameter: string, value: unknown): void {
  fitting.adjustments.push({
    parameter,
    action: 'passed-through',
    requested: repeatable(value),
    applied: repeatable(value),
    reason: 'Pictor does not model this yet and hands it on as it was sent.',
  });
}

/** `'low', 'medium' or 'high'`, for sentences. */
export function listChoices(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`);
  const last = quoted.pop();
  if (last === undefined) return 'nothing';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}

/** A caller's value for a sentence: quoted, and cut where it is long. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `'${cut(text)}'`;
}

/** The beginning of a caller's text, where a sentence or a name needs no more. */
export function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** A report repeats what was sent, but not megabytes of it: reports are kept, and answers carry them. */
function repeatable(value: unknown): unknown {
  const text = JSON.stringify(value) ?? '';
  return text.length > 2000 ? cut(text) : value;
}

/** How many Unicode code points a text has, which is how vendors count characters. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
