export { type Files, type FoundFile, openFiles } from './open-files.ts';
export { addFileRoutes, type FileRoutesParts } from './routes.ts';
export type { FilesDatabase } from './tables.ts';
