import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { ImageInput, ImageJob, PixelSize } from '../../../server/src/models/index.ts';
import { provider, sketchRow } from '../../../server/src/providers/sketch/index.ts';

/** What a picture should show, and how. */
export type Wish = {
  readonly prompt: string;
  readonly seed: number;
  /** Default: 768 × 768. */
  readonly size?: PixelSize;
  readonly transparent?: boolean;
};

export type Studio = {
  /** Draws one picture as a PNG. */
  readonly draw: (wish: Wish) => Promise<Buffer>;
  /** Draws into a picture where the mask is clear. */
  readonly edit: (base: Buffer, mask: Buffer, wish: Wish) => Promise<Buffer>;
  /** Writes a file, and gives its path. */
  readonly keep: (bytes: Buffer, ending?: string) => Promise<string>;
  /** How many pictures were drawn. */
  readonly drawn: () => number;
  readonly close: () => Promise<void>;
};

const defaultSize: PixelSize = { width: 768, height: 768 };

/** The sketch engine, drawing for a bench into a folder. `firstSeed` is added to every seed: other pictures of the same wishes. */
export async function openStudio(folder: string, firstSeed: number): Promise<Studio> {
  const [open] = await provider.open({ variable: () => undefined, dataDir: folder, settings: undefined });
  if (open === undefined) throw new Error('The illustrator did not open.');
  let drawn = 0;
  let kept = 0;

  const run = async (job: ImageJob): Promise<Buffer> => {
    const endpoint = job.kind === 'edit' ? 'images.edits' : 'images.generations';
    const model = open.imageModel(sketchRow, endpoint);
    if (model === null) throw new Error('The illustrator does not draw its own model.');
    const parts: Uint8Array[] = [];
    for await (const event of model.run(job, { requestId: 'bench', signal: new AbortController().signal })) {
      if (event.type !== 'image') continue;
      for await (const part of event.bytes.chunks) parts.push(part);
    }
    drawn += 1;
    return Buffer.concat(parts);
  };
  const toJob = (wish: Wish): ImageJob => ({
    kind: 'generate',
    row: sketchRow,
    upstreamModel: sketchRow.id,
    prompt: wish.prompt,
    images: [],
    n: 1,
    partialImages: 0,
    passThrough: {},
    seed: wish.seed + firstSeed,
    size: wish.size ?? defaultSize,
    background: wish.transparent === true ? 'transparent' : 'opaque',
  });

  return {
    draw: (wish) => run(toJob(wish)),
    edit: async (base, mask, wish) =>
      run({ ...toJob(wish), kind: 'edit', images: [await toInput(base)], mask: await toInput(mask) }),
    keep: async (bytes, ending = 'png') => {
      kept += 1;
      const path = join(folder, `${kept}.${ending}`);
      await writeFile(path, bytes);
      return path;
    },
    drawn: () => drawn,
    close: open.close,
  };
}

async function toInput(bytes: Buffer): Promise<ImageInput> {
  const { width, height } = await sharp(bytes).metadata();
  return {
    mediaType: 'image/png',
    byteCount: bytes.length,
    width,
    height,
    hash: '0'.repeat(64),
    open: async function* () {
      yield bytes;
    },
  };
}
