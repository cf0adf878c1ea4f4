import type { Endpoint, ImageInput, ImageJob, InputRule, JobKind, ModelRow, PixelSize } from '../index.ts';
import { sampleInput, sampleMask } from './sample-inputs.ts';

const kinds: Readonly<Record<Endpoint, JobKind>> = {
  'images.generations': 'generate',
  'images.edits': 'edit',
  'images.variations': 'vary',
  responses: 'generate',
};

const colours = ['#246', '#825', '#364', '#a41'];

/** A valid small job for a row on a route: one picture, nothing asked that can be left out but a size. */
export async function sampleJob(
  row: ModelRow,
  endpoint: Endpoint,
  changes: Partial<ImageJob> = {},
): Promise<ImageJob> {
  const kind = kinds[endpoint];
  const size = smallSize(row);
  return {
    kind,
    row,
    upstreamModel: row.id,
    prompt: kind === 'vary' ? '' : 'a red kite over the sea',
    images: kind === 'generate' ? [] : await sampleImages(row, kind, 1),
    n: 1,
    partialImages: 0,
    passThrough: {},
    ...(size === undefined ? {} : { size }),
    ...changes,
  };
}

/** Reference pictures that the row accepts, all different. */
export async function sampleImages(row: ModelRow, kind: JobKind, count: number): Promise<ImageInput[]> {
  const rule = inputRule(row, kind);
  const width = 256;
  const height = rule?.mustBeSquare === true ? 256 : 192;
  const formats = (['png', 'jpeg', 'webp'] as const).filter(
    (format) => rule?.mediaTypes.includes(`image/${format}`) ?? true,
  );
  return await Promise.all(
    Array.from({ length: count }, (_, index) =>
      sampleInput({
        width,
        height,
        format: formats[index % formats.length] ?? 'png',
        colour: colours[index % colours.length] ?? '#246',
      }),
    ),
  );
}

/** An edit whose mask fits its first picture. */
export async function maskedJob(row: ModelRow): Promise<ImageJob> {
  const job = await sampleJob(row, 'images.edits');
  const [first] = job.images;
  return { ...job, mask: await sampleMask(first ?? { width: 256, height: 192 }) };
}

function inputRule(row: ModelRow, kind: JobKind): InputRule | undefined {
  return kind === 'vary' ? row.variations : row.edits;
}

/** The size with the fewest pixels that the row allows and that is not square, if it has one. */
function smallSize(row: ModelRow): PixelSize | undefined {
  const rule = row.size;
  switch (rule?.kind) {
    case undefined:
      return undefined;
    case 'fixed':
      return rule.sizes.map(readSize).toSorted((a, b) => a.width * a.height - b.width * b.height)[0];
    case 'free': {
      const steps = Math.ceil(Math.sqrt(rule.minPixels) / rule.multipleOf);
      const width = (steps + 4) * rule.multipleOf;
      const height = Math.ceil(rule.minPixels / width / rule.multipleOf) * rule.multipleOf;
      return { width, height: Math.max(height, rule.minEdge, rule.multipleOf) };
    }
    case 'ratio-table': {
      const cells = rule.tiers[rule.defaultTier] ?? {};
      return Object.values(cells).map(readSize)[0];
    }
  }
}

function readSize(text: string): PixelSize {
  const [width = 0, height = 0] = text.split('x').map(Number);
  return { width, height };
}
