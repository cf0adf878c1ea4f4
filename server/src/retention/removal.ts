/** Rows of one kind, and the size of their bytes; what several rows share counts for each. */
export type Pile = { readonly count: number; readonly bytes: number };

/** What goes, or would go. */
export type Removal = {
  /** Pictures that came in and out, previews and masks too; those of requests that go as well. */
  readonly images: Pile;
  readonly requests: { readonly count: number };
  readonly files: Pile;
  /** What the disk gets back: bytes that no other row of any project needs, each once. */
  readonly freedBytes: number;
};

/** A whole project. */
export type ProjectRemoval = Removal & {
  readonly keys: { readonly count: number };
  readonly webhooks: { readonly count: number };
};
