import { type RefObject, useRef } from 'react';
import type { Point } from '../common/view-geometry.ts';
import type { MaskTool } from './mask-tools.ts';
import type { Mask, MaskedImage } from './use-mask.ts';

export type MaskPen = {
  /** In pixels of the image. */
  readonly at: () => Point;
  readonly isDown: () => boolean;
  /** Begins a stroke or a rectangle. */
  readonly press: (at: Point, erases?: boolean) => void;
  /** Goes on with it, or only shows where the pen is. */
  readonly move: (to: Point) => void;
  readonly lift: () => void;
  /** As if it had not begun. */
  readonly cancel: () => void;
  readonly hide: () => void;
};

type PenParts = {
  readonly image: MaskedImage;
  readonly mask: Mask;
  readonly tool: MaskTool;
  readonly diameter: number;
  /** Shows where the pen is. */
  readonly markRef: RefObject<HTMLDivElement | null>;
};

type Drawing = { readonly from: Point; readonly erases: boolean; readonly isRectangle: boolean };

/** What paints: led by a pointer or by keys. */
export function useMaskPen({ image, mask, tool, diameter, markRef }: PenParts): MaskPen {
  const at = useRef<Point>({ x: image.width / 2, y: image.height / 2 });
  const drawing = useRef<Drawing | null>(null);
  const { document } = mask;

  const showMark = (): void => {
    const mark = markRef.current;
    if (mark === null) return;
    const open = drawing.current;
    if (open?.isRectangle === true) drawMark(mark, 'square', boxOf(open.from, at.current));
    else if (isBrush(tool)) drawMark(mark, 'round', around(at.current, diameter));
    else if (tool === 'hand') drawMark(mark, 'none', around(at.current, 0));
    else drawMark(mark, 'square', around(at.current, 1));
  };
  const end = (finish: (open: Drawing) => void): void => {
    const open = drawing.current;
    drawing.current = null;
    if (open !== null) finish(open);
    showMark();
  };

  return {
    at: () => at.current,
    isDown: () => drawing.current !== null,
    press: (point, erases = tool === 'eraser' || tool === 'cut') => {
      if (document === null || tool === 'hand') return;
      at.current = toSteps(point);
      drawing.current = { from: at.current, erases, isRectangle: !isBrush(tool) };
      if (isBrush(tool)) document.beginStroke({ erases, diameter }, at.current);
      showMark();
    },
    move: (point) => {
      at.current = toSteps(point);
      if (drawing.current?.isRectangle === false) document?.extendStroke(at.current);
      showMark();
    },
    lift: () =>
      end(({ from, erases, isRectangle }) => {
        if (isRectangle) document?.add({ kind: 'rectangle', erases, corners: [from, at.current] });
        else document?.endStroke();
      }),
    cancel: () => end(({ isRectangle }) => (isRectangle ? undefined : document?.cancelStroke())),
    hide: () => {
      if (markRef.current !== null) markRef.current.dataset.shape = 'none';
    },
  };
}

function isBrush(tool: MaskTool): boolean {
  return tool === 'brush' || tool === 'eraser';
}

/** Hundredths of a pixel are enough, and are kept in fewer digits. */
function toSteps({ x, y }: Point): Point {
  return { x: Math.round(x * 100) / 100, y: Math.round(y * 100) / 100 };
}

type Frame = Point & { readonly width: number; readonly height: number };

function around({ x, y }: Point, diameter: number): Frame {
  return { x: x - diameter / 2, y: y - diameter / 2, width: diameter, height: diameter };
}

function boxOf(a: Point, b: Point): Frame {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}

function drawMark(
  mark: HTMLElement,
  shape: 'none' | 'round' | 'square',
  { x, y, width, height }: Frame,
): void {
  mark.dataset.shape = shape;
  Object.assign(mark.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
}
