import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import sharp from 'sharp';
import { type BufferPool, openBufferPool } from '../foundation/index.ts';
import type { Written } from './byte-protocol.ts';
import { openFactCache } from './cache-facts.ts';
import { checkDecodable, type Decodability, type DecodeLimits, inspectWhole } from './check-decodable.ts';
import { layOut } from './find-path.ts';
import { flattenFolders } from './flatten-folders.ts';
import { type ImageFacts, inspectImage } from './inspect-image.ts';
import { isMissing } from './is-missing.ts';
import { keepBlob, sizeOf } from './keep-blob.ts';
import { limitPut, type PutLimits } from './limit-put.ts';
import { noThumbnail, storeThumbnail } from './make-thumbnail.ts';
import { NotBase64Error, openByteWriter } from './open-byte-writer.ts';
import { openThumbnailQueue } from './queue-thumbnails.ts';
import { readBase64 } from './read-base64.ts';
import type { ByteRange } from './read-range.ts';
import { type FsyncMode, openSyncer } from './sync-files.ts';
import { openTurns } from './take-turns.ts';
import { watchQuiet } from './watch-quiet.ts';

/** Bytes that are on disk, by what they are. */
export type StoredBlob = {
  /** BLAKE3 of the bytes, 64 lower-case hex digits. */
  readonly hash: string;
  readonly byteCount: number;
};

export type StoredPicture = StoredBlob & ImageFacts;

/** A picture's bytes. Where they come as base64, that is read in their place, and decoded beside the main thread. */
export type PictureSource = AsyncIterable<Uint8Array> & { readonly base64?: AsyncIterable<Uint8Array> };

/**
 * Bytes on disk under the hash of what they are, each stored once. Who refers to them is not known here: whoever
 * keeps rows says when to remove. What is no hash is answered with a RangeError.
 */
export type ImageStore = {
  /** Where bytes lie on their way to the store. What is received there need not be copied. */
  readonly pool: BufferPool;
  /** Stores any bytes while they stream in; the whole is never in memory. Rethrows what `chunks` throws. */
  readonly put: (chunks: AsyncIterable<Uint8Array>, limits?: PutLimits) => Promise<StoredBlob>;
  /**
   * Stores an image. Null, and nothing is kept: the bytes are no image that can be decoded. `onBase64` sees the base64
   * while it arrives, where the bytes come as such.
   */
  readonly putImage: (
    source: PictureSource,
    onBase64?: (text: Uint8Array) => void,
  ) => Promise<StoredPicture | null>;
  /** Facts from the header of stored bytes. Null: they are no image, or not in the store. */
  readonly inspect: (hash: string) => Promise<ImageFacts | null>;
  /** Decodes stored bytes once to find out whether they are a whole image. */
  readonly checkDecodable: (hash: string, limits?: DecodeLimits) => Promise<Decodability>;
  /** The bytes, or a part of them. The stream fails with ENOENT when they are not in the store. */
  readonly read: (hash: string, range?: ByteRange) => ReadStream;
  /**
   * The bytes as base64, in ASCII chunks that can be joined, perhaps without the first ones: `fromByte` is a multiple
   * of 3. Fails with ENOENT when they are not in the store.
   */
  readonly readBase64: (hash: string, fromByte?: number) => AsyncIterable<Buffer>;
  /** How many bytes; null when they are not in the store. */
  readonly size: (hash: string) => Promise<number | null>;
  readonly has: (hash: string) => Promise<boolean>;
  /** Where the bytes lie, or would lie. */
  readonly pathOf: (hash: string) => string;
  /** Removes bytes and thumbnail. Nothing happens when they are not in the store. */
  readonly remove: (hash: string) => Promise<void>;
  /** The WebP thumbnail, made if it is missing. Throws a PictorError `not_found` when none can be made. */
  readonly thumbnail: (hash: string) => Promise<{ readonly path: string; readonly byteCount: number }>;
  /** Makes the thumbnail in the background; a failure shows when `thumbnail` is called. */
  readonly makeThumbnailLater: (hash: string) => void;
  /** Resolves when everything put so far is synced as the mode promises. Rejects when a sync failed. */
  readonly settled: () => Promise<void>;
  /** Ends background work. Nothing may be put afterwards. */
  readonly close: () => Promise<void>;
};

/** Facts of this many images are remembered. */
const rememberedFacts = 1024;

/**
 * Pictures that are decoded at the same time to find out whether they are whole. Each may take a hundred megabytes, and
 * one of the few threads that also read and write files.
 */
