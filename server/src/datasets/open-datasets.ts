import { askDatabase, type Database } from '../database/index.ts';
import type { Files } from '../files/index.ts';
import { newId, PictorError } from '../foundation/index.ts';
import type { RowValues } from './dataset.ts';
import {
  deleteDataset,
  findDataset,
  findVersion,
  insertDataset,
  listDatasets,
  listVersions,
  updateDataset,
} from './dataset-queries.ts';
import type { Datasets } from './datasets.ts';
import { checkFields } from './fit-rows.ts';
import { openChange, openDrafts } from './open-drafts.ts';
import { countRows, listRows, readDraft } from './row-queries.ts';

export function openDatasets(parts: {
  readonly database: Pick<Database, 'sql'>;
  readonly files: Pick<Files, 'add' | 'remove'>;
}): Datasets {
  const { sql } = parts.database;

  const find: Datasets['find'] = async (projectId, name) =>
    (await askDatabase(findDataset(sql, projectId, name))) ??
    fail(`There is no dataset '${String(name).slice(0, 100)}' in your project.`, 'dataset');
  const version: Datasets['version'] = async (dataset, number) =>
    (await askDatabase(findVersion(sql, dataset.id, number))) ??
    fail(`The dataset '${dataset.name}' has no version ${number}.`, 'version');
  const change = openChange(sql, find);
  const checkName = async (projectId: string, name: string, ownId: string | null): Promise<void> => {
    const other = await askDatabase(findDataset(sql, projectId, name));
    if (other !== null && other.name === name && other.id !== ownId) throw taken(name);
  };
  return {
    ...openDrafts({ ...parts, find, version, change }),
    list: (projectId) => askDatabase(listDatasets(sql, projectId)),
    find,
    version,
    draft: async (dataset) => {
      const draft = await askDatabase(readDraft(sql, dataset));
      const newest =
        dataset.latestVersion === 0
          ? null
          : await askDatabase(findVersion(sql, dataset.id, dataset.latestVersion));
      const hasOtherFields =
        newest !== null && JSON.stringify(newest.fields) !== JSON.stringify(dataset.fields);
      return { ...draft, isChanged: draft.isChanged || hasOtherFields };
    },
    create: async (projectId, wanted) => {
      checkFields(wanted.fields ?? []);
      const made = await askDatabase(
        insertDataset(sql, {
          id: newId('dset'),
          projectId,
          name: wanted.name,
          description: wanted.description ?? null,
          fields: wanted.fields ?? [],
          createdAt: new Date(),
        }),
      );
      if (made === null) throw taken(wanted.name);
      return made;
    },
    update: async (projectId, id, wanted) => {
      checkFields(wanted.fields ?? []);
      const known = await find(projectId, id);
      if (wanted.name !== undefined) await checkName(projectId, wanted.name, known.id);
      return await change(projectId, known.id, (transaction, dataset) =>
        updateDataset(transaction, dataset.id, wanted),
      );
    },
    remove: async (projectId, id) => {
      const isGone = await change(projectId, id, (transaction, dataset) =>
        deleteDataset(transaction, dataset.id),
      );
      if (!isGone) throw inUse();
    },
    rows: async (dataset, number, page) => {
      const fields = number === null ? dataset.fields : (await version(dataset, number)).fields;
      const [rows, total] = await askDatabase(
        Promise.all([listRows(sql, dataset, number, page), countRows(sql, dataset, number)]),
      );
      const names = new Set(fields.map(({ name }) => name));
      return { rows: rows.map((row) => ({ ...row, values: only(row.values, names) })), total, fields };
    },
    versions: (dataset) => askDatabase(listVersions(sql, dataset.id)),
  };
}

function only(values: RowValues, names: ReadonlySet<string>): RowValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

function taken(name: string): PictorError {
  return new PictorError({
    code: 'already_exists',
    message: `There is a dataset '${name}' already: choose another name.`,
    param: 'name',
  });
}

function inUse(): PictorError {
  return new PictorError({
    code: 'dataset_in_use',
    message: 'Evaluations use this dataset: delete them first.',
    param: 'id',
  });
}

function fail(message: string, param: string): never {
  throw new PictorError({ code: 'not_found', message, param });
}
