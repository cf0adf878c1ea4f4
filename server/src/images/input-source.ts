/** Where a picture of a request is to be found, before anything of it is checked. */
export type InputSource = {
  /** How errors name it: `image`, `images[1].image_url`, `mask`. */
  readonly param: string;
  readonly from: /** Came as a file of a form; its bytes are in the store. */
    | { readonly type: 'upload'; readonly hash: string; readonly byteCount: number }
    /** A data URL, or bare base64. */
    | { readonly type: 'data'; readonly text: string }
    | { readonly type: 'url'; readonly url: string }
    | { readonly type: 'file'; readonly fileId: string };
};

/** What a body said: plain parameters, and pictures apart from them. */
export type ReadBody = {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly images: readonly InputSource[];
  readonly mask?: InputSource;
};
