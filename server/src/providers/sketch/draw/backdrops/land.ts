import { darken, lighten, mixColours } from '../../colour.ts';
import type { Backdrop } from '../../compose/scene-plan.ts';
import { circle, ellipse, glow, num, type Pen, path, place, rect, verticalGradient } from '../vector.ts';
import type { Light } from './light.ts';

/** The canvas that a backdrop fills, and what it knows. */
export type Land = {
  readonly pen: Pen;
  readonly width: number;
  readonly height: number;
  readonly backdrop: Backdrop;
  readonly light: Light;
};

/** What lies behind the figures, and what lies before them. */
export type Layers = { readonly back: string; readonly front: string };

/** A rectangle with a gradient from top to bottom. */
export function fillDown(
  pen: Pen,
  x: number,
  y: number,
  width: number,
  height: number,
  stops: readonly string[],
): string {
  const gradient = verticalGradient(pen, stops);
  return gradient.defs + rect(x, y, width, height, { fill: gradient.url });
}

/** Sky with sun or moon, stars or clouds. */
export function drawSky({ pen, width, height, backdrop, light }: Land): string {
  const { chance } = pen;
  const parts = [fillDown(pen, 0, 0, width, height, light.sky)];
  const side = backdrop.mirrored ? 0.78 : 0.22;
  const sunX = width * side;
  if (backdrop.time === 'night') {
    const count = Math.round(40 + 60 * pen.detail);
    for (let index = 0; index < count; index += 1)
      parts.push(
        circle(chance.next() * width, chance.next() * backdrop.horizonY, chance.between(0.8, 3), {
          fill: '#fff7dc',
          opacity: chance.between(0.35, 1),
        }),
      );
    parts.push(
      glow(pen, sunX, height * 0.17, 210, '#fff3c4', 0.55),
      circle(sunX, height * 0.17, 62, { fill: '#fff3cf' }),
      circle(sunX - 18, height * 0.17 - 12, 12, { fill: '#eeddac' }),
      circle(sunX + 18, height * 0.17 + 16, 8, { fill: '#eeddac' }),
    );
  } else if (backdrop.time === 'sunset' || backdrop.time === 'dawn') {
    const x = width * (backdrop.mirrored ? 0.6 : 0.42);
    const y =
      backdrop.horizonY - (backdrop.place === 'mountains' ? Math.min(300, backdrop.horizonY * 0.5) : 60);
    parts.push(
      glow(pen, x, y, 560, '#ffe39a', 0.85),
      circle(x, y, 118, { fill: backdrop.time === 'sunset' ? '#fff0b0' : '#fff6d6' }),
    );
  } else if (!backdrop.weather) {
    parts.push(
      glow(pen, sunX, height * 0.15, 330, '#fff6c9', 0.8),
      circle(sunX, height * 0.15, 66, { fill: '#fff0a8' }),
    );
  }
  const cloudCount = backdrop.weather ? 8 : backdrop.time === 'night' ? 2 : 4;
  const white =
    backdrop.time === 'sunset'
      ? '#f7a08a'
      : backdrop.time === 'dawn'
        ? '#fff0e6'
        : backdrop.time === 'night'
          ? '#5a68a4'
          : backdrop.weather
            ? '#dfe5ec'
            : '#ffffff';
  for (let index = 0; index < cloudCount; index += 1) {
    const x = ((index + chance.between(0.15, 0.85)) / cloudCount) * width;
    parts.push(
      place(cloud(white), {
        x,
        y: chance.between(0.08, 0.62) * backdrop.horizonY,
        scale: chance.between(0.55, 1.25),
        flip: chance.happens(0.5),
      }),
    );
  }
  return parts.join('');
}

export function cloud(fill: string): string {
  const shade = darken(fill, 0.08);
  return `<g opacity="0.88">${ellipse(0, 8, 92, 22, { fill: shade })}${circle(-38, -8, 30, { fill })}${circle(4, -24, 42, { fill })}${circle(46, -6, 28, { fill })}${ellipse(0, 4, 88, 20, { fill })}</g>`;
}

/** A smooth silhouette from edge to edge, closed at `bottom`. */
export function ridge(
  land: Land,
  y: number,
  swing: number,
  steps: number,
  bottom: number,
  fill: string,
): string {
  const { chance } = land.pen;
  const step = land.width / steps;
  const points = Array.from({ length: steps + 3 }, (_, index) => ({
    x: (index - 1) * step,
    y: y + chance.between(-swing, swing),
  }));
  let d = `M${num(points[0]?.x ?? 0)},${num(points[0]?.y ?? y)}`;
  for (let index = 1; index < points.length - 1; index += 1) {
    const point = points[index];
    const next = points[index + 1];
    if (point && next)
      d += ` Q${num(point.x)},${num(point.y)} ${num((point.x + next.x) / 2)},${num((point.y + next.y) / 2)}`;
  }
  return path(`${d} L${num(land.width + step)},${num(bottom)} L${num(-step)},${num(bottom)} Z`, { fill });
}

