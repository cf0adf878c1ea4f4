import type { DatasetField } from '@pictor/api';
import { cleanText, type Row, takeNumber } from '../database/index.ts';
import type { Dataset, DatasetVersion } from './dataset.ts';
import type { DatasetsSql } from './tables.ts';

/** In the order of their names. */
export async function listDatasets(sql: DatasetsSql, projectId: string): Promise<readonly Dataset[]> {
  const rows = await sql
    .selectFrom('datasets')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('name')
    .execute();
  return rows.map(toDataset);
}

/** By id, number or name. Null: the project has none. */
export async function findDataset(
  sql: DatasetsSql,
  projectId: string,
  name: string | number,
): Promise<Dataset | null> {
  const own = sql.selectFrom('datasets').selectAll().where('project_id', '=', projectId);
  const row = await (typeof name === 'number'
    ? own.where('number', '=', name)
    : own
        .where((is) => is.or([is('id', '=', name), is('name', '=', cleanText(name))]))
        .orderBy((is) => is.case().when('id', '=', name).then(0).else(1).end())
  ).executeTakeFirst();
  return row === undefined ? null : toDataset(row);
}

/** The same, and nobody else may change it before the transaction ends. */
export async function lockDataset(sql: DatasetsSql, id: string): Promise<Dataset | null> {
  const row = await sql
    .selectFrom('datasets')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : toDataset(row);
}

/** Null: the name is taken. */
export async function insertDataset(
  sql: DatasetsSql,
  dataset: Omit<Dataset, 'number' | 'latestVersion' | 'updatedAt'>,
): Promise<Dataset | null> {
  const row = await sql
    .insertInto('datasets')
    .values({
      id: dataset.id,
      number: await takeNumber(sql, dataset.projectId, 'dataset'),
      project_id: dataset.projectId,
      name: cleanText(dataset.name),
      description: dataset.description,
      fields: JSON.stringify(dataset.fields),
      created_at: dataset.createdAt,
      updated_at: dataset.createdAt,
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toDataset(row);
}

export type DatasetChange = {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly fields?: readonly DatasetField[] | undefined;
};

export async function updateDataset(sql: DatasetsSql, id: string, change: DatasetChange): Promise<Dataset> {
  const row = await sql
    .updateTable('datasets')
    .set({
      updated_at: new Date(),
      ...(change.name === undefined ? {} : { name: cleanText(change.name) }),
      ...(change.description === undefined ? {} : { description: change.description }),
      ...(change.fields === undefined ? {} : { fields: JSON.stringify(change.fields) }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toDataset(row);
}

/** False: evaluations use it, and it stays. */
export async function deleteDataset(sql: DatasetsSql, id: string): Promise<boolean> {
  const use = await sql
    .selectFrom('evaluations')
    .select('id')
    .where('dataset_id', '=', id)
    .limit(1)
    .executeTakeFirst();
  if (use !== undefined) return false;
  await sql.deleteFrom('datasets').where('id', '=', id).execute();
  return true;
}

/** Makes the draft the next version. The dataset is locked by the caller. */
export async function insertVersion(
  sql: DatasetsSql,
  dataset: Dataset,
  version: { readonly rowCount: number; readonly note: string | null; readonly keyId: string },
): Promise<DatasetVersion> {
  const number = dataset.latestVersion + 1;
  const row = await sql
    .insertInto('dataset_versions')
    .values({
      dataset_id: dataset.id,
      version: number,
      row_count: version.rowCount,
      fields: JSON.stringify(dataset.fields),
      note: version.note,
      api_key_id: version.keyId,
      created_at: new Date(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await sql.updateTable('datasets').set({ latest_version: number }).where('id', '=', dataset.id).execute();
  return toVersion(row);
}

/** Newest first. */
export async function listVersions(sql: DatasetsSql, datasetId: string): Promise<readonly DatasetVersion[]> {
  const rows = await sql
    .selectFrom('dataset_versions')
    .selectAll()
    .where('dataset_id', '=', datasetId)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(toVersion);
}

export async function findVersion(
  sql: DatasetsSql,
  datasetId: string,
  version: number,
): Promise<DatasetVersion | null> {
  const row = await sql
    .selectFrom('dataset_versions')
    .selectAll()
    .where('dataset_id', '=', datasetId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row === undefined ? null : toVersion(row);
}

function toDataset(row: Row<'datasets'>): Dataset {
  return {
    id: row.id,
    number: row.number,
    projectId: row.project_id,
    name: row.name,
    description: row.description,
    // Written by this room alone.
    fields: row.fields as unknown as readonly DatasetField[],
    latestVersion: row.latest_version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toVersion(row: Row<'dataset_versions'>): DatasetVersion {
  return {
    version: row.version,
    rowCount: row.row_count,
    fields: row.fields as unknown as readonly DatasetField[],
    note: row.note,
    createdAt: row.created_at,
  };
}
