import type { RequestImage } from '@pictor/sdk';
import { type CSSProperties, type PointerEvent, useRef, useState } from 'react';
import { type PanZoom, useGesture } from '../common/use-pan-zoom.ts';
import classes from './zoomed-image.module.css';

const swipePixels = 60;

type ZoomedImageProps = {
  readonly image: RequestImage;
  readonly name: string;
  readonly panZoom: PanZoom;
  /** A finger swept over the whole image to the next one (1) or the one before (-1). */
  readonly onSwipe: (step: 1 | -1) => void;
};

/** One image to look at closely. */
export function ZoomedImage({ image, name, panZoom, onSwipe }: ZoomedImageProps) {
  const { frameRef, view, isFitted, showAll, zoomTo, toFrame } = panZoom;
  const handlers = useDragOrSwipe(panZoom, onSwipe);
  const scale = view?.scale ?? 1;
  const place =
    view === null
      ? { visibility: 'hidden' as const }
      : { transform: `translate(${view.x}px, ${view.y}px) scale(${scale})` };
  const own = { width: image.width, height: image.height, '--scale': scale };
  const style: CSSProperties = { ...place, ...own };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the viewer do the same
    <div
      ref={frameRef}
      className={classes.frame}
      data-grab={!isFitted}
      {...handlers}
      onDoubleClick={(event) => (isFitted ? zoomTo(Math.max(1, scale * 2), toFrame(event)) : showAll())}
    >
      <Picture key={image.id} image={image} name={name} style={style} isMagnified={scale > 2} />
    </div>
  );
}

type PictureProps = {
  readonly image: RequestImage;
  readonly name: string;
  readonly style: CSSProperties;
  readonly isMagnified: boolean;
};

/** Its thumbnail at once, the whole of it as soon as it has come. */
function Picture({ image, name, style, isMagnified }: PictureProps) {
  const [state, setState] = useState<'loading' | 'whole' | 'failed'>('loading');
  return (
    <>
      <div className={classes.content} style={style} data-magnified={isMagnified}>
        {state !== 'whole' && <img src={image.thumbnail_url} alt="" draggable={false} />}
        <img
          className={classes.whole}
          src={image.url}
          alt={name}
          draggable={false}
          decoding="async"
          data-state={state}
          onLoad={() => setState('whole')}
          onError={() => setState('failed')}
        />
      </div>
      {state === 'loading' && (
        <span className={classes.loading} role="status" aria-label="Loading the image" />
      )}
      {state === 'failed' && (
        <p role="alert" className={classes.failed}>
          The whole image could not be loaded. This is its thumbnail.
        </p>
      )}
    </>
  );
}

/** Two fingers pinch. One pans, or where there is nothing to pan, sweeps to another image. */
function useDragOrSwipe(panZoom: PanZoom, onSwipe: ZoomedImageProps['onSwipe']) {
  const gesture = useGesture(panZoom);
  const swipe = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const end = (event: PointerEvent): void => {
    const start = swipe.current;
    swipe.current = null;
    gesture.up(event);
    if (start === null || event.type === 'pointercancel') return;
    const across = event.clientX - start.x;
    if (Math.abs(across) > swipePixels && Math.abs(across) > 2 * Math.abs(event.clientY - start.y))
      onSwipe(across < 0 ? 1 : -1);
  };
  return {
    onPointerDown: (event: PointerEvent): void => {
      if (event.button > 1) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      gesture.down(event);
      const mayBeSwipe = event.pointerType === 'touch' && panZoom.isFitted && gesture.count() === 1;
      swipe.current = mayBeSwipe ? { x: event.clientX, y: event.clientY } : null;
    },
    onPointerMove: gesture.move,
    onPointerUp: end,
    onPointerCancel: end,
  };
}
