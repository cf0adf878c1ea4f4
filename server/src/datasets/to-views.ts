import type { DatasetField } from '@pictor/api';
import type { Dataset, DatasetRow, DatasetVersion, DraftState } from './dataset.ts';
import { picturesOf } from './fit-rows.ts';

export function toDatasetView(dataset: Dataset, draft: DraftState) {
  return {
    id: dataset.id,
    object: 'dataset',
    number: dataset.number,
    name: dataset.name,
    description: dataset.description,
    fields: dataset.fields,
    latest_version: dataset.latestVersion,
    draft: { rows: draft.rows, changed: draft.isChanged },
    created_at: toSeconds(dataset.createdAt),
    updated_at: toSeconds(dataset.updatedAt),
  };
}

export function toVersionView(version: DatasetVersion) {
  return {
    object: 'dataset.version',
    version: version.version,
    rows: version.rowCount,
    fields: version.fields,
    note: version.note,
    created_at: toSeconds(version.createdAt),
  };
}

export function toRowView(row: DatasetRow, fields: readonly DatasetField[]) {
  return {
    id: row.id,
    object: 'dataset.row',
    position: row.position,
    values: row.values,
    images: toPictureFields(fields, row.values),
  };
}

/** The pictures of a row's image and mask fields, with their addresses. */
export function toPictureFields(fields: readonly DatasetField[], values: DatasetRow['values']) {
  return Object.fromEntries(
    Object.entries(picturesOf(fields, values)).map(([name, ids]) => [name, ids.map(toPictureView)]),
  );
}

/** Where the bytes of an image or a file are. */
export function toPictureView(id: string) {
  const base = id.startsWith('file-') ? `/v1/files/${id}` : `/images/${id}`;
  return {
    id,
    url: id.startsWith('file-') ? `${base}/content` : base,
    thumbnail_url: `${base}/thumbnail`,
  };
}

function toSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
