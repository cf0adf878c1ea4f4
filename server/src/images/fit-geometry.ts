import type { PixelSize, SizeRule } from '../models/index.ts';
import { approximate, type Fitting, refuse } from './fit-context.ts';
import { parseSize, readSize, writeSize } from './fit-size.ts';

type RatioTable = Extract<SizeRule, { kind: 'ratio-table' }>;

/** One size of the table. */
type Cell = { readonly tier: string; readonly ratio: string; readonly size: PixelSize };

/** What a model with a size table is sent. `size` is what the table promises; the picture's own size counts. */
export type Geometry = {
  readonly size?: PixelSize;
  readonly aspectRatio?: string;
  readonly imageSize?: string;
};

/**
 * Joins `size`, `aspect_ratio` and `image_size`, the latter two already valid for the row. A size of the table is
 * its ratio and tier; any other size is sent as the nearest ratio, in the tier that is nearest by area, and
 * reported. Two answers to one question are refused.
 */
export function fitGeometry(
  fitting: Fitting,
  table: RatioTable,
  asked: {
    readonly size: unknown;
    readonly aspectRatio: string | undefined;
    readonly imageSize: string | undefined;
  },
): Geometry {
  if (asked.size === undefined || asked.size === 'auto') return fromRatio(table, asked);
  const size = readSize(asked.size);
  const cells = listCells(table);
  const exact = findCell(cells, writeSize(size));
  const printed = findCell(cells, table.misprints?.[writeSize(size)]);
  const cell = exact ?? printed ?? nearestCell(cells, size, asked.imageSize);
  refuseContradiction(size, cell, asked);
  if (!exact) {
    approximate(fitting, {
      parameter: 'size',
      requested: asked.size,
      applied: writeSize(cell.size),
      reason: `${fitting.row.id} makes a table of sizes; the nearest to ${writeSize(size)} is ${cell.ratio} at ${cell.tier}, ${writeSize(cell.size)}.`,
    });
  }
  const choosesTier = fitting.row.parameters.image_size !== undefined;
  return { size: cell.size, aspectRatio: cell.ratio, ...(choosesTier && { imageSize: cell.tier }) };
}

/** Without a ratio the model follows its input pictures, so the size stays open. */
function fromRatio(
  table: RatioTable,
  asked: { readonly aspectRatio: string | undefined; readonly imageSize: string | undefined },
): Geometry {
  const { aspectRatio, imageSize } = asked;
  const tier = imageSize ?? table.defaultTier;
  const cell = listCells(table).find((each) => each.tier === tier && each.ratio === aspectRatio);
  return {
    ...(cell && { size: cell.size }),
    ...(aspectRatio !== undefined && { aspectRatio }),
    ...(imageSize !== undefined && { imageSize }),
  };
}

function refuseContradiction(
  size: PixelSize,
  cell: Cell,
  asked: { readonly aspectRatio: string | undefined; readonly imageSize: string | undefined },
): void {
  const told = `size '${writeSize(size)}' is ${cell.ratio} at ${cell.tier}`;
  if (asked.aspectRatio !== undefined && asked.aspectRatio !== cell.ratio) {
    refuse(
      'invalid_value',
      'aspect_ratio',
      `aspect_ratio '${asked.aspectRatio}' contradicts size: ${told}. Send one of the two.`,
    );
  }
  if (asked.imageSize !== undefined && asked.imageSize !== cell.tier) {
    refuse(
      'invalid_value',
      'image_size',
      `image_size '${asked.imageSize}' contradicts size: ${told}. Send one of the two.`,
    );
  }
}

function findCell(cells: readonly Cell[], size: string | undefined): Cell | undefined {
  return cells.find((cell) => writeSize(cell.size) === size);
}

function listCells(table: RatioTable): readonly Cell[] {
  return Object.entries(table.tiers).flatMap(([tier, ratios]) =>
    Object.entries(ratios).flatMap(([ratio, text]) => {
      const size = parseSize(text);
      return size ? [{ tier, ratio, size }] : [];
    }),
  );
}

/** First the shape, then the area: a wrong tier is a matter of detail, a wrong shape is another picture. */
function nearestCell(cells: readonly Cell[], size: PixelSize, tier: string | undefined): Cell {
  const inTier = tier === undefined ? cells : cells.filter((cell) => cell.tier === tier);
  const shape = (cell: Cell) => Math.abs(Math.log(ratioOf(cell) / (size.width / size.height)));
  const area = (cell: Cell) =>
    Math.abs(Math.log((cell.size.width * cell.size.height) / (size.width * size.height)));
  const [nearest] = inTier.toSorted((a, b) => shape(a) - shape(b) || area(a) - area(b));
  if (!nearest) throw new RangeError('A size table has no cells');
  return nearest;
}

/** The ratio by its name: cells of one ratio differ a little in pixels, and must count as equal in shape. */
function ratioOf(cell: Cell): number {
  const [across = 1, down = 1] = cell.ratio.split(':').map(Number);
  return across / down;
}
