import type { KeyboardEvent } from 'react';
import type { PanZoom } from './use-pan-zoom.ts';

const zoomStep = 1.25;

/** `+`, `-`, `0` for all of it and `1` for its own size. True: the key was one of them. */
export function zoomByKey(event: KeyboardEvent, { showAll, zoomBy, zoomTo }: PanZoom): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case '+':
    case '=':
      zoomBy(zoomStep);
      return true;
    case '-':
    case '_':
      zoomBy(1 / zoomStep);
      return true;
    case '0':
      showAll();
      return true;
    case '1':
      zoomTo(1);
      return true;
    default:
      return false;
  }
}
