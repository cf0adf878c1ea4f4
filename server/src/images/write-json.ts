import { Readable } from 'node:stream';
import { createdSecondsOf } from '../foundation/index.ts';
import type { ImageStore } from '../storage/index.ts';
import type { Answer } from './answer.ts';
import type { JobRun } from './job-run.ts';
import type { LiveImage } from './live-image.ts';
import { base64Length, freshBase64, type StoredImage } from './stored-image.ts';
import { toReport } from './to-answer.ts';

export type AnswerOptions = {
  /** False: nothing beside OpenAI's own fields. */
  readonly extensions: boolean;
  /** True when this answers a retry from the request that its caller had left. */
  readonly twin: boolean;
  /** An address that opens the image without a key, for an hour. */
  readonly linkTo: (image: StoredImage) => string;
};

/** An answer ready to be sent: its exact length, and its bytes, as a stream that never holds a whole image, or all where they are few. */
export type WrittenAnswer = { readonly byteCount: number; readonly body: Readable | Buffer };

type Piece = string | StoredImage;

/** Renders an answer as OpenAI's JSON. Base64 is read from the store while it is sent. */
export function writeJson(answer: Answer, store: ImageStore, options: AnswerOptions): WrittenAnswer {
  const pieces = toPieces(answer, options);
  const byteCount = pieces.reduce(
    (sum, piece) =>
      sum + (typeof piece === 'string' ? Buffer.byteLength(piece) : base64Length(piece.byteCount)),
    0,
  );
  const few = piecesInMemory(pieces);
  if (few !== null) return { byteCount, body: Buffer.concat(few) };
  return { byteCount, body: Readable.from(sendPieces(pieces, store), { objectMode: false }) };
}

/** Null: there is one that must be read from the store. */
function piecesInMemory(pieces: readonly Piece[]): Buffer[] | null {
  const parts: Buffer[] = [];
  for (const piece of pieces) {
    const part = typeof piece === 'string' ? Buffer.from(piece) : piece[freshBase64];
    if (part === undefined) return null;
    parts.push(part);
  }
  return parts;
}

/**
 * The same answer while its first picture arrives: what is known only behind the picture stands behind it. Throws where
 * the job fails, which cuts the answer off before its end: nobody takes half a picture for one.
 */
export async function* writeArriving(
  run: JobRun,
  image: LiveImage,
  store: ImageStore,
  options: AnswerOptions,
): AsyncGenerator<Uint8Array> {
  const id = options.extensions ? { id: answerId(run) } : {};
  const head = JSON.stringify({ created: createdSecondsOf(run.requestId), ...id });
  yield Buffer.from(`${head.slice(0, -1)},"data":[{"b64_json":"`);
  yield* image.read(store);
  const outcome = await run.done;
  if (outcome.status === 'failed') throw outcome.error;
  const { answer } = outcome;
  const [first, ...others] = answer.images;
  if (first === undefined || first.hash !== (await image.hash))
    throw new Error('The picture that was sent is not the first.');
  const { created: _created, id: _id, ...fields } = { id: '', ...answerFields(answer, options).fields };
  yield* sendPieces(
    [restOf(first), ...others.flatMap((other) => [',', ...toEntry(other, answer, options)])],
    store,
  );
  const tail = JSON.stringify({ ...fields, ...answerFields(answer, options).tail }).slice(1);
  yield Buffer.from(tail === '}' ? ']}' : `],${tail}`);
}

async function* sendPieces(pieces: readonly Piece[], store: ImageStore): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (typeof piece === 'string') yield Buffer.from(piece);
    else if (piece[freshBase64] !== undefined) yield piece[freshBase64];
    else yield* store.readBase64(piece.hash);
  }
}

/** JSON text with the images' places left open. */
function toPieces(answer: Answer, options: AnswerOptions): Piece[] {
  const { fields, tail } = answerFields(answer, options);
  const pieces: Piece[] = [`${JSON.stringify(fields).slice(0, -1)},"data":[`];
  answer.images.forEach((image, index) => {
    if (index > 0) pieces.push(',');
    pieces.push(...toEntry(image, answer, options));
  });
  const last = JSON.stringify(tail).slice(1);
  pieces.push(last === '}' ? ']}' : `],${last}`);
  return pieces;
}

function toEntry(image: StoredImage, answer: Answer, options: AnswerOptions): Piece[] {
  if (answer.responseFormat !== 'url') return ['{"b64_json":"', image, restOf(image)];
  return [JSON.stringify({ url: options.linkTo(image), ...revisedOf(image) })];
}

/** What stands behind the base64 of a picture, from the quote on. */
function restOf(image: StoredImage): string {
  const rest = JSON.stringify(revisedOf(image)).slice(1);
  return rest === '}' ? '"}' : `",${rest}`;
}

function revisedOf(image: StoredImage): { revised_prompt?: string } {
  return image.revisedPrompt === undefined ? {} : { revised_prompt: image.revisedPrompt };
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
