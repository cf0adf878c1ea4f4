/** What the main thread asks of the worker that owns the embedded engine. */
export type WorkerRequest =
  | {
      readonly id: number;
      readonly type: 'query';
      readonly sql: string;
      readonly parameters: readonly unknown[];
    }
  | { readonly id: number; readonly type: 'close' };

/** What the worker answers. `ready` comes once, before anything else. */
export type WorkerReply =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string }
  | {
      readonly type: 'rows';
      readonly id: number;
      readonly rows: unknown[];
      readonly affected: number | undefined;
    }
  | {
      readonly type: 'error';
      readonly id: number;
      readonly message: string;
      readonly code: string | undefined;
    };
