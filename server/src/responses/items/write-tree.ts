import { Readable } from 'node:stream';
import type { ImageStore } from '../../storage/index.ts';
import type { PictureFacts } from './item.ts';

/** Stands in a JSON tree for the base64 of a stored picture. An own class: nothing that a caller sends can be one. */
export class PictureText {
  readonly picture: PictureFacts;
  /** True: as a data URL. */
  readonly asUrl: boolean;

  constructor(picture: PictureFacts, asUrl: boolean) {
    this.picture = picture;
    this.asUrl = asUrl;
  }
}

type Piece = string | PictureText;

export type WrittenTree = { readonly byteCount: number; readonly body: Readable };

/** A JSON tree ready to be sent: its exact length, and its bytes as a stream that never holds a whole picture. */
export function writeTree(tree: unknown, store: ImageStore): WrittenTree {
  const pieces = toPieces(tree);
  const byteCount = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
  return { byteCount, body: Readable.from(sendPieces(pieces, store), { objectMode: false }) };
}

/** The bytes of a JSON tree, piece by piece. */
export async function* streamTree(tree: unknown, store: ImageStore): AsyncGenerator<Uint8Array> {
  yield* sendPieces(toPieces(tree), store);
}

async function* sendPieces(pieces: readonly Piece[], store: ImageStore): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (typeof piece === 'string') yield Buffer.from(piece);
    else yield* store.readBase64(piece.picture.hash);
  }
}

/** JSON text with the pictures' places left open; neighbouring texts are one piece. */
function toPieces(tree: unknown): Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  const write = (value: unknown): void => {
    if (value instanceof PictureText) {
      pieces.push(`${text}"${value.asUrl ? `data:${value.picture.mediaType};base64,` : ''}`, value);
      text = '"';
    } else if (Array.isArray(value)) {
      text += '[';
      value.forEach((member, index) => {
        if (index > 0) text += ',';
        write(member);
      });
      text += ']';
    } else if (typeof value === 'object' && value !== null) {
      text += '{';
      let first = true;
      for (const [name, member] of Object.entries(value)) {
        if (member === undefined) continue;
        text += `${first ? '' : ','}${JSON.stringify(name)}:`;
        first = false;
        write(member);
      }
      text += '}';
    } else text += JSON.stringify(value) ?? 'null';
  };
  write(tree);
  return [...pieces, text];
}

function lengthOf(piece: Piece): number {
  return typeof piece === 'string' ? Buffer.byteLength(piece) : Math.ceil(piece.picture.byteCount / 3) * 4;
}
