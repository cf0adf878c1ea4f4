import type { DatasetField } from '@pictor/api';
import type { Dataset, DatasetRow, DatasetVersion, DraftState, RowValues } from './dataset.ts';
import type { DatasetChange } from './dataset-queries.ts';
import type { Kinds } from './fit-rows.ts';
import type { Received } from './import/receive-files.ts';
import type { RowPage } from './row-queries.ts';

export type NewDataset = {
  readonly name: string;
  readonly description?: string | undefined;
  readonly fields?: readonly DatasetField[] | undefined;
};

/** How files become rows. */
export type ImportOptions = {
  readonly imageField: string;
  readonly kinds: Kinds;
  readonly mode: 'append' | 'replace';
};

export type Imported = { readonly rows: number; readonly images: number; readonly dataset: Dataset };

/** The rows of a version, and its fields. */
export type VersionRows = {
  readonly rows: readonly DatasetRow[];
  readonly total: number;
  readonly fields: readonly DatasetField[];
};

/** Datasets of a project. Everything throws `database_unavailable`; what names one throws `not_found`. */
export type Datasets = {
  readonly list: (projectId: string) => Promise<readonly Dataset[]>;
  /** By id, name or number. */
  readonly find: (projectId: string, name: string | number) => Promise<Dataset>;
  readonly draft: (dataset: Dataset) => Promise<DraftState>;
  /** Throws `already_exists`. */
  readonly create: (projectId: string, wanted: NewDataset) => Promise<Dataset>;
  /** Throws `already_exists`. */
  readonly update: (projectId: string, id: string, change: DatasetChange) => Promise<Dataset>;
  /** Throws `dataset_in_use`. */
  readonly remove: (projectId: string, id: string) => Promise<void>;
  /** Without a version those of the draft. */
  readonly rows: (dataset: Dataset, version: number | null, page: RowPage) => Promise<VersionRows>;
  /** Adds rows to the draft, all or none. Throws `invalid_value` and `not_found` for pictures. */
  readonly addRows: (
    projectId: string,
    id: string,
    rows: readonly RowValues[],
    options?: { readonly kinds?: Kinds; readonly mode?: ImportOptions['mode'] },
  ) => Promise<Dataset>;
  readonly changeRow: (
    projectId: string,
    id: string,
    rowId: string,
    change: { readonly values: RowValues; readonly remove: readonly string[] },
  ) => Promise<DatasetRow>;
  readonly removeRows: (projectId: string, id: string, rowIds: readonly string[]) => Promise<void>;
  /** Makes rows of files that came in, which become files of the project. */
  readonly importFiles: (
    projectId: string,
    id: string,
    received: Received,
    options: ImportOptions,
  ) => Promise<Imported>;
  readonly publish: (
    owner: { readonly projectId: string; readonly keyId: string },
    id: string,
    note: string | null,
  ) => Promise<DatasetVersion>;
  readonly versions: (dataset: Dataset) => Promise<readonly DatasetVersion[]>;
  readonly version: (dataset: Dataset, version: number) => Promise<DatasetVersion>;
  readonly restore: (projectId: string, id: string, version: number) => Promise<Dataset>;
};
