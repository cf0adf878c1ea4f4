import type { Database, GroupWriter } from '../database/index.ts';

/** What this room needs of the database: reads go straight, writes go in groups. */
export type RequestsDatabase = { readonly database: Pick<Database, 'sql'>; readonly writer: GroupWriter };
