/**
 * Tokens of one call, by what they were. A field that the provider did not report is null: unknown is never 0.
 * Image output tokens include those of partial images where the provider counts them there.
 */
export type Usage = {
  readonly textIn: number | null;
  /** The part of `textIn` that was billed as cached. */
  readonly textInCached: number | null;
  readonly imageIn: number | null;
  readonly imageInCached: number | null;
  /** Text and hidden reasoning together; both are billed at the text rate. */
  readonly textOut: number | null;
  readonly imageOut: number | null;
  /** `provider`: reported by the service. `formula`: computed here from the documented token formula. */
  readonly source: 'provider' | 'formula';
};
