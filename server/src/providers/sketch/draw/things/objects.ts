import { darken, lighten } from '../../colour.ts';
import { circle, ellipse, path, place, rect } from '../vector.ts';

/** A drawing that is 100 units high, stands on y = 0 and is centred on x = 0. `width` is how wide it is. */
export type MadeThing = { readonly width: number; readonly draw: (colour: string | undefined) => string };

/** Things of the household that the icon set lacks, or draws in another way than scenes need. */
export const objects: Readonly<Record<string, MadeThing>> = {
  mug: {
    width: 80,
    draw: (colour = '#e9876a') =>
      place(
        path('M32,-68 C62,-74 64,-26 30,-24', { stroke: darken(colour, 0.14), width: 11 }) +
          path('M-40,-86 L-35,-10 C-34,-2 -22,0 0,0 C22,0 34,-2 35,-10 L40,-86 Z', { fill: colour }) +
          path('M16,-84 L40,-86 L35,-10 C34,-2 26,-1 14,0 C22,-24 22,-60 16,-84 Z', {
            fill: darken(colour, 0.25),
            opacity: 0.3,
          }) +
          path('M-31,-72 C-30,-50 -29,-36 -27,-20', { stroke: '#ffffff', width: 5, opacity: 0.45 }) +
          ellipse(0, -86, 40, 10.5, { fill: lighten(colour, 0.25) }) +
          ellipse(0, -85, 34.5, 7.8, { fill: '#5b3826' }) +
          ellipse(-4, -83.8, 22, 4, { fill: '#7d5238' }) +
          steam(-10, -100) +
          steam(10, -104),
        { scale: 0.72 },
      ),
  },
  'rubber-duck': {
    width: 105,
    draw: (colour = '#f9cf3c') =>
      path(
        'M-48,-34 C-52,-48 -40,-46 -30,-42 C-10,-40 10,-46 18,-46 C44,-44 48,-4 8,-1 C-28,2 -46,-10 -48,-34 Z',
        { fill: colour },
      ) +
      circle(20, -66, 25, { fill: colour }) +
      path('M42,-68 C54,-72 58,-64 54,-60 C50,-57 44,-58 41,-60 Z', { fill: '#f08a2c' }) +
      circle(27, -72, 4, { fill: '#2b2026' }) +
      path('M-22,-28 C-8,-16 10,-20 14,-32', { stroke: darken(colour, 0.2), width: 4 }),
  },
  jar: {
    width: 70,
    draw: (colour = '#f0a9c0') =>
      rect(-32, -78, 64, 78, { fill: lighten(colour, 0.55) }, 12) +
      rect(-27, -56, 54, 51, { fill: colour }, 9) +
      rect(-30, -94, 60, 20, { fill: '#b98a5a' }, 5) +
      rect(-20, -44, 40, 26, { fill: '#fff8ea' }, 4) +
      path('M-12,-34 h24 M-8,-27 h16', { stroke: '#b98a5a', width: 2.4 }) +
      path('M-24,-68 L-24,-20', { stroke: '#ffffff', width: 4, opacity: 0.6 }),
  },
  'bath-bomb': {
    width: 96,
    draw: (colour = '#8fd0d8') =>
      circle(0, -47, 47, { fill: colour }) +
      path('M-46,-52 C-20,-40 20,-40 46,-52', { stroke: lighten(colour, 0.5), width: 5 }) +
      [
        [-20, -70],
        [14, -76],
        [24, -28],
        [-10, -22],
        [-30, -36],
      ]
        .map(([x = 0, y = 0]) => circle(x, y, 4, { fill: '#ffffff', opacity: 0.7 }))
        .join(''),
  },
  towel: {
    width: 130,
    draw: (colour = '#f2e6d4') =>
      [0, 1, 2]
        .map((step) =>
          rect(
            -62 + step * 3,
            -34 - step * 32,
            124 - step * 6,
            32,
            { fill: step % 2 ? lighten(colour, 0.35) : colour, stroke: darken(colour, 0.15), width: 1.5 },
            15,
          ),
        )
        .join(''),
  },
  ball: {
    width: 100,
    draw: (colour = '#e5564b') =>
      circle(0, -50, 50, { fill: colour }) +
      path('M-50,-50 C-26,-78 26,-78 50,-50 C26,-34 -26,-34 -50,-50 Z', { fill: '#fff6e6' }) +
      circle(0, -82, 10, { fill: '#ffd75e' }) +
      circle(-18, -72, 9, { fill: '#ffffff', opacity: 0.5 }),
  },
  feather: { width: 40, draw: (colour = '#e8e2da') => featherShape(colour) },
  lamp: {
    width: 70,
    draw: (colour = '#f5c95a') =>
      rect(-3, -60, 6, 56, { fill: '#6b5a4a' }) +
      ellipse(0, -3, 22, 5, { fill: '#5b4a3c' }) +
      path('M-20,-100 L20,-100 L34,-56 L-34,-56 Z', { fill: colour }) +
      path('M-14,-94 L-22,-62', { stroke: '#fff6d8', width: 5, opacity: 0.6 }),
  },
  pumpkin: {
    width: 115,
    draw: (colour = '#ef8a2f') =>
      [-34, 34, -18, 18, 0]
        .map((x, index) =>
          ellipse(x, -42, 24, 42, {
            fill: index < 2 ? darken(colour, 0.16) : index < 4 ? darken(colour, 0.06) : colour,
          }),
        )
        .join('') + path('M0,-80 C-2,-92 4,-98 12,-99', { stroke: '#5f8a3a', width: 9 }),
  },
  cauldron: {
    width: 110,
    draw: (colour = '#3b3844') =>
      ellipse(0, -42, 50, 42, { fill: colour }) +
      ellipse(0, -78, 44, 11, { fill: darken(colour, 0.3) }) +
      ellipse(0, -79, 38, 8, { fill: '#7fd05a' }) +
      circle(-12, -88, 7, { fill: '#a5e67c' }) +
      circle(12, -94, 5, { fill: '#a5e67c' }) +
      path('M-30,-8 L-36,0 M30,-8 L36,0', { stroke: colour, width: 8 }),
  },
  chest: {
    width: 120,
    draw: (colour = '#a06a3a') =>
      path('M-56,-54 C-56,-100 56,-100 56,-54 Z', { fill: darken(colour, 0.08) }) +
      rect(-58, -54, 116, 54, { fill: colour }, 5) +
      path('M-58,-54 h116', { stroke: '#e6b23a', width: 6 }) +
      rect(-11, -66, 22, 26, { fill: '#f2c84b' }, 4) +
      circle(0, -52, 4, { fill: '#6b4a1c' }) +
      path('M-40,-80 L-40,-2 M40,-80 L40,-2', { stroke: '#c9922e', width: 6 }),
  },
  bench: {
    width: 190,
    draw: (colour = '#a8703f') =>
      [-96, -74, -46]
        .map((y) => rect(-92, y, 184, 15, { fill: y === -46 ? lighten(colour, 0.12) : colour }, 4))
        .join('') +
      path('M-72,-90 L-72,0 M72,-90 L72,0 M-60,-34 L-60,0 M60,-34 L60,0', { stroke: '#4a4650', width: 7 }),
  },
  piano: {
    width: 150,
    draw: (colour = '#3a2f3a') =>
      rect(-72, -100, 144, 62, { fill: colour }, 6) +
      rect(-74, -46, 148, 14, { fill: '#ffffff' }, 3) +
      Array.from({ length: 13 }, (_, i) => rect(-68 + i * 10.8, -46, 5, 8, { fill: '#2b2026' })).join('') +
      rect(-72, -32, 144, 12, { fill: darken(colour, 0.2) }, 3) +
      path('M-62,-22 L-62,0 M62,-22 L62,0', { stroke: colour, width: 9 }) +
      rect(-30, -90, 60, 32, { fill: '#fff8ea' }, 2) +
      path('M-22,-80 h44 M-22,-72 h44', { stroke: '#b8a88a', width: 1.5 }),
  },
  surfboard: {
    width: 34,
    draw: (colour = '#43b6d0') =>
      path('M0,-100 C22,-76 20,-22 8,0 L-8,0 C-20,-22 -22,-76 0,-100 Z', { fill: colour }) +
      path('M0,-96 L0,-2', { stroke: '#ffffff', width: 4 }),
  },
  'gift-basket': {
    width: 150,
    draw: (colour = '#c98f4e') =>
      path('M-62,-46 C-58,-112 58,-112 62,-46', { stroke: darken(colour, 0.12), width: 8 }) +
      path('M-62,-46 C-58,-112 58,-112 62,-46', { stroke: lighten(colour, 0.3), width: 2.4 }) +
      basketFront(colour),
  },
};