const decodesAtOnce = 2;

const defaultBufferBytes = 32 * 1024 * 1024;

/** Large enough that reading is not a matter of counting calls, small enough for many readers. */
const readChunkBytes = 256 * 1024;

/**
 * Opens the store under `dataDir/images`, and removes what an earlier process left unfinished there: one process owns
 * a data folder. `fsync` says when bytes are on the disk itself, see FsyncMode.
 */
export async function openStore(options: {
  readonly dataDir: string;
  readonly fsync: FsyncMode;
  /** Memory for bytes on their way to disk; whoever brings more waits. Default 32 MiB. */
  readonly bufferBytes?: number;
}): Promise<ImageStore> {
  const dataDir = resolve(options.dataDir);
  const layout = layOut(dataDir);
  await rm(layout.temporary, { recursive: true, force: true });
  await mkdir(layout.temporary, { recursive: true, mode: 0o700 });
  await flattenFolders(layout);
  // The library's cache is by path and keeps pixels; every picture here is opened once.
  sharp.cache(false);
  const syncer = openSyncer(options.fsync, dataDir);
  const facts = openFactCache(rememberedFacts);
  const inTurn = openTurns(decodesAtOnce);
  const quiet = watchQuiet();
  const thumbnails = openThumbnailQueue((hash) => storeThumbnail(layout, hash), quiet.isQuiet);
  const pool = openBufferPool(options.bufferBytes ?? defaultBufferBytes);
  const writer = openByteWriter(dataDir, pool);

  /** Gives a picture its place once it was looked at, so that nothing has to be taken back that others may have found there. */
  const keepPicture = async (written: Written): Promise<StoredPicture | null> => {
    const { hash, byteCount, path } = written;
    const found = written.facts ?? (await inspectWhole(path));
    if (found === null) {
      await rm(path, { force: true });
      return null;
    }
    facts.set(hash, found);
    if (written.isKept) await syncer.keep(path);
    else await keepBlob(layout, syncer, path, { hash, byteCount });
    return { hash, byteCount, ...found };
  };

  return {
    pool,
    put: async (chunks, limits = {}) =>
      await quiet.during(async () => {
        const source = { chunks, isBase64: false, isPicture: false, onChunk: limitPut(limits) };
        const { hash, byteCount, path } = await writer.write(source);
        await syncer.keep(path);
        return { hash, byteCount };
      }),
    putImage: async (chunks, onBase64 = () => {}) =>
      await quiet.during(async () => {
        const { base64 } = chunks;
        const source =
          base64 === undefined
            ? { chunks, isBase64: false, isPicture: true, onChunk: () => {} }
            : { chunks: base64, isBase64: true, isPicture: true, onChunk: onBase64 };
        try {
          return await keepPicture(await writer.write(source));
        } catch (error) {
          if (error instanceof NotBase64Error) return null;
          throw error;
        }
      }),
    inspect: async (hash) => {
      const known = facts.get(hash);
      if (known !== undefined) return known;
      const found = await inspectStored(layout.blob(hash));
      if (found !== undefined) facts.set(hash, found);
      return found ?? null;
    },
    checkDecodable: (hash, limits) => inTurn(() => checkDecodable(layout.blob(hash), limits)),
    read: (hash, range) => createReadStream(layout.blob(hash), { ...range, highWaterMark: readChunkBytes }),
    readBase64: (hash, fromByte) => readBase64(layout.blob(hash), fromByte),
    size: (hash) => sizeOf(layout.blob(hash)),
    has: async (hash) => (await sizeOf(layout.blob(hash))) !== null,
    pathOf: layout.blob,
    remove: async (hash) => {
      facts.forget(hash);
      await rm(layout.blob(hash), { force: true });
      await rm(layout.thumbnail(hash), { force: true });
    },
    thumbnail: async (hash) => {
      const path = layout.thumbnail(hash);
      // Nothing is in an empty file: the machine stopped before its bytes were written.
      const byteCount = (await sizeOf(path)) || (await thumbnails.makeNow(hash).then(() => sizeOf(path)));
      if (byteCount === null) throw noThumbnail();
      return { path, byteCount };
    },
    makeThumbnailLater: thumbnails.makeLater,
    settled: syncer.settled,
    close: async () => {
      await thumbnails.close();
      await writer.close();
      await syncer.close();
    },
  };
}

/** Undefined: not in the store, which may change. */
async function inspectStored(path: string): Promise<ImageFacts | null | undefined> {
  try {
    return await inspectImage(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
