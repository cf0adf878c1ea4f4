import { type PointerEvent, useRef } from 'react';
import { type PanZoom, useGesture } from '../common/use-pan-zoom.ts';
import type { MaskTool } from './mask-tools.ts';
import type { MaskPen } from './use-mask-pen.ts';

const penEraserButton = 5;

/** Leads the pen by mouse, pen or finger. Two fingers pinch and pan; so do the hand and the middle button. */
export function useMaskPointer(pen: MaskPen, panZoom: PanZoom, tool: MaskTool) {
  const gesture = useGesture(panZoom);
  const isGesturing = useRef(false);
  const leave = (event: PointerEvent): void => {
    gesture.up(event);
    if (gesture.count() === 0) isGesturing.current = false;
  };
  return {
    onPointerDown: (event: PointerEvent): void => {
      event.currentTarget.setPointerCapture(event.pointerId);
      gesture.down(event);
      if (gesture.count() > 1) {
        // The first finger began a stroke that was none.
        pen.cancel();
        isGesturing.current = true;
      } else if (tool === 'hand' || event.button === 1) {
        isGesturing.current = true;
      } else if (event.button === 0 || event.button === penEraserButton) {
        const at = panZoom.toContent(event);
        if (event.button === penEraserButton) pen.press(at, true);
        else pen.press(at);
      }
    },
    onPointerMove: (event: PointerEvent): void => {
      if (isGesturing.current) {
        gesture.move(event);
        return;
      }
      gesture.track(event);
      // What came between two frames of the screen, so that fast strokes are round.
      const moves = event.nativeEvent.getCoalescedEvents?.() ?? [];
      for (const move of pen.isDown() && moves.length > 0 ? moves : [event])
        pen.move(panZoom.toContent(move));
    },
    onPointerUp: (event: PointerEvent): void => {
      if (!isGesturing.current) pen.lift();
      leave(event);
    },
    onPointerCancel: (event: PointerEvent): void => {
      pen.cancel();
      leave(event);
    },
    onPointerLeave: (): void => {
      if (!pen.isDown()) pen.hide();
    },
  };
}
