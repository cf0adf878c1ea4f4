import type { ModelRow } from '../models/index.ts';

/** What a caller should know about the end of a model: at most one sentence, with its date and the replacement. */
export function lifecycleWarnings(row: ModelRow, today: Date): string[] {
  const { retired, shutdown, replacement } = row.lifecycle;
  const day = today.toISOString().slice(0, 10);
  const instead = replacement === undefined ? '' : ` Use ${replacement} instead.`;
  if (retired !== undefined && retired <= day) {
    return [
      `${row.id} was retired by its vendor on ${retired}; only other services may still answer.${instead}`,
    ];
  }
  const end = retired ?? shutdown;
  if (end === undefined) return [];
  if (end <= day) {
    return [`The announced end of ${row.id} was ${end}; it may stop answering at any time.${instead}`];
  }
  return [`${row.id} will be shut down on ${end}.${instead}`];
}
