import type { ImageInput, ImageJob, Replay, Turn, TurnPart } from '../../../models/index.ts';
import type { Base64Source } from '../write-base64-body.ts';

/** Pictures as the wire has them: the type of the bytes, and the bytes as base64. */
export type ToData = (source: Base64Source) => string;

export type WirePart = Readonly<Record<string, unknown>>;
export type Content = { readonly role: 'user' | 'model'; readonly parts: WirePart[] };

/** A mask in words and pictures, for a model that has none. */
export type MaskGuide = {
  /** In place of the first picture; null: as it was sent. */
  readonly base: Buffer | null;
  readonly guide: Buffer;
};

/** What a model with an emulated mask is told. Where the guide stands is counted from 1. */
function guideSentence(place: number): string {
  return `Picture ${place} is a mask for picture 1 and has the same size: edit picture 1 only where the mask is white. Everything that is black there must stay exactly as it is in picture 1, at the same place. Answer with the whole of picture 1, in its own framing, and never draw the mask itself.`;
}

/** The earlier turns, and the prompt with its pictures in order. */
export function toContents(job: ImageJob, guide: MaskGuide | null, toData: ToData): readonly Content[] {
  const pictures = job.images.map((image, index) =>
    index === 0 && guide !== null && guide.base !== null
      ? pngPart(guide.base, toData)
      : toPart(image, toData),
  );
  const mask =
    guide === null ? [] : [pngPart(guide.guide, toData), { text: guideSentence(job.images.length + 1) }];
  const asked: Content = { role: 'user', parts: [{ text: job.prompt }, ...pictures, ...mask] };
  const earlier = (job.history ?? []).flatMap((turn) => toTurn(turn, toData));
  return join([...earlier, asked]);
}

/**
 * A turn of the model goes back as it came: its own bytes and its signatures, without which the service refuses it.
 * What has none was made elsewhere, and is shown as a user would show it.
 */
function toTurn(turn: Turn, toData: ToData): Content[] {
  if (turn.role === 'user') return turn.parts.map((part) => toContent('user', part, toData));
  let isSigned = false;
  return turn.parts.map((part): Content => {
    const signature = readSignature(part.type === 'text' ? part.replay : part.image.replay);
    isSigned ||= signature !== null;
    // Text behind a signed part belongs to it, and has no signature of its own.
    const isOwn = signature !== null || (part.type === 'text' && isSigned);
    if (!isOwn) return toContent('user', part, toData);
    const signed = signature === null ? {} : { thoughtSignature: signature };
    if (part.type === 'text') return { role: 'model', parts: [{ text: part.text, ...signed }] };
    const { image } = part;
    return { role: 'model', parts: [{ ...toPart(image.original ?? image, toData), ...signed }] };
  });
}

function toContent(role: Content['role'], part: TurnPart, toData: ToData): Content {
  return { role, parts: [part.type === 'text' ? { text: part.text } : toPart(part.image, toData)] };
}

function toPart(image: Pick<ImageInput, 'mediaType' | 'byteCount' | 'open'>, toData: ToData): WirePart {
  return { inlineData: { mimeType: image.mediaType, data: toData(image) } };
}

function pngPart(bytes: Buffer, toData: ToData): WirePart {
  const open = async function* () {
    yield bytes;
  };
  return { inlineData: { mimeType: 'image/png', data: toData({ byteCount: bytes.length, open }) } };
}

function readSignature(replay: Replay | undefined): string | null {
  const signature = replay?.provider === replayProvider ? replay.data.thoughtSignature : undefined;
  return typeof signature === 'string' ? signature : null;
}

/** Under which name signatures are kept: the Gemini API and Vertex AI read each other's. */
export const replayProvider = 'google';

/** Neighbours of one role are one content. */
function join(contents: readonly Content[]): readonly Content[] {
  const joined: Content[] = [];
  for (const content of contents) {
    const last = joined.at(-1);
    if (last?.role === content.role) last.parts.push(...content.parts);
    else joined.push({ role: content.role, parts: [...content.parts] });
  }
  return joined;
}
