import { Readable } from 'node:stream';
import type { ImageStore } from '../storage/index.ts';
import type { Answer } from './answer.ts';
import type { StoredImage } from './stored-image.ts';
import { toReport } from './to-answer.ts';

export type AnswerOptions = {
  /** False: nothing beside OpenAI's own fields. */
  readonly extensions: boolean;
  /** True when this answers a retry from the request that its caller had left. */
  readonly twin: boolean;
  /** An address that opens the image without a key, for an hour. */
  readonly linkTo: (image: StoredImage) => string;
};

/** An answer ready to be sent: its exact length, and its bytes as a stream that never holds a whole image. */
export type WrittenAnswer = { readonly byteCount: number; readonly body: Readable };

type Piece = string | StoredImage;

/** Renders an answer as OpenAI's JSON. Base64 is read from the store while it is sent. */
export function writeJson(answer: Answer, store: ImageStore, options: AnswerOptions): WrittenAnswer {
  const pieces = toPieces(answer, options);
  const byteCount = pieces.reduce(
    (sum, piece) =>
      sum + (typeof piece === 'string' ? Buffer.byteLength(piece) : base64Length(piece.byteCount)),
    0,
  );
  return { byteCount, body: Readable.from(sendPieces(pieces, store), { objectMode: false }) };
}

async function* sendPieces(pieces: readonly Piece[], store: ImageStore): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (typeof piece === 'string') yield Buffer.from(piece);
    else yield* store.readBase64(piece.hash);
  }
}

/** JSON text with the images' places left open. */
function toPieces(answer: Answer, options: AnswerOptions): Piece[] {
  const { fields, tail } = answerFields(answer, options);
  const pieces: Piece[] = [`${JSON.stringify(fields).slice(0, -1)},"data":[`];
  answer.images.forEach((image, index) => {
    if (index > 0) pieces.push(',');
    const revised = image.revisedPrompt === undefined ? {} : { revised_prompt: image.revisedPrompt };
    if (answer.responseFormat === 'url') {
      pieces.push(JSON.stringify({ url: options.linkTo(image), ...revised }));
    } else {
      const rest = JSON.stringify(revised).slice(1);
      pieces.push('{"b64_json":"', image, rest === '}' ? '"}' : `",${rest}`);
    }
  });
  const last = JSON.stringify(tail).slice(1);
  pieces.push(last === '}' ? ']}' : `],${last}`);
  return pieces;
}

/** Everything but `data`: what stands before it, and what stands after. */
function answerFields(answer: Answer, options: Pick<AnswerOptions, 'extensions' | 'twin'>) {
  return {
    fields: {
      created: answer.createdSeconds,
      ...(options.extensions ? { id: answerId(answer) } : {}),
      ...outputFields(answer),
    },
    tail: {
      ...(options.extensions ? partsFields(answer) : {}),
      ...(answer.usage === null ? {} : { usage: answer.usage }),
      ...(options.extensions ? { pictor: toReport(answer, options.twin) } : {}),
    },
  };
}

/** The gateway spelling of the request's id: the same digits behind `img-`. */
export function answerId(answer: Pick<Answer, 'requestId'>): string {
  return answer.requestId.replace(/^req_/, 'img-');
}

/** The values really used, under the wire's names. Members that the model does not have are absent. */
function outputFields(answer: Answer): Record<string, string> {
  const { applied, parts } = answer;
  return {
    ...(applied.background === undefined || parts !== null ? {} : { background: applied.background }),
    ...(applied.outputFormat === undefined ? {} : { output_format: applied.outputFormat }),
    ...(applied.quality === undefined || parts !== null ? {} : { quality: applied.quality }),
    ...(applied.size === undefined || parts !== null
      ? {}
      : { size: `${applied.size.width}x${applied.size.height}` }),
  };
}

/** What models that write say beside their pictures. No `text` where they wrote none. */
export function partsFields(answer: Pick<Answer, 'parts'>): Record<string, unknown> {
  if (answer.parts === null) return {};
  const texts = answer.parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return { ...(texts.length === 0 ? {} : { text: texts.join('\n') }), parts: answer.parts };
}

function base64Length(byteCount: number): number {
  return Math.ceil(byteCount / 3) * 4;
}
