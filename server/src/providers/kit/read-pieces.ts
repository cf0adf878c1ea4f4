type BytesPiece = { readonly type: 'bytes'; readonly bytes: Uint8Array } | { readonly type: 'end' };

/** Pieces one by one, with a way to hand the bytes between a `start` and its `end` to somebody else. */
export type PieceReader<Other> = {
  /** The next piece that is no bytes; bytes that nobody read are passed over. Null: there are no more. */
  readonly next: () => Promise<Other | null>;
  /** Behind a `start`: its bytes, to be read once and before the next piece. Null: there are none. */
  readonly openBytes: () => Promise<AsyncIterable<Uint8Array> | null>;
};

/** Reads pieces from batches as they are needed, so that nothing piles up. Rethrows what `batches` throws. */
export function openPieces<Piece extends { readonly type: string }>(
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

  const takeBytes = async (): Promise<Uint8Array | null> => {
    const piece = await take();
    return piece !== null && isBytes(piece) && piece.type === 'bytes' ? piece.bytes : null;
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
      const first = await takeBytes();
      if (first === null) return null;
      return (async function* () {
        for (let bytes: Uint8Array | null = first; bytes !== null; bytes = await takeBytes()) yield bytes;
      })();
    },
  };
}

function isBytes(piece: { readonly type: string }): piece is BytesPiece {
  return piece.type === 'bytes' || piece.type === 'end';
}
