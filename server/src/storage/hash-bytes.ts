import { Blake3Hasher, blake3 } from '@napi-rs/blake-hash';

/** BLAKE3 of bytes that are in memory anyway, as 64 lower-case hex digits. */
export function hashBytes(bytes: Uint8Array): string {
  return blake3(bytes).toString('hex');
}

/** BLAKE3 of bytes that come piece by piece. */
export type StreamHasher = {
  readonly update: (bytes: Uint8Array) => void;
  /** The hash of everything so far, as 64 lower-case hex digits. */
  readonly digest: () => string;
};

export function openHasher(): StreamHasher {
  const hasher = new Blake3Hasher();
  return {
    update: (bytes) => {
      hasher.update(bytes);
    },
    digest: () => hasher.digestBuffer().toString('hex'),
  };
}
