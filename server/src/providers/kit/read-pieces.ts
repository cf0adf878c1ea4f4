import type { ImageChunks } from '../../models/index.ts';
import { decodeBase64 } from './clean-base64.ts';
import { unreadable } from './scan-reply.ts';

type BytesPiece = { readonly type: 'base64'; readonly text: Uint8Array } | { readonly type: 'end' };

/** Pieces one by one, with a way to hand the bytes between a `start` and its `end` to somebody else. */
export type PieceReader<Other> = {
  /** The next piece that is no bytes; bytes that nobody read are passed over. Null: there are no more. */
  readonly next: () => Promise<Other | null>;
  /**
   * Behind a `start`: its bytes, to be read once and before the next piece, decoded or as the base64 that they come in.
   * Null: there are none.
   */
  readonly openBytes: () => Promise<ImageChunks | null>;
};

/**
 * Reads pieces from batches as they are needed, so that nothing piles up. Rethrows what `batches` throws; `provider` is
 * named where base64 is none.
 */
export function openPieces<Piece extends { readonly type: string }>(
  provider: string,
  batches: AsyncIterator<readonly (Piece | BytesPiece)[]>,
): PieceReader<Exclude<Piece, BytesPiece>> {
  let batch: readonly (Piece | BytesPiece)[] = [];
  let place = 0;

  const take = async (): Promise<Piece | BytesPiece | null> => {
    while (place >= batch.length) {
      const result = await batches.next();
      if (result.done === true) return null;
      batch = result.value;
      place = 0;
    }
    const piece = batch[place] ?? null;
    place += 1;
    return piece;
  };

  const takeText = async (): Promise<Uint8Array | null> => {
    const piece = await take();
    return piece !== null && isBytes(piece) && piece.type === 'base64' ? piece.text : null;
  };

  return {
    next: async () => {
      for (;;) {
        const piece = await take();
        if (piece === null) return null;
        if (!isBytes(piece)) return piece as Exclude<Piece, BytesPiece>;
      }
    },
    openBytes: async () => {
      const first = await takeText();
      if (first === null) return null;
      const base64 = (async function* () {
        for (let text: Uint8Array | null = first; text !== null; text = await takeText()) yield text;
      })();
      return Object.assign(decode(provider, base64), { base64 });
    },
  };
}

async function* decode(provider: string, base64: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* decodeBase64(base64);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw unreadable(provider, 'The service answered with base64 that cannot be decoded.', cause);
  }
}

function isBytes(piece: { readonly type: string }): piece is BytesPiece {
  return piece.type === 'base64' || piece.type === 'end';
}
