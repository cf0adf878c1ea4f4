import { cleanJson, type Row } from '../database/index.ts';
import type { Dataset, DatasetRow, DraftState, RowValues } from './dataset.ts';
import type { DatasetsSql } from './tables.ts';

/** A statement takes only so many parameters. */
const rowsAtOnce = 500;

/** The number that the draft will get. */
function draftOf(dataset: Dataset): number {
  return dataset.latestVersion + 1;
}

export type RowPage = { readonly limit: number; readonly offset: number };

/** Rows of a version in their order; without one those of the draft. */
export async function listRows(
  sql: DatasetsSql,
  dataset: Dataset,
  version: number | null,
  { limit, offset }: RowPage,
): Promise<readonly DatasetRow[]> {
  const rows = await selectVersion(sql, dataset.id, version ?? draftOf(dataset))
    .select(['row_id', 'row_values'])
    .orderBy('position')
    .orderBy('row_id')
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map((row, index) => ({
    id: row.row_id,
    position: offset + index,
    values: row.row_values,
  }));
}

export async function countRows(
  sql: DatasetsSql,
  dataset: Dataset,
  version: number | null = null,
): Promise<number> {
  const row = await selectVersion(sql, dataset.id, version ?? draftOf(dataset))
    .select((is) => is.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Of the rows alone: whether fields changed is told by the versions. */
export async function readDraft(sql: DatasetsSql, dataset: Dataset): Promise<DraftState> {
  const draft = draftOf(dataset);
  const changed = await sql
    .selectFrom('dataset_rows')
    .select('row_id')
    .where('dataset_id', '=', dataset.id)
    .where((is) => is.or([is('since', '=', draft), is('until', '=', draft)]))
    .limit(1)
    .executeTakeFirst();
  return { rows: await countRows(sql, dataset), isChanged: changed !== undefined };
}

/** Adds rows behind those of the draft. */
export async function insertRows(
  sql: DatasetsSql,
  dataset: Dataset,
  rows: readonly { readonly id: string; readonly values: RowValues }[],
): Promise<void> {
  const last = await sql
    .selectFrom('dataset_rows')
    .select((is) => is.fn.max('position').as('position'))
    .where('dataset_id', '=', dataset.id)
    .executeTakeFirst();
  const first = (last?.position ?? -1) + 1;
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    await sql
      .insertInto('dataset_rows')
      .values(
        rows.slice(at, at + rowsAtOnce).map((row, index) => ({
          dataset_id: dataset.id,
          row_id: row.id,
          since: draftOf(dataset),
          until: null,
          position: first + at + index,
          row_values: toText(row.values),
        })),
      )
      .execute();
  }
}

/** Gives a row of the draft other values. Null: the draft has no such row. */
export async function updateRow(
  sql: DatasetsSql,
  dataset: Dataset,
  rowId: string,
  change: (values: RowValues) => RowValues,
): Promise<RowValues | null> {
  const found = await findDraftRow(sql, dataset, rowId);
  if (found === null) return null;
  const values = change(found.row_values);
  await endRows(sql, dataset, [rowId]);
  await sql
    .insertInto('dataset_rows')
    .values({
      dataset_id: dataset.id,
      row_id: rowId,
      since: draftOf(dataset),
      until: null,
      position: found.position,
      row_values: toText(values),
    })
    .execute();
  return values;
}

/** How many rows stand before this one in the draft. */
export async function positionOf(sql: DatasetsSql, dataset: Dataset, rowId: string): Promise<number> {
  const found = await findDraftRow(sql, dataset, rowId);
  const row = await selectVersion(sql, dataset.id, draftOf(dataset))
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('position', '<', found?.position ?? 0)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Takes rows out of the draft; absent: all. Versions keep them. */
export async function endRows(sql: DatasetsSql, dataset: Dataset, rowIds?: readonly string[]): Promise<void> {
  const draft = draftOf(dataset);
  let own = sql.deleteFrom('dataset_rows').where('dataset_id', '=', dataset.id).where('since', '=', draft);
  let older = sql
    .updateTable('dataset_rows')
    .set({ until: draft })
    .where('dataset_id', '=', dataset.id)
    .where('until', 'is', null);
  if (rowIds !== undefined) {
    own = own.where('row_id', 'in', [...rowIds]);
    older = older.where('row_id', 'in', [...rowIds]);
  }
  await own.execute();
  await older.execute();
}

/** Gives the draft the rows of a version. */
export async function restoreRows(sql: DatasetsSql, dataset: Dataset, version: number): Promise<void> {
  const draft = draftOf(dataset);
  await sql
    .deleteFrom('dataset_rows')
    .where('dataset_id', '=', dataset.id)
    .where('since', '=', draft)
    .execute();
  // What only the draft had ended lives again; what came behind the version ends; what ended since is copied.
  await sql
    .updateTable('dataset_rows')
    .set({ until: null })
    .where('dataset_id', '=', dataset.id)
    .where('until', '=', draft)
    .execute();
  await sql
    .updateTable('dataset_rows')
    .set({ until: draft })
    .where('dataset_id', '=', dataset.id)
    .where('until', 'is', null)
    .where('since', '>', version)
    .execute();
  const gone = await selectVersion(sql, dataset.id, version)
    .select(['row_id', 'position', 'row_values'])
    .where('until', 'is not', null)
    .execute();
  for (let at = 0; at < gone.length; at += rowsAtOnce) {
    await sql
      .insertInto('dataset_rows')
      .values(
        gone.slice(at, at + rowsAtOnce).map((row) => ({
          dataset_id: dataset.id,
          row_id: row.row_id,
          since: draft,
          until: null,
          position: row.position,
          row_values: toText(row.row_values),
        })),
      )
      .execute();
  }
}

async function findDraftRow(
  sql: DatasetsSql,
  dataset: Dataset,
  rowId: string,
): Promise<Pick<Row<'dataset_rows'>, 'position' | 'row_values'> | null> {
  const row = await selectVersion(sql, dataset.id, draftOf(dataset))
    .select(['position', 'row_values'])
    .where('row_id', '=', rowId)
    .executeTakeFirst();
  return row ?? null;
}

function selectVersion(sql: DatasetsSql, datasetId: string, version: number) {
  return sql
    .selectFrom('dataset_rows')
    .where('dataset_id', '=', datasetId)
    .where('since', '<=', version)
    .where((is) => is.or([is('until', 'is', null), is('until', '>', version)]));
}

function toText(values: RowValues): string {
  return JSON.stringify(cleanJson(values));
}
