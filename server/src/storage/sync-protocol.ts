export type SyncStart = {
  /** Bounds how far up folders are synced. */
  readonly root: string;
};

export type SyncQuestion = { readonly id: number; readonly paths: readonly string[] };

export type SyncAnswer = {
  readonly id: number;
  /** Null: all of it is on the disk. */
  readonly failure: { readonly message: string; readonly code?: string } | null;
};
