export type { Decodability, DecodeLimits, ImageProblem } from './check-decodable.ts';
export { hashBytes } from './hash-bytes.ts';
export type { ImageFacts } from './inspect-image.ts';
export type { PutLimits } from './limit-put.ts';
export { type ImageStore, openStore, type StoredBlob, type StoredPicture } from './open-store.ts';
export { type ByteRange, readRange } from './read-range.ts';
export { type LinkSigner, type LinkVerdict, openLinkSigner } from './sign-links.ts';
export type { ImageMediaType } from './sniff-media-type.ts';
export type { FsyncMode } from './sync-files.ts';
