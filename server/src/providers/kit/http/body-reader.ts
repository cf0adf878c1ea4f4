/** Finds the body in what follows the head. */
export type BodyReader = {
  /** The parts of the body in these bytes. Throws an HttpError. */
  readonly feed: (bytes: Uint8Array) => readonly Uint8Array[];
  /** True once all of it has come. */
  readonly isDone: () => boolean;
  /** Throws an HttpError where a connection that ends now cuts the body off. */
  readonly end: () => void;
};
