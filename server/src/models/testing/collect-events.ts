import sharp from 'sharp';
import type { AppliedParameters, ImageEvent, ImageJob, ImageModel, LateFacts, Usage } from '../index.ts';

/** A picture that came, with its bytes read to their end. */
export type Collected = {
  readonly imageIndex: number;
  readonly bytes: Buffer;
  readonly declaredMediaType?: string;
  /** With what was told only at the end. */
  readonly applied: AppliedParameters;
  readonly revisedPrompt?: string;
};

export type CollectedRun = {
  /** In order. */
  readonly types: readonly ImageEvent['type'][];
  readonly started: Extract<ImageEvent, { type: 'started' }>;
  readonly images: readonly Collected[];
  readonly partials: readonly (Collected & { readonly partialIndex: number })[];
  readonly usage: Usage | null;
  readonly finished: Extract<ImageEvent, { type: 'finished' }>;
};

export const testRequestId = 'req_00000000000000000000000000000000';

/**
 * Runs a job as Pictor does: reads every picture to its end before it asks for the next event. Throws what the model
 * throws, and an Error where the events break the grammar.
 */
export async function collectEvents(
  model: ImageModel,
  job: ImageJob,
  signal: AbortSignal = new AbortController().signal,
): Promise<CollectedRun> {
  const types: ImageEvent['type'][] = [];
  const images: Collected[] = [];
  const partials: (Collected & { partialIndex: number })[] = [];
  let usage: Usage | null = null;
  let started: CollectedRun['started'] | undefined;
  let finished: CollectedRun['finished'] | undefined;
  for await (const event of model.run(job, { requestId: testRequestId, signal })) {
    checkPlace(event, types);
    types.push(event.type);
    switch (event.type) {
      case 'started':
        started = event;
        break;
      case 'image':
        images.push(await collectPicture(event));
        for await (const _ of event.original?.chunks ?? []);
        break;
      case 'partial':
        partials.push({ ...(await collectPicture(event)), partialIndex: event.partialIndex });
        break;
      case 'usage':
        usage = event.usage;
        break;
      case 'finished':
        finished = event;
        break;
      case 'progress':
      case 'text':
        break;
    }
  }
  if (started === undefined || finished === undefined) {
    throw new Error(`The events ended without '${started === undefined ? 'started' : 'finished'}'.`);
  }
  const late = finished.late ?? [];
  return { types, started, partials, usage, finished, images: images.map((image) => addLate(image, late)) };
}

function addLate(image: Collected, late: readonly LateFacts[]): Collected {
  const facts = late.find((each) => each.imageIndex === image.imageIndex);
  if (facts === undefined) return image;
  const revised = facts.revisedPrompt === undefined ? {} : { revisedPrompt: facts.revisedPrompt };
  return { ...image, ...revised, applied: { ...image.applied, ...facts.applied } };
}

/** `started ( progress | partial | image | text )* usage? finished`, and nothing behind it. */
function checkPlace(event: ImageEvent, before: readonly ImageEvent['type'][]): void {
  const fail = (rule: string): never => {
    throw new Error(`${rule}: ${[...before, event.type].join(' ')}`);
  };
  if ((event.type === 'started') !== (before.length === 0)) fail("'started' comes first and once");
  if (before.includes('finished')) fail("Nothing comes behind 'finished'");
  if (before.includes('usage') && event.type !== 'finished') fail("Only 'finished' comes behind 'usage'");
}

async function collectPicture(event: Extract<ImageEvent, { type: 'image' | 'partial' }>): Promise<Collected> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of event.bytes.chunks) chunks.push(chunk);
  const { declaredMediaType } = event.bytes;
  const revisedPrompt = event.type === 'image' ? event.revisedPrompt : undefined;
  return {
    imageIndex: event.imageIndex,
    bytes: Buffer.concat(chunks),
    applied: event.applied,
    ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
    ...(revisedPrompt === undefined ? {} : { revisedPrompt }),
  };
}

export type DecodedPicture = {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  /** True when a pixel can be seen through. */
  readonly seeThrough: boolean;
};

/** Decodes every pixel; rejects when the bytes are no whole picture. */
export async function decodePicture(bytes: Buffer): Promise<DecodedPicture> {
  const picture = sharp(bytes, { failOn: 'truncated' });
  const { format, width, height } = await picture.metadata();
  const { isOpaque } = await picture.stats();
  return { format, width, height, seeThrough: !isOpaque };
}
