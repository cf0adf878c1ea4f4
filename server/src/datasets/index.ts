export type { Dataset, DatasetRow, RowValues } from './dataset.ts';
export type { Datasets } from './datasets.ts';
export { openDatasets } from './open-datasets.ts';
export { addDatasetRoutes } from './routes.ts';
export { toPictureFields, toPictureView } from './to-views.ts';
