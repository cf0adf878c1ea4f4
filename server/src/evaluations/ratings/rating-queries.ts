import type { Row } from '../../database/index.ts';
import type { EvaluationsSql } from '../tables.ts';
import type { Rating } from './rating.ts';

/** In place of what the same rater said of the cell before. */
export async function upsertRating(sql: EvaluationsSql, runId: string, rating: Rating): Promise<void> {
  const changed = {
    value: JSON.stringify(rating.value),
    note: rating.note,
    created_at: rating.createdAt,
  };
  await sql
    .insertInto('evaluation_ratings')
    .values({
      run_id: runId,
      row_id: rating.rowId,
      column_id: rating.columnId,
      rater: rating.rater,
      ...changed,
    })
    .onConflict((conflict) =>
      conflict.columns(['run_id', 'row_id', 'column_id', 'rater']).doUpdateSet(changed),
    )
    .execute();
}

/** In the order of their rows' ids; of one cell or of all. */
export async function listRatings(
  sql: EvaluationsSql,
  runId: string,
  cell?: { readonly rowId: string; readonly columnId: string },
): Promise<readonly Rating[]> {
  let query = sql
    .selectFrom('evaluation_ratings')
    .selectAll()
    .where('run_id', '=', runId)
    .orderBy('row_id')
    .orderBy('created_at');
  if (cell !== undefined) {
    query = query.where('row_id', '=', cell.rowId).where('column_id', '=', cell.columnId);
  }
  return (await query.execute()).map(toRating);
}

function toRating(row: Row<'evaluation_ratings'>): Rating {
  return {
    rowId: row.row_id,
    columnId: row.column_id,
    rater: row.rater,
    // Written by this room alone.
    value: row.value as Rating['value'],
    note: row.note,
    createdAt: row.created_at,
  };
}
