import { type PointerEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { fitView, type Point, type Size, scaleView, settleView, type View } from './view-geometry.ts';

const most = 32;
const lineHeight = 16;

export type PanZoom = {
  /** Goes on the element that content is seen through. */
  readonly frameRef: RefObject<HTMLDivElement | null>;
  /** Null until the frame was measured. */
  readonly view: View | null;
  /** All of the content is seen. */
  readonly isFitted: boolean;
  readonly showAll: () => void;
  /** Around a point of the frame. Default: its middle. */
  readonly zoomBy: (factor: number, at?: Point) => void;
  readonly zoomTo: (scale: number, at?: Point) => void;
  readonly panBy: (x: number, y: number) => void;
  /** A point of the screen in the frame. */
  readonly toFrame: (event: { readonly clientX: number; readonly clientY: number }) => Point;
  /** A point of the screen in the content, in its own pixels. */
  readonly toContent: (event: { readonly clientX: number; readonly clientY: number }) => Point;
};

type PanZoomContent = Size & {
  /** What it is: other content starts with all of it seen. */
  readonly key: string;
  /** How large it is at most while all of it is seen. Default: 1, its own size. */
  readonly mostFitted?: number;
  /** The wheel scrolls the page, and zooms with Ctrl only. Default: false. */
  readonly leavesWheel?: boolean;
};

/** Where the content was moved to, and how that is changed; null: all of it is seen. */
export type MovedView = readonly [
  moved: View | null,
  change: (next: (now: View | null) => View | null) => void,
];

/**
 * Pans and zooms content in a frame; the frame may change its size. The wheel zooms. `shared`: frames of one size that
 * move together. Default: it moves by itself.
 */
export function usePanZoom(content: PanZoomContent, shared?: MovedView): PanZoom {
  const frameRef = useRef<HTMLDivElement>(null);
  const frame = useFrameSize(frameRef);
  const own = useMoved(content.key);
  const [moved, setMoved] = shared ?? own;
  const fitted = frame === null ? null : fitView(content, frame, content.mostFitted ?? 1);
  const view = moved === null || frame === null ? fitted : settleView(moved, content, frame);

  const zoomTo = (toScale: (now: number) => number, at?: Point): void => {
    if (frame === null || fitted === null) return;
    setMoved((now) => {
      const from = now === null ? fitted : settleView(now, content, frame);
      const scale = Math.min(most, toScale(from.scale));
      // Never smaller than all of it: there the view is fitted again, and follows the frame.
      if (scale <= fitted.scale) return null;
      const middle = { x: frame.width / 2, y: frame.height / 2 };
      return settleView(scaleView(from, scale, at ?? middle), content, frame);
    });
  };
  const toFrame: PanZoom['toFrame'] = ({ clientX, clientY }) => {
    const box = frameRef.current?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  };
  const panZoom: PanZoom = {
    frameRef,
    view,
    isFitted: moved === null,
    showAll: () => setMoved(() => null),
    zoomBy: (factor, at) => zoomTo((now) => now * factor, at),
    zoomTo: (scale, at) => zoomTo(() => scale, at),
    panBy: (x, y) =>
      setMoved((now) => {
        if (now === null || frame === null) return now;
        return settleView({ ...now, x: now.x + x, y: now.y + y }, content, frame);
      }),
    toFrame,
    toContent: (event) => {
      const { x, y } = toFrame(event);
      const { scale, x: left, y: top } = view ?? { scale: 1, x: 0, y: 0 };
      return { x: (x - left) / scale, y: (y - top) / scale };
    },
  };
  useWheelZoom(panZoom, content.leavesWheel === true);
  return panZoom;
}

/** Where the content was moved to; null again as soon as the key is another. */
function useMoved(key: string): MovedView {
  const [moved, setMoved] = useState<{ readonly key: string; readonly view: View | null }>({
    key,
    view: null,
  });
  const viewOf = (state: typeof moved): View | null => (state.key === key ? state.view : null);
  const change = (next: (now: View | null) => View | null): void =>
    setMoved((now) => ({ key, view: next(viewOf(now)) }));
  return [viewOf(moved), change];
}

function useFrameSize(ref: RefObject<HTMLDivElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const frame = ref.current;
    if (frame === null) return;
    const measure = (): void => setSize({ width: frame.clientWidth, height: frame.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(frame);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

function useWheelZoom({ frameRef, toFrame, zoomBy }: PanZoom, needsCtrl: boolean): void {
  const zoom = useRef((_event: WheelEvent): void => undefined);
  zoom.current = (event) => {
    if (needsCtrl && !event.ctrlKey) return;
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * lineHeight : event.deltaY;
    // A pinch on a trackpad comes as a wheel with Ctrl, in small steps.
    zoomBy(Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.002)), toFrame(event));
  };
  useEffect(() => {
    const frame = frameRef.current;
    const listen = (event: WheelEvent): void => zoom.current(event);
    // React listens passively, and the page behind would scroll.
    frame?.addEventListener('wheel', listen, { passive: false });
    return () => frame?.removeEventListener('wheel', listen);
  }, [frameRef]);
}

export type Gesture = {
  /** How many fingers, pens or mice are down. */
  readonly count: () => number;
  readonly down: (event: PointerEvent) => void;
  /** Only notes where a pointer is. */
  readonly track: (event: PointerEvent) => void;
  /** One pointer pans, two pinch. */
  readonly move: (event: PointerEvent) => void;
  readonly up: (event: PointerEvent) => void;
};

/** Pans by dragging and zooms by pinching. */
export function useGesture({ zoomBy, panBy, toFrame }: PanZoom): Gesture {
  const pointers = useRef(new Map<number, Point>());
  const track = (event: PointerEvent): void => {
    if (pointers.current.has(event.pointerId)) pointers.current.set(event.pointerId, toFrame(event));
  };
  return {
    count: () => pointers.current.size,
    down: (event) => {
      pointers.current.set(event.pointerId, toFrame(event));
    },
    track,
    move: (event) => {
      if (!pointers.current.has(event.pointerId)) return;
      const before = summarise(pointers.current);
      track(event);
      const after = summarise(pointers.current);
      panBy(after.x - before.x, after.y - before.y);
      if (before.spread > 0) zoomBy(after.spread / before.spread, after);
    },
    up: (event) => {
      pointers.current.delete(event.pointerId);
    },
  };
}

/** The middle of the pointers, and how far the first two are from each other. */
function summarise(pointers: ReadonlyMap<number, Point>): Point & { readonly spread: number } {
  const [first = { x: 0, y: 0 }, second] = pointers.values();
  if (second === undefined) return { ...first, spread: 0 };
  return {
    x: (first.x + second.x) / 2,
    y: (first.y + second.y) / 2,
    spread: Math.hypot(first.x - second.x, first.y - second.y),
  };
}
