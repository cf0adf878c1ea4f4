import type { DatasetField } from '@pictor/api';
import { askDatabase, type Database } from '../database/index.ts';
import type { Files } from '../files/index.ts';
import { newId, PictorError } from '../foundation/index.ts';
import type { Dataset, RowValues } from './dataset.ts';
import { insertVersion, lockDataset, updateDataset } from './dataset-queries.ts';
import type { Datasets, ImportOptions } from './datasets.ts';
import { addFields, type Kinds, listPictures } from './fit-rows.ts';
import { joinTables, rowsOfPictures } from './import/join-files.ts';
import { readTable } from './import/read-table.ts';
import type { Received } from './import/receive-files.ts';
import { findPictures } from './picture-queries.ts';
import { countRows, endRows, insertRows, positionOf, restoreRows, updateRow } from './row-queries.ts';
import type { DatasetsSql } from './tables.ts';

type DraftMethods = Pick<
  Datasets,
  'addRows' | 'changeRow' | 'removeRows' | 'importFiles' | 'publish' | 'restore'
>;

type AddOptions = { readonly kinds?: Kinds; readonly mode?: ImportOptions['mode'] };

/** Changes a dataset that nobody else changes meanwhile. */
export type Change = <T>(
  projectId: string,
  id: string,
  work: (transaction: DatasetsSql, dataset: Dataset) => Promise<T>,
) => Promise<T>;

/** More would make one version a database of its own. */
const maxRows = 100_000;

export function openChange(sql: DatasetsSql, find: Datasets['find']): Change {
  return async (projectId, id, work) => {
    const known = await find(projectId, id);
    return await askDatabase(
      sql.transaction().execute(async (transaction) => {
        const locked = await lockDataset(transaction, known.id);
        return await work(transaction, locked ?? fail('The dataset is gone.', 'dataset'));
      }),
    );
  };
}

/** The part of datasets that changes rows. */
export function openDrafts(parts: {
  readonly database: Pick<Database, 'sql'>;
  readonly files: Pick<Files, 'add' | 'remove'>;
  readonly find: Datasets['find'];
  readonly version: Datasets['version'];
  readonly change: Change;
}): DraftMethods {
  const { change, files, find, version } = parts;
  return {
    addRows: (projectId, id, rows, options = {}) =>
      change(projectId, id, (transaction, dataset) => addTo(transaction, dataset, rows, options)),
    changeRow: (projectId, id, rowId, { values, remove }) =>
      change(projectId, id, async (transaction, dataset) => {
        const fields = addFields(dataset.fields, [values], {});
        await checkPictures(transaction, dataset, fields, [values]);
        const changed = await updateRow(transaction, dataset, rowId, (before) => {
          const kept = Object.entries(before).filter(([name]) => !remove.includes(name));
          return { ...Object.fromEntries(kept), ...values };
        });
        if (changed === null) fail('There is no row with this id in the draft.', 'row');
        await updateDataset(transaction, dataset.id, { fields });
        const position = await positionOf(transaction, dataset, rowId);
        return { id: rowId, position, values: changed ?? {} };
      }),
    removeRows: (projectId, id, rowIds) =>
      change(projectId, id, (transaction, dataset) => endRows(transaction, dataset, rowIds)),
    importFiles: async (projectId, id, received, options) => {
      const { ids, rows } = await toRows(files, projectId, received, options);
      try {
        const dataset = await change(projectId, id, (transaction, known) =>
          addTo(transaction, known, rows, options),
        );
        return { rows: rows.length, images: ids.length, dataset };
      } catch (error) {
        for (const fileId of ids) await files.remove(projectId, fileId);
        throw error;
      }
    },
    publish: (owner, id, note) =>
      change(owner.projectId, id, async (transaction, dataset) => {
        const rowCount = await countRows(transaction, dataset);
        if (rowCount === 0) throw empty();
        return await insertVersion(transaction, dataset, { rowCount, note, keyId: owner.keyId });
      }),
    restore: async (projectId, id, number) => {
      const { fields } = await version(await find(projectId, id), number);
      return await change(projectId, id, async (transaction, dataset) => {
        await restoreRows(transaction, dataset, number);
        return await updateDataset(transaction, dataset.id, { fields });
      });
    },
  };
}

async function addTo(
  transaction: DatasetsSql,
  dataset: Dataset,
  rows: readonly RowValues[],
  { kinds = {}, mode = 'append' }: AddOptions,
): Promise<Dataset> {
  const fields = addFields(dataset.fields, rows, kinds);
  await checkPictures(transaction, dataset, fields, rows);
  if (mode === 'replace') await endRows(transaction, dataset);
  if ((await countRows(transaction, dataset)) + rows.length > maxRows) throw tooMany();
  await insertRows(
    transaction,
    dataset,
    rows.map((values) => ({ id: newId('row'), values })),
  );
  return await updateDataset(transaction, dataset.id, { fields });
}

async function checkPictures(
  transaction: DatasetsSql,
  dataset: Dataset,
  fields: readonly DatasetField[],
  rows: readonly RowValues[],
): Promise<void> {
  const ids = listPictures(fields, rows);
  const found = ids.length === 0 ? new Set() : await findPictures(transaction, dataset.projectId, ids);
  const lost = ids.find((id) => !found.has(id));
  if (lost !== undefined) fail(`There is no picture '${lost}' in your project.`, 'rows');
}

/** Makes files of the pictures, and rows that name them. What fails leaves no file behind. */
async function toRows(
  files: Pick<Files, 'add' | 'remove'>,
  projectId: string,
  received: Received,
  options: ImportOptions,
): Promise<{ readonly ids: readonly string[]; readonly rows: readonly RowValues[] }> {
  const tableRows = received.tables.flatMap(readTable);
  const ids: string[] = [];
  try {
    const pictures = [];
    for (const picture of received.pictures) {
      const { id } = await files.add({ ...picture, ...toFile(projectId, picture.path) });
      ids.push(id);
      pictures.push({ path: picture.path, id });
    }
    const rows =
      received.tables.length === 0
        ? rowsOfPictures(pictures, options.imageField)
        : joinTables(tableRows, pictures);
    if (rows.length === 0) throw empty();
    return { ids, rows };
  } catch (error) {
    for (const id of ids) await files.remove(projectId, id);
    throw error;
  }
}

function toFile(projectId: string, path: string) {
  return { projectId, purpose: 'vision' as const, filename: path.slice(-200), lifetimeSeconds: null };
}

function empty(): PictorError {
  return new PictorError({ code: 'invalid_value', message: 'There are no rows.', param: 'rows' });
}

function tooMany(): PictorError {
  return new PictorError({
    code: 'invalid_value',
    message: `A dataset has ${maxRows} rows at most.`,
    param: 'rows',
  });
}

function fail(message: string, param: string): never {
  throw new PictorError({ code: 'not_found', message, param });
}