/** Ground from `y` to the bottom edge, lit at the top. */
export function ground(land: Land, y: number, colour: string): string {
  const gradient = verticalGradient(land.pen, [lighten(colour, 0.18), colour, darken(colour, 0.2)]);
  return gradient.defs + ridge(land, y, 14, 4, land.height + 10, gradient.url);
}

export function pine(height: number, leaf: string, snow: boolean): string {
  const tiers = [0, 1, 2, 3].map((tier) => {
    const top = -height + tier * height * 0.19;
    const half = height * (0.13 + tier * 0.062);
    const bottom = top + height * 0.31;
    const body = path(
      `M0,${num(top)} L${num(half)},${num(bottom)} Q0,${num(bottom + height * 0.045)} ${num(-half)},${num(bottom)} Z`,
      { fill: tier % 2 ? leaf : darken(leaf, 0.1) },
    );
    const cap = snow
      ? path(
          `M0,${num(top)} L${num(half * 0.62)},${num(top + height * 0.19)} Q${num(half * 0.3)},${num(top + height * 0.15)} 0,${num(top + height * 0.2)} Q${num(-half * 0.3)},${num(top + height * 0.15)} ${num(-half * 0.62)},${num(top + height * 0.19)} Z`,
          { fill: '#ffffff', opacity: 0.92 },
        )
      : '';
    return body + cap;
  });
  return (
    rect(-height * 0.03, -height * 0.16, height * 0.06, height * 0.16, { fill: '#6d4c38' }) +
    tiers.reverse().join('')
  );
}

export function roundTree(pen: Pen, height: number, leaf: string, trunk: string): string {
  const r = height * 0.3;
  const blobs = [
    [-0.7, -0.5],
    [0.7, -0.5],
    [0, -1],
    [-0.4, -0.1],
    [0.45, -0.05],
  ].map(([x = 0, y = 0]) =>
    circle(x * r, -height * 0.58 + y * r * 0.7, r * 0.72, {
      fill: mixColours(leaf, '#ffffff', pen.chance.between(0, 0.08)),
    }),
  );
  return (
    path(
      `M${num(-height * 0.045)},0 L${num(-height * 0.03)},${num(-height * 0.5)} L${num(height * 0.03)},${num(-height * 0.5)} L${num(height * 0.045)},0 Z`,
      { fill: trunk },
    ) +
    circle(0, -height * 0.58, r * 0.95, { fill: darken(leaf, 0.1) }) +
    blobs.join('') +
    circle(-r * 0.4, -height * 0.72, r * 0.4, { fill: lighten(leaf, 0.22), opacity: 0.5 })
  );
}

export function grassTuft(colour: string): string {
  return path('M-10,0 Q-9,-14 -15,-22 M-4,0 Q-3,-18 -5,-30 M3,0 Q4,-18 8,-28 M9,0 Q11,-12 17,-18', {
    stroke: colour,
    width: 4,
  });
}

const petalColours = ['#f2668b', '#ffd35c', '#ffffff', '#b58be8', '#ff8f5a', '#6fb8f0', '#e8486a'];

/** A flower of the meadow, `height` units high. */
export function smallFlower(pen: Pen, height: number, leaf: string, tone: (hex: string) => string): string {
  const petal = tone(pen.chance.pick(petalColours));
  const r = height * 0.15;
  const petals = [0, 60, 120, 180, 240, 300]
    .map((turn) => place(ellipse(0, -r * 1.15, r * 0.62, r * 0.95, { fill: petal }), { y: -height, turn }))
    .join('');
  return (
    path(`M0,0 Q${num(height * 0.08)},${num(-height * 0.5)} 0,${num(-height)}`, {
      stroke: leaf,
      width: Math.max(2.4, height * 0.055),
    }) +
    place(ellipse(0, 0, height * 0.17, height * 0.06, { fill: leaf }), {
      x: height * 0.15,
      y: -height * 0.35,
      turn: -35,
    }) +
    petals +
    circle(0, -height, r * 0.62, { fill: tone('#f5b52e') })
  );
}

/** Blades and flowers along the lower edge, in front of everything. */
export function meadowFront(land: Land): string {
  const { pen, width, height, light, backdrop } = land;
  if (backdrop.season === 'winter') return '';
  const count = Math.round((width / 1000) * (8 + 10 * pen.detail));
  const parts: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const x = ((index + pen.chance.next()) / count) * width;
    const y = height + pen.chance.between(-18, 12);
    const flower = pen.chance.happens(0.45);
    parts.push(
      place(
        flower
          ? smallFlower(pen, pen.chance.between(46, 92), darken(light.leaf, 0.15), light.tone)
          : grassTuft(darken(light.leaf, 0.2)),
        { x, y, scale: flower ? 1 : pen.chance.between(1, 2) },
      ),
    );
  }
  return parts.join('');
}
