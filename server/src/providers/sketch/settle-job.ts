import type { AppliedParameters, ImageJob, ModelRow, PixelSize, SizeRule } from '../../models/index.ts';
import { readShape, wantsTransparency } from './read-prompt/read-wishes.ts';

/** A job with every `auto` decided. */
export type Settled = {
  readonly size: PixelSize;
  readonly transparent: boolean;
  /** See Commission. */
  readonly flatten: boolean;
  readonly format: 'png' | 'jpeg' | 'webp';
  /** 0 to 1. */
  readonly detail: number;
  /** 1 to 100. */
  readonly encodeQuality: number;
  readonly applied: AppliedParameters;
};

/** Decides size, quality, background and format within the rules of the job's row. */
export function settleJob(job: ImageJob): Settled {
  const { row } = job;
  const format = job.outputFormat === 'jpeg' || job.outputFormat === 'webp' ? job.outputFormat : 'png';
  const cell = chooseSize(job);
  const quality = settleQuality(job);
  const background = settleBackground(job, format);
  return {
    size: cell.size,
    transparent: background === 'transparent',
    flatten: mustBeFlat(job),
    format,
    detail: quality === 'low' ? 0.25 : quality === 'medium' || quality === 'standard' ? 0.65 : 1,
    encodeQuality: Math.round(5 + 0.9 * (job.outputCompression ?? 100)),
    applied: {
      size: cell.size,
      ...(quality === null ? {} : { quality }),
      ...(row.parameters.background === undefined ? {} : { background: background ?? 'opaque' }),
      outputFormat: format,
      ...(cell.aspectRatio === undefined ? {} : { aspectRatio: cell.aspectRatio }),
      ...(cell.imageSize === undefined ? {} : { imageSize: cell.imageSize }),
    },
  };
}

function settleQuality(job: ImageJob): string | null {
  const rule = job.row.parameters.quality;
  if (rule?.kind !== 'choice') return null;
  if (job.quality !== undefined && job.quality !== 'auto') return job.quality;
  if (rule.values.includes('high') && rule.default === 'auto') return 'high';
  if (rule.values.includes('high') && !rule.values.includes('standard')) return 'high';
  return rule.default === 'auto' ? (rule.values.find((value) => value !== 'auto') ?? 'high') : rule.default;
}

function settleBackground(job: ImageJob, format: string): 'transparent' | 'opaque' | null {
  const rule = job.row.parameters.background;
  if (job.background === 'transparent' || job.background === 'opaque')
    return format === 'jpeg' ? 'opaque' : job.background;
  if (rule?.kind !== 'choice' || job.kind !== 'generate') return null;
  return rule.values.includes('transparent') && format !== 'jpeg' && wantsTransparency(job.prompt)
    ? 'transparent'
    : 'opaque';
}

/** An edit of a picture with holes keeps them where the model can, unless it is asked for an opaque one. */
function mustBeFlat(job: ImageJob): boolean {
  const rule = job.row.parameters.background;
  if (job.kind === 'generate' || rule?.kind !== 'choice' || job.background === 'transparent') return false;
  return job.background === 'opaque' || !rule.values.includes('transparent');
}

type Cell = { readonly size: PixelSize; readonly aspectRatio?: string; readonly imageSize?: string };

function chooseSize(job: ImageJob): Cell {
  const rule: SizeRule | undefined = job.row.size;
  const asked = job.size !== undefined && job.size !== 'auto' ? job.size : null;
  if (rule?.kind === 'ratio-table') return chooseCell(job, rule, asked);
  if (asked !== null) return { size: asked };
  const first = job.images[0];
  const shape = readShape(job.prompt);
  const wish: PixelSize =
    job.kind !== 'generate' && first !== undefined && first.width > 0 && first.height > 0
      ? { width: first.width, height: first.height }
      : shape === 'wide'
        ? { width: 1536, height: 1024 }
        : shape === 'tall'
          ? { width: 1024, height: 1536 }
          : { width: 1024, height: 1024 };
  if (rule === undefined) return { size: { width: 1024, height: 1024 } };
  // A model with a size of its own for those who name none does not look at the prompt.
  const standard = rule.kind === 'fixed' ? readSize(rule.default) : null;
  if (standard !== null) return { size: standard };
  return { size: rule.kind === 'fixed' ? nearestFixed(rule, wish) : fitFree(rule, wish) };
}

