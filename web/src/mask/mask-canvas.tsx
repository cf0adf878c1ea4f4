import { type CSSProperties, useRef } from 'react';
import type { PanZoom } from '../common/use-pan-zoom.ts';
import classes from './mask-canvas.module.css';
import type { MaskTool } from './mask-tools.ts';
import type { Mask, MaskedImage } from './use-mask.ts';
import { useMaskKeys } from './use-mask-keys.ts';
import { useMaskPen } from './use-mask-pen.ts';
import { useMaskPointer } from './use-mask-pointer.ts';

type MaskCanvasProps = {
  readonly image: MaskedImage;
  readonly mask: Mask;
  readonly panZoom: PanZoom;
  readonly tool: MaskTool;
  /** Of the brush, in pixels of the image. */
  readonly diameter: number;
  /** Of what is painted, 0 to 1. */
  readonly opacity: number;
};

/** The picture with what is painted over it, to paint on with a pointer or with keys. */
export function MaskCanvas({ image, mask, panZoom, tool, diameter, opacity }: MaskCanvasProps) {
  const markRef = useRef<HTMLDivElement>(null);
  const { view, frameRef } = panZoom;
  const pen = useMaskPen({ image, mask, tool, diameter, markRef });
  const byPointer = useMaskPointer(pen, panZoom, tool);
  const byKeys = useMaskKeys(pen, panZoom, { image, tool, diameter });
  const place =
    view === null
      ? { visibility: 'hidden' as const }
      : { transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` };
  const own = { width: image.width, height: image.height, '--scale': view?.scale ?? 1 };
  const style: CSSProperties = { ...place, ...own };
  return (
    <div
      ref={frameRef}
      className={classes.frame}
      data-tool={tool}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is painted on with keys
      tabIndex={0}
      data-autofocus
      aria-label="Picture to paint on"
      aria-describedby="mask-keys"
      {...byPointer}
      {...byKeys}
    >
      <div className={classes.content} style={style} data-magnified={(view?.scale ?? 1) > 2}>
        <img src={image.url} alt="" width={image.width} height={image.height} draggable={false} />
        <canvas ref={mask.canvasRef} width={image.width} height={image.height} style={{ opacity }} />
        <div ref={markRef} className={classes.mark} data-shape="none" />
      </div>
    </div>
  );
}
