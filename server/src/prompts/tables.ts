import type { Database } from '../database/index.ts';

/** What this room needs of the database. */
export type PromptsDatabase = Pick<Database, 'sql'>;

/** Statements alone, or those of a transaction. */
export type PromptsSql = Database['sql'];
