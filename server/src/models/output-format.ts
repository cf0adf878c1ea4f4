/** Formats that a model may be asked for. `gif` and `svg` exist only on rows that pass them through. */
export type OutputFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'svg';
