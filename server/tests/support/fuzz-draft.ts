import type { FuzzPicture } from './fuzz-pictures.ts';

/** What requests can be made of. */
export type FuzzMaterial = {
  readonly key: string;
  readonly sound: readonly [FuzzPicture, ...FuzzPicture[]];
  readonly hostile: readonly [FuzzPicture, ...FuzzPicture[]];
  /** Ids of things that exist. */
  readonly imageId: string;
  readonly requestId: string;
  readonly fileId: string;
};

/** A request before it becomes bytes. */
export type Draft = {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly label: string;
};
