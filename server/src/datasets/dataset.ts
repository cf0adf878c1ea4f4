import type { DatasetField } from '@pictor/api';

/** A name, fields, and rows in versions. The draft is the version behind the newest. */
export type Dataset = {
  readonly id: string;
  /** Within the project. */
  readonly number: number;
  readonly projectId: string;
  readonly name: string;
  readonly description: string | null;
  /** Of the draft. */
  readonly fields: readonly DatasetField[];
  /** 0: nothing is published. */
  readonly latestVersion: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** What the draft is at the moment. */
export type DraftState = { readonly rows: number; readonly isChanged: boolean };

export type DatasetVersion = {
  readonly version: number;
  readonly rowCount: number;
  readonly fields: readonly DatasetField[];
  readonly note: string | null;
  readonly createdAt: Date;
};

export type RowValues = Readonly<Record<string, unknown>>;

export type DatasetRow = {
  /** Stays the same through versions. */
  readonly id: string;
  /** From 0, in the version that was asked for. */
  readonly position: number;
  readonly values: RowValues;
};
