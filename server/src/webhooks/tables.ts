import type { Database } from '../database/index.ts';

/** What this room needs of the database. */
export type WebhooksDatabase = Pick<Database, 'sql' | 'engine'>;
