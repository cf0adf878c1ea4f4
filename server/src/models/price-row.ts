/** A dated price with its source. Money is integer nano-USD (1 USD = 1,000,000,000). */
export type PriceRow = {
  /** Stable id, kept with every ledger entry: `openai/gpt-image-1/2025-04-23`. */
  readonly id: string;
  /** Catalogue id of the model. */
  readonly model: string;
  /** Provider that bills it, or `*` for every provider of the model. */
  readonly provider: string;
  /** First day on which it holds, ISO date. */
  readonly from: string;
  /** Where the number was read, and when. */
  readonly source: string;
  readonly sourceDate: string;
  readonly price:
    | { readonly mode: 'free' }
    | {
        readonly mode: 'token';
        /** Nano-USD for one token; null: the vendor publishes no rate for this bucket. */
        readonly perToken: {
          readonly textIn: number | null;
          readonly textInCached: number | null;
          readonly imageIn: number | null;
          readonly imageInCached: number | null;
          readonly textOut: number | null;
          readonly imageOut: number | null;
        };
        /**
         * Buckets whose null means that the vendor counts such tokens and bills nothing for them. Any other
         * null is an unknown rate, and makes the cost of a call with tokens in that bucket unknown.
         */
        readonly unbilled?: readonly ('textIn' | 'imageIn' | 'textOut' | 'imageOut')[];
      }
    | {
        readonly mode: 'image';
        /** Nano-USD for one image; the first row that matches counts. Absent size or quality matches any. */
        readonly perImage: readonly {
          readonly size?: string;
          readonly quality?: string;
          readonly nanoUsd: number;
        }[];
      };
};
