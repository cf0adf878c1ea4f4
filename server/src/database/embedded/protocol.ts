/** What the main thread asks of the worker. Answers come in the order of the questions. */
export type Question =
  | ({ readonly type: 'query'; readonly id: number } & BoundStatement)
  /** Statements of one transaction, begun and committed around them. The answer has no rows. */
  | { readonly type: 'together'; readonly id: number; readonly statements: readonly BoundStatement[] }
  /** Any number of statements without parameters. The answer has the rows of all of them. */
  | { readonly type: 'script'; readonly id: number; readonly sql: string }
  | { readonly type: 'close'; readonly id: number };

/** `$1` in the text is the first of the parameters. */
export type BoundStatement = { readonly sql: string; readonly parameters: readonly unknown[] };

/** What the worker needs to begin. */
export type WorkerStart = {
  /** Folder of PostgreSQL's own files. */
  readonly folder: string;
  /** Whether commits wait until the disk has them. Off: a power cut may lose or damage the database. */
  readonly fsync: boolean;
};

export type Answer =
  | { readonly type: 'ready' }
  | { readonly type: 'rows'; readonly id: number; readonly result: StatementResult }
  | { readonly type: 'error'; readonly id: number; readonly error: StatementError }
  | { readonly type: 'closed'; readonly id: number }
  /** The engine can answer nothing any more; the worker ends after this. */
  | { readonly type: 'dead'; readonly reason: string };

export type StatementResult = {
  readonly rows: readonly Record<string, unknown>[];
  /** Rows written; for statements that write. */
  readonly affectedRows: number;
  /** The command as PostgreSQL reports it: `INSERT`, `COMMIT`, … */
  readonly command: string;
};

/** What PostgreSQL says about a failed statement, in the names that `pg` gives its errors too. */
export type StatementError = {
  readonly message: string;
  /** SQLSTATE. */
  readonly code?: string;
  readonly severity?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
};
