import type { Chance } from '../random.ts';

/** What every drawing function gets: chance for its small differences, and names that do not collide. */
export type Pen = {
  readonly chance: Chance;
  /** A fresh id for gradients and clips of one picture. */
  readonly name: () => string;
  /** 0: few details, 1: all of them. */
  readonly detail: number;
};

export function openPen(chance: Chance, detail: number): Pen {
  let count = 0;
  return {
    chance,
    detail,
    name: () => {
      count += 1;
      return `p${count}`;
    },
  };
}

/** A number as SVG wants it: two decimals at most. */
export const num = (value: number): string => String(Math.round(value * 100) / 100);

export type Paint = {
  readonly fill?: string;
  readonly stroke?: string;
  readonly width?: number;
  readonly opacity?: number;
};

/** Paint as attributes; strokes get round ends. */
export function paint({ fill, stroke, width, opacity }: Paint): string {
  const line = stroke
    ? ` stroke="${stroke}" stroke-width="${num(width ?? 1)}" stroke-linecap="round" stroke-linejoin="round"`
    : '';
  return ` fill="${fill ?? 'none'}"${line}${opacity === undefined ? '' : ` opacity="${num(opacity)}"`}`;
}

export const ellipse = (cx: number, cy: number, rx: number, ry: number, how: Paint): string =>
  `<ellipse cx="${num(cx)}" cy="${num(cy)}" rx="${num(Math.abs(rx))}" ry="${num(Math.abs(ry))}"${paint(how)}/>`;

export const circle = (cx: number, cy: number, r: number, how: Paint): string => ellipse(cx, cy, r, r, how);

export const rect = (x: number, y: number, width: number, height: number, how: Paint, radius = 0): string =>
  `<rect x="${num(x)}" y="${num(y)}" width="${num(Math.max(0, width))}" height="${num(Math.max(0, height))}" rx="${num(radius)}"${paint(how)}/>`;

export const path = (d: string, how: Paint): string => `<path d="${d}"${paint(how)}/>`;

export type Move = {
  readonly x?: number;
  readonly y?: number;
  readonly scale?: number;
  readonly flip?: boolean;
  readonly turn?: number;
};

/** The content moved, turned (degrees), then scaled and mirrored about its own origin. */
export function place(content: string, { x = 0, y = 0, scale = 1, flip = false, turn = 0 }: Move): string {
  const rotate = turn === 0 ? '' : ` rotate(${num(turn)})`;
  const factor = flip ? `${(-scale).toFixed(4)} ${scale.toFixed(4)}` : scale.toFixed(4);
  return `<g transform="translate(${num(x)} ${num(y)})${rotate} scale(${factor})">${content}</g>`;
}

/** A vertical gradient, and the url that names it. Stops are spread evenly unless given as `[colour, offset]`. */
export function verticalGradient(
  pen: Pen,
  stops: readonly (string | readonly [string, number])[],
): { defs: string; url: string } {
  const id = pen.name();
  const list = stops.map((stop, index) => {
    const [colour, offset] = typeof stop === 'string' ? [stop, index / Math.max(1, stops.length - 1)] : stop;
    return `<stop offset="${num(offset)}" stop-color="${colour}"/>`;
  });
  return {
    defs: `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${list.join('')}</linearGradient>`,
    url: `url(#${id})`,
  };
}

/** A glow that fades out to nothing. */
export function glow(
  pen: Pen,
  cx: number,
  cy: number,
  radius: number,
  colour: string,
  opacity: number,
  squash = 1,
): string {
  const id = pen.name();
  return `<radialGradient id="${id}"><stop offset="0" stop-color="${colour}" stop-opacity="${num(opacity)}"/><stop offset="0.45" stop-color="${colour}" stop-opacity="${num(opacity * 0.55)}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>${ellipse(cx, cy, radius, radius * squash, { fill: `url(#${id})` })}`;
}

/** The content shown only inside a shape. */
export function clipped(pen: Pen, shape: string, content: string): string {
  const id = pen.name();
  return `<clipPath id="${id}">${shape}</clipPath><g clip-path="url(#${id})">${content}</g>`;
}
