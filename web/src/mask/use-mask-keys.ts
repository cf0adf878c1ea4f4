import { type KeyboardEvent, useRef } from 'react';
import type { PanZoom } from '../common/use-pan-zoom.ts';
import type { Point } from '../common/view-geometry.ts';
import type { MaskTool } from './mask-tools.ts';
import type { MaskedImage } from './use-mask.ts';
import type { MaskPen } from './use-mask-pen.ts';

const directions: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

type KeyParts = {
  readonly image: MaskedImage;
  readonly tool: MaskTool;
  readonly diameter: number;
};

/**
 * Leads the pen by keys: arrows move it, by a quarter of the brush, with Shift four times as far, with Alt by one pixel;
 * Space paints while it is held, Enter until it is pressed again. For rectangles both set one corner, then the other.
 */
export function useMaskKeys(pen: MaskPen, panZoom: PanZoom, { image, tool, diameter }: KeyParts) {
  const heldBySpace = useRef(false);
  const isBrush = tool === 'brush' || tool === 'eraser';

  const go = (direction: Point, event: KeyboardEvent): void => {
    const quarter = Math.max(1, Math.round((isBrush ? diameter : 32) / 4));
    const length = event.altKey ? 1 : event.shiftKey ? quarter * 4 : quarter;
    const { x, y } = pen.at();
    const to = {
      x: Math.min(image.width, Math.max(0, x + direction.x * length)),
      y: Math.min(image.height, Math.max(0, y + direction.y * length)),
    };
    pen.move(to);
    showPoint(to, panZoom);
  };
  const toggle = (): void => (pen.isDown() ? pen.lift() : pen.press(pen.at()));

  return {
    onKeyDown: (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey) return;
      const direction = directions[event.key];
      if (direction !== undefined) go(direction, event);
      else if (event.key === 'Enter' || (event.key === ' ' && !isBrush)) {
        if (!event.repeat) toggle();
      } else if (event.key === ' ') {
        if (!event.repeat && !pen.isDown()) {
          heldBySpace.current = true;
          pen.press(pen.at());
        }
      } else if (event.key === 'Escape' && pen.isDown()) {
        pen.cancel();
        event.stopPropagation();
      } else return;
      event.preventDefault();
    },
    onKeyUp: (event: KeyboardEvent): void => {
      if (event.key !== ' ' || !heldBySpace.current) return;
      heldBySpace.current = false;
      pen.lift();
    },
    onBlur: (): void => {
      heldBySpace.current = false;
      if (pen.isDown()) pen.lift();
      pen.hide();
    },
  };
}

const marginPixels = 40;

/** Pans so that a point of the image is seen. */
function showPoint(point: Point, { view, frameRef, panBy }: PanZoom): void {
  const frame = frameRef.current;
  if (view === null || frame === null) return;
  const x = point.x * view.scale + view.x;
  const y = point.y * view.scale + view.y;
  panBy(excess(x, frame.clientWidth), excess(y, frame.clientHeight));
}

function excess(at: number, room: number): number {
  if (at < marginPixels) return marginPixels - at;
  return at > room - marginPixels ? room - marginPixels - at : 0;
}