/** The front of a basket alone, to be drawn over what lies in it. */
export function basketFront(colour = '#c98f4e'): string {
  const body = 'M-72,-50 L-58,-6 C-56,-1 -50,0 -44,0 L44,0 C50,0 56,-1 58,-6 L72,-50 Z';
  const rows = [0, 1, 2, 3].flatMap((row) =>
    Array.from({ length: 9 }, (_, column) => {
      const reach = 68 - row * 4.4;
      const x = -reach + ((column + (row % 2 ? 0.5 : 0)) / 9) * reach * 2;
      return x + 12 > reach
        ? ''
        : rect(
            x,
            -45 + row * 11.5,
            12.6,
            8.6,
            { fill: (column + row) % 2 ? lighten(colour, 0.22) : darken(colour, 0.14) },
            3.4,
          );
    }),
  );
  return (
    path(body, { fill: colour }) +
    rows.join('') +
    rect(-77, -58, 154, 13, { fill: lighten(colour, 0.14), stroke: darken(colour, 0.2), width: 1.2 }, 6) +
    path('M-66,-52 l8,5 M-46,-53 l8,5 M-26,-53 l8,5 M-6,-53 l8,5 M14,-53 l8,5 M34,-53 l8,5 M54,-53 l8,5', {
      stroke: darken(colour, 0.25),
      width: 2,
    })
  );
}

