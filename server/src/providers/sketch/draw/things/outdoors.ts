import { darken, lighten } from '../../colour.ts';
import { circle, ellipse, path, place, rect } from '../vector.ts';
import type { MadeThing } from './objects.ts';

/** Made things that stand, fly or float outside. Same measures as in `objects.ts`. */
export const outdoors: Readonly<Record<string, MadeThing>> = {
  'air-balloon': {
    width: 70,
    draw: (colour = '#e5564b') => {
      const shape = 'M0,-100 C34,-100 44,-66 26,-42 L12,-26 L-12,-26 L-26,-42 C-44,-66 -34,-100 0,-100 Z';
      return (
        path(shape, { fill: colour }) +
        path('M-12,-98 C-26,-80 -24,-56 -7,-26 L7,-26 C24,-56 26,-80 12,-98 C4,-101 -4,-101 -12,-98 Z', {
          fill: '#ffe6a8',
        }) +
        path('M-4,-100 C-10,-76 -9,-52 -3,-26 L3,-26 C9,-52 10,-76 4,-100 Z', { fill: colour }) +
        path('M-11,-26 L-7,-13 M11,-26 L7,-13', { stroke: '#7a5a3a', width: 1.4 }) +
        rect(-9, -13, 18, 13, { fill: '#a8703f' }, 3)
      );
    },
  },
  submarine: {
    width: 160,
    draw: (colour = '#f2c433') =>
      ellipse(0, -38, 78, 36, { fill: colour }) +
      rect(-22, -94, 40, 34, { fill: darken(colour, 0.08) }, 8) +
      path('M4,-94 L4,-100 L18,-100', { stroke: '#6b5a4a', width: 5 }) +
      [-34, 0, 34]
        .map((x) => circle(x, -40, 12, { fill: '#fff6d8' }) + circle(x, -40, 8.5, { fill: '#5ab4d8' }))
        .join('') +
      ellipse(-82, -38, 6, 18, { fill: '#b98a2c' }),
  },
  lighthouse: {
    width: 60,
    draw: (colour = '#d8443c') =>
      path('M-16,-78 L16,-78 L24,0 L-24,0 Z', { fill: '#fdf8ef' }) +
      path('M-18,-58 L18,-58 L20,-42 L-20,-42 Z M-21.6,-26 L21.6,-26 L23.4,-9 L-23.4,-9 Z', {
        fill: colour,
      }) +
      rect(-13, -90, 26, 12, { fill: '#ffe07a' }, 2) +
      path('M-17,-90 L0,-101 L17,-90 Z', { fill: colour }) +
      rect(-19, -80, 38, 4, { fill: '#4a4650' }) +
      rect(-5, -13, 10, 13, { fill: '#6b4a3a' }, 4),
  },
  windmill: {
    width: 84,
    draw: (colour = '#c8504a') =>
      path('M-16,-64 L16,-64 L24,0 L-24,0 Z', { fill: '#f4ead8' }) +
      path('M-19,-62 C-14,-80 14,-80 19,-62 Z', { fill: colour }) +
      rect(-6, -15, 12, 15, { fill: '#6b4a3a' }, 5) +
      [20, 110, 200, 290]
        .map((turn) =>
          place(
            rect(-2, -42, 4, 42, { fill: '#7a5a3a' }) +
              rect(1, -42, 12, 28, { fill: '#fffaf0', stroke: '#b8a88a', width: 1 }),
            { x: 0, y: -62, turn },
          ),
        )
        .join('') +
      circle(0, -62, 4, { fill: '#4a3a30' }),
  },
  bridge: {
    width: 260,
    draw: (colour = '#b98a5a') =>
      path('M-130,0 C-90,-60 90,-60 130,0 L104,0 C70,-36 -70,-36 -104,0 Z', { fill: colour }) +
      path('M-124,-22 C-84,-86 84,-86 124,-22', { stroke: darken(colour, 0.2), width: 6 }) +
      [-90, -60, -30, 0, 30, 60, 90]
        .map((x) =>
          path(`M${x},${-46 + (x * x) / 340} L${x},${-68 + (x * x) / 300}`, {
            stroke: darken(colour, 0.2),
            width: 5,
          }),
        )
        .join(''),
  },
  robot: {
    width: 78,
    draw: (colour = '#8fb4cc') =>
      path('M-24,-40 C-36,-34 -37,-26 -36,-20 M24,-40 C36,-34 37,-26 36,-20', {
        stroke: darken(colour, 0.2),
        width: 7,
      }) +
      circle(-36, -17, 5.5, { fill: '#5b6b7a' }) +
      circle(36, -17, 5.5, { fill: '#5b6b7a' }) +
      rect(-15, -14, 10, 14, { fill: '#5b6b7a' }, 3) +
      rect(5, -14, 10, 14, { fill: '#5b6b7a' }, 3) +
      rect(-24, -46, 48, 35, { fill: colour }, 9) +
      rect(-14, -38, 28, 18, { fill: lighten(colour, 0.5) }, 4) +
      circle(-6, -29, 3, { fill: '#e5564b' }) +
      circle(4, -29, 3, { fill: '#f2c433' }) +
      path('M0,-88 L0,-97', { stroke: '#5b6b7a', width: 3 }) +
      circle(0, -98, 4.5, { fill: '#e5564b' }) +
      rect(-29, -89, 58, 42, { fill: lighten(colour, 0.14) }, 13) +
      rect(-22, -81, 44, 25, { fill: '#2f3a4c' }, 9) +
      circle(-10, -70, 5, { fill: '#7fe6f2' }) +
      circle(10, -70, 5, { fill: '#7fe6f2' }) +
      path('M-6,-61.5 C-3,-59 3,-59 6,-61.5', { stroke: '#7fe6f2', width: 2 }) +
      rect(-34, -75, 6, 14, { fill: '#5b6b7a' }, 3) +
      rect(28, -75, 6, 14, { fill: '#5b6b7a' }, 3),
  },
};
