import type { Point } from '../common/view-geometry.ts';
import {
  type Bitmap,
  type Box,
  invertBitmap,
  paintLine,
  paintRectangle,
  unpackInto,
  wholeBox,
} from './bitmap.ts';

/** One thing done to a mask. The same steps in the same order always give the same mask. */
export type MaskStep =
  | {
      readonly kind: 'stroke';
      readonly erases: boolean;
      /** Of the round brush, in pixels of the image. */
      readonly diameter: number;
      readonly points: readonly Point[];
    }
  | { readonly kind: 'rectangle'; readonly erases: boolean; readonly corners: readonly [Point, Point] }
  | { readonly kind: 'invert' }
  | { readonly kind: 'clear' }
  /** Another mask in place of everything before, packed. */
  | { readonly kind: 'replace'; readonly packed: Uint8Array };

/** Does a step; gives the part of the mask that may have changed. */
export function applyStep(bitmap: Bitmap, step: MaskStep): Box {
  switch (step.kind) {
    case 'stroke':
      for (const [index] of step.points.entries()) paintPiece(bitmap, step, index);
      return wholeBox(bitmap);
    case 'rectangle':
      return paintRectangle(bitmap, step.corners, step.erases ? 0 : 1);
    case 'invert':
      invertBitmap(bitmap);
      return wholeBox(bitmap);
    case 'clear':
      bitmap.data.fill(0);
      return wholeBox(bitmap);
    case 'replace':
      unpackInto(bitmap, step.packed);
      return wholeBox(bitmap);
  }
}

type Stroke = Extract<MaskStep, { kind: 'stroke' }>;

/** Paints the piece of a stroke that ends at a point: from the point before, or a dot where it is the first. */
export function paintPiece(bitmap: Bitmap, { points, diameter, erases }: Stroke, index: number): Box | null {
  const to = points[index];
  if (to === undefined) return null;
  return paintLine(bitmap, [points[index - 1] ?? to, to], diameter / 2, erases ? 0 : 1);
}
