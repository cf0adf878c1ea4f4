import type { Database } from '../database/index.ts';

/** What this room needs of the database. */
export type FilesDatabase = { readonly database: Pick<Database, 'sql'> };