/** `1024x1536` as numbers; null for `auto` and other words. */
function readSize(text: string): PixelSize | null {
  const match = /^(\d+)x(\d+)$/.exec(text);
  return match === null ? null : { width: Number(match[1]), height: Number(match[2]) };
}

/** By shape first; of several with the same shape, the one closest in area. */
function nearest<T extends { size: PixelSize }>(list: readonly T[], wish: PixelSize): T | null {
  const distance = ({ size }: T) =>
    Math.abs(Math.log((size.width / size.height) * (wish.height / wish.width))) * 10 +
    Math.abs(Math.log((size.width * size.height) / (wish.width * wish.height)));
  return [...list].sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

function nearestFixed(rule: Extract<SizeRule, { kind: 'fixed' }>, wish: PixelSize): PixelSize {
  const sizes = rule.sizes.map(readSize).filter((size) => size !== null);
  return (
    nearest(
      sizes.map((size) => ({ size })),
      wish,
    )?.size ?? { width: 1024, height: 1024 }
  );
}

/** The size scaled into the bounds of a free rule, keeping its shape as far as they allow. */
function fitFree(rule: Extract<SizeRule, { kind: 'free' }>, wish: PixelSize): PixelSize {
  const { multipleOf, maxEdge, minEdge, maxRatio, minPixels, maxPixels } = rule;
  let { width, height } = wish;
  if (width / height > maxRatio) width = height * maxRatio;
  if (height / width > maxRatio) height = width * maxRatio;
  const grow = Math.max(1, minEdge / Math.min(width, height), Math.sqrt(minPixels / (width * height)));
  width *= grow;
  height *= grow;
  const shrink = Math.min(1, maxEdge / Math.max(width, height), Math.sqrt(maxPixels / (width * height)));
  const step = (value: number, down: boolean) =>
    Math.max(
      multipleOf,
      (down ? Math.floor(value / multipleOf + 1e-9) : Math.round(value / multipleOf)) * multipleOf,
    );
  const fitted = { width: step(width * shrink, shrink < 1), height: step(height * shrink, shrink < 1) };
  const low = Math.ceil(minEdge / multipleOf) * multipleOf;
  return { width: Math.max(low, fitted.width), height: Math.max(low, fitted.height) };
}

function chooseCell(
  job: ImageJob,
  rule: Extract<SizeRule, { kind: 'ratio-table' }>,
  asked: PixelSize | null,
): Cell {
  const cells = Object.entries(rule.tiers).flatMap(([imageSize, ratios]) =>
    Object.entries(ratios).flatMap(([aspectRatio, text]) => {
      const size = readSize(text);
      return size === null ? [] : [{ imageSize, aspectRatio, size }];
    }),
  );
  const tier = job.imageSize ?? rule.defaultTier;
  const inTier = cells.filter((cell) => cell.imageSize === tier);
  if (job.aspectRatio !== undefined) {
    const exact = inTier.find((cell) => cell.aspectRatio === job.aspectRatio);
    if (exact !== undefined) return exact;
  }
  const first = job.images[0];
  const wish =
    asked ??
    (job.kind !== 'generate' && first !== undefined && first.width > 0 && first.height > 0
      ? { width: first.width, height: first.height }
      : wishOf(job));
  const pool = asked !== null && job.imageSize === undefined ? cells : inTier;
  const fallback = inTier.find((cell) => cell.aspectRatio === rule.defaultRatio);
  if (wish === null) return fallback ?? cells[0] ?? { size: { width: 1024, height: 1024 } };
  return nearest(pool, wish) ?? fallback ?? cells[0] ?? { size: wish };
}

function wishOf(job: ImageJob): PixelSize | null {
  const shape = readShape(job.prompt);
  return shape === 'wide'
    ? { width: 1536, height: 1024 }
    : shape === 'tall'
      ? { width: 1024, height: 1536 }
      : null;
}

/** What makes the pictures of two jobs differ although their prompts are equal. */
export function seedOf(job: ImageJob, settled: Settled, imageIndex: number): string {
  const { size, format } = settled;
  return [
    job.kind,
    job.prompt.slice(0, 32_000),
    job.seed ?? 0,
    `${size.width}x${size.height}`,
    format === 'jpeg' ? 'flat' : settled.transparent ? 'cut' : 'flat',
    job.images.map((image) => image.hash).join(','),
    job.mask?.hash ?? '',
    imageIndex,
  ].join('|');
}

/** Rows whose applied quality is unknown leave it out; this says whether a row may be drawn at all. */
export function canDraw(row: ModelRow): boolean {
  return row.family !== 'text';
}