/** A feather of 100 units that points up, its quill end at (0, 0): two vanes of different width, notched, with down below. */
export function featherShape(colour: string): string {
  const shade = darken(colour, 0.13);
  const line = darken(colour, 0.3);
  const left = 'M0,-20 C-6,-24 -13,-28 -15,-36 L-9,-37 L-17,-45 C-20,-60 -17,-84 2,-100 C3,-74 1,-46 0,-20 Z';
  const right =
    'M0,-20 C5,-26 9,-30 11,-38 C13,-46 13,-52 13,-58 L8,-58 L13,-66 C12,-80 9,-92 2,-100 C3,-74 1,-46 0,-20 Z';
  const down = 'M0,-14 C-9,-14 -12,-22 -9,-28 C-4,-24 0,-22 0,-22 C0,-22 4,-24 8,-28 C11,-22 8,-14 0,-14 Z';
  return (
    path(down, { fill: lighten(colour, 0.4) }) +
    path(left, { fill: colour, stroke: shade, width: 0.8 }) +
    path(right, { fill: shade, stroke: shade, width: 0.8 }) +
    path('M1,-46 L-13,-58 M1,-58 L-13,-70 M1.5,-70 L-10,-81 M1,-36 L-8,-45 M1.5,-52 L9,-62 M1.5,-66 L9,-76', {
      stroke: line,
      width: 0.7,
      opacity: 0.5,
    }) +
    path('M2,-97 C2.5,-70 1,-40 -1,0', { stroke: line, width: 1.7 })
  );
}

function steam(x: number, y: number): string {
  return path(`M${x},${y} c-7,-8 7,-12 0,-21 c-4,-6 3,-9 1,-14`, {
    stroke: '#ffffff',
    width: 4,
    opacity: 0.65,
  });
}
