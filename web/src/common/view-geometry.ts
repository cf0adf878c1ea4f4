export type Size = { readonly width: number; readonly height: number };
export type Point = { readonly x: number; readonly y: number };

/** Where content lies in a frame: its point `p` is shown at `p * scale + (x, y)`, in CSS pixels from the frame's corner. */
export type View = Point & { readonly scale: number };

/** The largest view in which all of the content is seen, in the middle; no larger than `most` times its own size. */
export function fitView(content: Size, frame: Size, most: number): View {
  const scale = Math.min(most, frame.width / content.width, frame.height / content.height);
  return {
    scale,
    x: (frame.width - content.width * scale) / 2,
    y: (frame.height - content.height * scale) / 2,
  };
}

/** The view at another scale, with the point of the content that is at `at` staying there. */
export function scaleView(view: View, scale: number, at: Point): View {
  const factor = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * factor, y: at.y - (at.y - view.y) * factor };
}

/** The view with no more empty room than needed: content smaller than the frame is in the middle, larger fills it. */
export function settleView(view: View, content: Size, frame: Size): View {
  return {
    scale: view.scale,
    x: settle(view.x, content.width * view.scale, frame.width),
    y: settle(view.y, content.height * view.scale, frame.height),
  };
}

function settle(start: number, length: number, room: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(0, Math.max(room - length, start));
}
