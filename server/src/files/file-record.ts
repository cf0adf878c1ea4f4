/** What a caller may upload a file for. Pictor reads pictures from any of them. */
export const purposes = ['assistants', 'batch', 'fine-tune', 'vision', 'user_data', 'evals'] as const;

export type Purpose = (typeof purposes)[number];

/** One uploaded file. Its bytes are in the store under `hash`, possibly for others as well. */
export type FileRecord = {
  readonly id: string;
  readonly projectId: string;
  readonly purpose: string;
  /** As the caller named it, without folders and control characters. */
  readonly filename: string;
  readonly byteCount: number;
  /** From the bytes where they are a picture, else as declared. */
  readonly mediaType: string;
  readonly hash: string;
  readonly createdAt: Date;
  /** From this moment on it is gone. Null: never. */
  readonly expiresAt: Date | null;
};

/** Where a list of files begins and how it runs. */
export type FilesQuery = {
  readonly limit: number;
  readonly order: 'asc' | 'desc';
  /** Id of the last file of the page before. */
  readonly after?: string;
  readonly purpose?: string;
};

export type FilesPage = { readonly data: readonly FileRecord[]; readonly hasMore: boolean };
