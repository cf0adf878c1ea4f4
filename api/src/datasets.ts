import { z } from 'zod';
import { requestFilterGroup } from './request-filters.ts';

/** What a field of a dataset holds. `image` and `mask`: ids of pictures, one or a list: `file-…` or `img_…`. */
export const datasetFieldKind = z.enum(['variable', 'image', 'mask', 'expected']);
export type DatasetFieldKind = z.infer<typeof datasetFieldKind>;

/** Name of a field or a column: what stands in `{braces}`. */
export const fieldName = z
  .string()
  .regex(
    /^[\p{L}\p{N}_](?:[\p{L}\p{N}_ -]{0,62}[\p{L}\p{N}_-])?$/u,
    'a name has 1 to 64 letters, digits, _, - and spaces',
  );

export const datasetField = z.strictObject({ name: fieldName, kind: datasetFieldKind });
export type DatasetField = z.infer<typeof datasetField>;

/** Values by field. Any JSON for variables and expected values, ids for pictures; never bytes. */
export const datasetValues = z.record(fieldName, z.unknown());

/** Body of POST /api/datasets. */
export const newDataset = z.strictObject({
  name: z.string().trim().min(1).max(200),
  description: z.string().max(2_000).optional(),
  /** Default: those that rows bring. */
  fields: z.array(datasetField).max(100).optional(),
});

/** Body of PATCH /api/datasets/{id}. A field that is left out goes, with its values in the draft. */
export const datasetChange = newDataset.partial();

/** Body of POST /api/datasets/{id}/rows: they are added behind those of the draft. */
export const newDatasetRows = z.strictObject({
  rows: z
    .array(z.strictObject({ values: datasetValues }))
    .min(1)
    .max(1_000),
});

/** Body of PATCH /api/datasets/{id}/rows/{row}. Fields that are not named stay as they are. */
export const datasetRowChange = z.strictObject({
  values: datasetValues.optional(),
  /** Fields that have no value any more. */
  remove: z.array(fieldName).optional(),
});

/** Body of POST /api/datasets/{id}/rows/delete. */
export const datasetRowsDeletion = z.strictObject({ ids: z.array(z.string()).min(1).max(1_000) });

/** Body of POST /api/datasets/{id}/versions. */
export const newDatasetVersion = z.strictObject({ note: z.string().max(1_000).optional() });

/** Body of POST /api/datasets/{id}/import-requests: rows from requests that were made. */
export const datasetRequestsImport = z.strictObject({
  q: z.string().max(1_000).optional(),
  filter_group: requestFilterGroup.optional(),
  /** How many, newest first. Default: 100. */
  limit: z.int().min(1).max(1_000).optional(),
});

/** A picture by its id, and where its bytes are. */
export const pictureReference = z.looseObject({
  id: z.string(),
  url: z.string(),
  thumbnail_url: z.string(),
});
export type PictureReference = z.infer<typeof pictureReference>;

export const datasetRow = z.looseObject({
  /** Stays the same through versions, whatever its values. */
  id: z.string(),
  object: z.literal('dataset.row'),
  /** From 0. */
  position: z.int(),
  values: z.record(z.string(), z.unknown()),
  /** The pictures of image and mask fields. */
  images: z.record(z.string(), z.array(pictureReference)),
});

/** A page of rows, and how many there are in all. */
export const datasetRowPage = z.looseObject({
  object: z.literal('list'),
  data: z.array(datasetRow),
  total: z.int(),
  offset: z.int(),
});

export const datasetVersion = z.looseObject({
  object: z.literal('dataset.version'),
  version: z.int(),
  rows: z.int(),
  fields: z.array(datasetField),
  note: z.string().nullable(),
  /** Unix seconds. */
  created_at: z.int(),
});

export const dataset = z.looseObject({
  id: z.string(),
  object: z.literal('dataset'),
  /** Within the project. */
  number: z.int(),
  name: z.string(),
  description: z.string().nullable(),
  /** Of the draft. */
  fields: z.array(datasetField),
  /** 0: nothing is published yet. */
  latest_version: z.int(),
  draft: z.looseObject({
    rows: z.int(),
    /** True: it differs from the newest version. */
    changed: z.boolean(),
  }),
  created_at: z.int(),
  updated_at: z.int(),
});

export const datasetList = z.looseObject({ object: z.literal('list'), data: z.array(dataset) });
export const datasetVersionList = z.looseObject({
  object: z.literal('list'),
  data: z.array(datasetVersion),
});

/** What came in. Either all of it did, or nothing. */
export const datasetImport = z.looseObject({
  object: z.literal('dataset.import'),
  rows: z.int(),
  /** Pictures that were stored as files of the project. */
  images: z.int(),
  fields: z.array(datasetField),
});

export type NewDataset = z.input<typeof newDataset>;
export type DatasetChange = z.input<typeof datasetChange>;
export type NewDatasetRows = z.input<typeof newDatasetRows>;
export type DatasetRowChange = z.input<typeof datasetRowChange>;
export type DatasetRequestsImport = z.input<typeof datasetRequestsImport>;
export type Dataset = z.infer<typeof dataset>;
export type DatasetList = z.infer<typeof datasetList>;
export type DatasetRow = z.infer<typeof datasetRow>;
export type DatasetRowPage = z.infer<typeof datasetRowPage>;
export type DatasetVersion = z.infer<typeof datasetVersion>;
export type DatasetVersionList = z.infer<typeof datasetVersionList>;
export type DatasetImport = z.infer<typeof datasetImport>;
