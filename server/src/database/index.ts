export { cleanJson, cleanText } from './clean-text.ts';
export { DatabaseError, isDatabaseUnavailable } from './database-error.ts';
export { askDatabase, explainDatabase } from './explain-database.ts';
export { type Batch, openBatch } from './open-batch.ts';
export { type Database, openDatabase, type Transaction } from './open-database.ts';
export { type GroupWriter, openGroupWriter } from './open-group-writer.ts';
export { runSql } from './run-sql.ts';
export type { AttemptFacts, Row, Tables } from './schema.ts';
export { takeNumber } from './take-number.ts';
