import type { Database } from '../database/index.ts';

/** What this room needs of the database: statements alone, or those of a transaction. */
export type EvaluationsSql = Database['sql'];
