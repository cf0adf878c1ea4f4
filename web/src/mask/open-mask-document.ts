import type { Point, Size } from '../common/view-geometry.ts';
import { type Bitmap, type Box, newBitmap, packBitmap, unpackInto, wholeBox } from './bitmap.ts';
import { applyStep, type MaskStep, paintPiece } from './mask-step.ts';

const mostSteps = 200;

/** What is kept of a mask in the making. */
export type MaskHistory = {
  /** The mask before the first step, packed; null: nothing is painted. */
  readonly base: Uint8Array | null;
  readonly steps: readonly MaskStep[];
  /** How many of the steps are done; those after them were undone. */
  readonly done: number;
};

export const emptyHistory: MaskHistory = { base: null, steps: [], done: 0 };

export type MaskDocument = {
  /** The mask as it is painted now. Its bytes change. */
  readonly bitmap: Bitmap;
  readonly history: () => MaskHistory;
  readonly add: (step: MaskStep) => void;
  /** Starts a stroke at a point; it is a step as soon as it ends. */
  readonly beginStroke: (stroke: { readonly erases: boolean; readonly diameter: number }, at: Point) => void;
  readonly extendStroke: (to: Point) => void;
  readonly endStroke: () => void;
  /** As if the stroke had not begun. */
  readonly cancelStroke: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
};

type DocumentListener = {
  /** A part of the bitmap may have changed. */
  readonly onPaint: (bitmap: Bitmap, box: Box) => void;
  /** A step was added, undone or done again. */
  readonly onHistory: (bitmap: Bitmap, history: MaskHistory) => void;
};

type OpenStroke = Extract<MaskStep, { kind: 'stroke' }> & { readonly points: Point[] };

/** A mask in the making: its pixels, and the steps that led to them. It goes on from `start`. */
export function openMaskDocument(
  size: Size,
  start: MaskHistory,
  { onPaint, onHistory }: DocumentListener,
): MaskDocument {
  const bitmap = newBitmap(size);
  let history = start;
  let stroke: OpenStroke | null = null;

  const change = (next: MaskHistory): void => {
    history = next;
    onHistory(bitmap, next);
  };
  const repaint = ({ base, steps, done }: MaskHistory): void => {
    if (base === null) bitmap.data.fill(0);
    else unpackInto(bitmap, base);
    for (const step of steps.slice(0, done)) applyStep(bitmap, step);
    onPaint(bitmap, wholeBox(bitmap));
  };
  const jump = (done: number): void => {
    if (done < 0 || done > history.steps.length) return;
    const next = { ...history, done };
    repaint(next);
    change(next);
  };
  const push = (step: MaskStep): void => {
    const steps = [...history.steps.slice(0, history.done), step];
    change(fold({ base: history.base, steps, done: steps.length }, size));
  };

  repaint(start);
  return {
    bitmap,
    history: () => history,
    add: (step) => {
      onPaint(bitmap, applyStep(bitmap, step));
      push(step);
    },
    beginStroke: (kind, at) => {
      stroke = { kind: 'stroke', ...kind, points: [at] };
      const box = paintPiece(bitmap, stroke, 0);
      if (box !== null) onPaint(bitmap, box);
    },
    extendStroke: (to) => {
      if (stroke === null) return;
      stroke.points.push(to);
      const box = paintPiece(bitmap, stroke, stroke.points.length - 1);
      if (box !== null) onPaint(bitmap, box);
    },
    endStroke: () => {
      if (stroke !== null) push(stroke);
      stroke = null;
    },
    cancelStroke: () => {
      if (stroke !== null) repaint(history);
      stroke = null;
    },
    undo: () => jump(history.done - 1),
    redo: () => jump(history.done + 1),
  };
}

/** With too many steps the oldest go into the base: they can no longer be undone. */
function fold(history: MaskHistory, size: Size): MaskHistory {
  const excess = history.steps.length - mostSteps;
  if (excess <= 0) return history;
  const base = newBitmap(size);
  if (history.base !== null) unpackInto(base, history.base);
  for (const step of history.steps.slice(0, excess)) applyStep(base, step);
  return { base: packBitmap(base), steps: history.steps.slice(excess), done: history.done - excess };
}
