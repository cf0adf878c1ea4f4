import { useState } from 'react';
import { type MovedView, useGesture, usePanZoom } from '../common/use-pan-zoom.ts';
import { zoomByKey } from '../common/zoom-by-key.ts';
import classes from './zoom-pane.module.css';

export type PaneImage = {
  readonly id: string;
  readonly url: string;
  readonly thumbnail_url: string;
  readonly width: number;
  readonly height: number;
};

type ZoomPaneProps = {
  readonly image: PaneImage;
  readonly name: string;
  /** Width over height of all panes that move together. */
  readonly ratio: number;
  /** Where all of them are moved to. */
  readonly moved: MovedView;
};

/** All panes see a stage of the same shape, so that one view fits them all whatever their pictures' pixels are. */
const stageWidth = 1_000;

/** One picture of several that are panned and zoomed together. */
export function ZoomPane({ image, name, ratio, moved }: ZoomPaneProps) {
  const [isLoaded, setLoaded] = useState(false);
  const stage = { width: stageWidth, height: stageWidth / ratio };
  const panZoom = usePanZoom(
    { key: 'stage', ...stage, mostFitted: Number.POSITIVE_INFINITY, leavesWheel: true },
    moved,
  );
  const { frameRef, view, isFitted, showAll, zoomBy, toFrame } = panZoom;
  const gesture = useGesture(panZoom);
  const scale = view?.scale ?? 1;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of form fields is something else
    <div
      ref={frameRef}
      role="group"
      aria-label={`${name}. Plus and minus zoom all, arrows pan.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys pan and zoom here
      tabIndex={0}
      className={classes.frame}
      data-grab={!isFitted}
      style={{ aspectRatio: ratio }}
      onPointerDown={(event) => {
        if (event.button > 1) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        gesture.down(event);
      }}
      onPointerMove={gesture.move}
      onPointerUp={gesture.up}
      onPointerCancel={gesture.up}
      onDoubleClick={(event) => (isFitted ? zoomBy(3, toFrame(event)) : showAll())}
      onKeyDown={(event) => {
        const step = arrows[event.key];
        if (step !== undefined && !isFitted) panZoom.panBy(step[0], step[1]);
        else if (!zoomByKey(event, panZoom)) return;
        event.preventDefault();
      }}
    >
      <div
        className={classes.stage}
        style={{
          ...stage,
          visibility: view === null ? 'hidden' : 'visible',
          transform: `translate(${view?.x ?? 0}px, ${view?.y ?? 0}px) scale(${scale})`,
        }}
      >
        <img src={image.thumbnail_url} alt={name} draggable={false} hidden={isLoaded} />
        {/* The whole picture only where somebody looks closer than its thumbnail is. */}
        {(!isFitted || isLoaded) && (
          <img
            src={image.url}
            alt={name}
            draggable={false}
            decoding="async"
            hidden={!isLoaded}
            onLoad={() => setLoaded(true)}
          />
        )}
      </div>
    </div>
  );
}

const panStep = 40;
const arrows: Readonly<Partial<Record<string, readonly [x: number, y: number]>>> = {
  ArrowLeft: [panStep, 0],
  ArrowRight: [-panStep, 0],
  ArrowUp: [0, panStep],
  ArrowDown: [0, -panStep],
};
