/** One picture to be drawn, as it goes to the worker: plain data, bytes included. */
export type Commission = {
  readonly kind: 'generate' | 'edit' | 'vary';
  readonly prompt: string;
  /** Everything that tells this picture from another with the same prompt. */
  readonly seed: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly detail: number;
  readonly transparent: boolean;
  /** Lay the picture on white: it came with holes, and was asked to have none. */
  readonly flatten: boolean;
  readonly format: 'png' | 'jpeg' | 'webp';
  /** 1 to 100; jpeg and webp only. */
  readonly encodeQuality: number;
  /** 1: the finished picture. Less: how far it has come, for previews. */
  readonly finish: number;
  readonly images: readonly Uint8Array[];
  readonly mask: Uint8Array | null;
};

/** What came of it. */
export type Drawing = {
  readonly bytes: Uint8Array;
  /** A sentence that says what the picture shows. */
  readonly caption: string;
  /** True when no pixel lets anything through; generations are what their commission says. */
  readonly opaque: boolean;
};

/** How the worker answers. `input`: a picture that was sent cannot be read. */
export type WorkerAnswer =
  | { readonly drawing: Drawing }
  | { readonly failure: { readonly blame: 'input' | 'drawing'; readonly message: string } };
