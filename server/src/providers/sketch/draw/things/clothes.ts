import { darken, lighten } from '../../colour.ts';
import { circle, path, rect } from '../vector.ts';

type Drawing = (colour: string | undefined) => string;

/** Clothes for a neck that is 40 units wide; (0, 0) is its middle. */
export const clothes: Readonly<Record<string, Drawing>> = {
  scarf: (colour = '#e0533f') => {
    const fold = darken(colour, 0.2);
    const tail = 'M8,2 C16,14 14,28 17,42 L3,43 C3,30 0,16 -4,6 Z';
    return (
      path(tail, { fill: fold }) +
      path('M3.5,43 l-0.5,6 M7,43 l0,6.5 M10.5,42.8 l0.4,6.4 M14,42.5 l1,6', { stroke: fold, width: 2.2 }) +
      path('M5,26 L15.5,25 M5.5,33 L16,32', { stroke: lighten(colour, 0.55), width: 2.6 }) +
      path('M-25,-9 C-14,0 14,0 25,-9 C30,-4 29,4 24,8 C10,15 -10,15 -24,8 C-29,4 -30,-4 -25,-9 Z', {
        fill: colour,
      }) +
      path('M-24,0 C-10,8 10,8 24,0', { stroke: fold, width: 1.8, opacity: 0.7 }) +
      path('M-17,-3 L-19,7 M-8,1 L-9,11 M16,-3 L18,7', { stroke: lighten(colour, 0.5), width: 2.4 }) +
      path('M-1,1 C6,-2 13,0 14,6 C13,14 3,15 -2,12 C-5,8 -4,4 -1,1 Z', {
        fill: lighten(colour, 0.1),
        stroke: fold,
        width: 1.2,
      })
    );
  },
  'bow-tie': (colour = '#d8343c') =>
    path('M0,2 L-17,-7 C-20,-2 -20,8 -17,12 Z M0,2 L17,-7 C20,-2 20,8 17,12 Z', {
      fill: colour,
      stroke: darken(colour, 0.3),
      width: 1,
    }) + rect(-4.5, -3, 9, 11, { fill: darken(colour, 0.2) }, 3),
  ribbon: (colour = '#d8343c') =>
    path(
      'M0,2 C-10,-14 -26,-12 -24,2 C-23,14 -10,12 0,2 Z M0,2 C10,-14 26,-12 24,2 C23,14 10,12 0,2 Z M-2,4 L-14,26 L-7,25 L-4,30 L2,6 Z M2,4 L14,26 L7,25 L4,30 L-2,6 Z',
      { fill: colour, stroke: darken(colour, 0.25), width: 1 },
    ) + circle(0, 2, 5, { fill: darken(colour, 0.18) }),
  tie: (colour = '#3f6fc4') =>
    path('M-5,-4 L5,-4 L3,4 L8,34 L0,42 L-8,34 L-3,4 Z', { fill: colour }) +
    path('M-3.5,10 L4.5,14 M-5,20 L6,26', { stroke: lighten(colour, 0.45), width: 2.4 }),
  necklace: (colour = '#f3ead8') =>
    Array.from({ length: 11 }, (_, i) => {
      const t = (i - 5) / 5;
      return circle(t * 20, 10 - t * t * 13, 3, { fill: colour, stroke: darken(colour, 0.2), width: 0.7 });
    }).join(''),
  collar: (colour = '#d8343c') =>
    path('M-21,-6 C-10,5 10,5 21,-6', { stroke: colour, width: 6 }) +
    circle(0, 7, 5, { fill: '#f2c433', stroke: '#b98a1c', width: 1 }),
  medal: (colour = '#f2c433') =>
    path('M-16,-6 L0,16 L16,-6', { stroke: '#3f6fc4', width: 6 }) +
    circle(0, 22, 10, { fill: colour, stroke: darken(colour, 0.25), width: 2 }),
  cape: (colour = '#c8374a') =>
    path('M-22,-6 C-10,4 10,4 22,-6 L20,2 C10,9 -10,9 -20,2 Z', { fill: colour }) +
    path(
      'M-20,-2 C-38,16 -42,40 -44,50 L-31,47 C-31,30 -27,12 -18,3 Z M20,-2 C38,16 42,40 44,50 L31,47 C31,30 27,12 18,3 Z',
      { fill: darken(colour, 0.15) },
    ) +
    circle(0, 3, 4.5, { fill: '#f2c433' }),
  sweater: (colour = '#4f8fc4') =>
    path('M-19,-5 C-8,4 8,4 19,-5 C30,4 34,20 32,36 C14,44 -14,44 -32,36 C-34,20 -30,4 -19,-5 Z', {
      fill: colour,
    }) +
    path('M-19,-5 C-8,4 8,4 19,-5 L20,0 C8,9 -8,9 -20,0 Z', { fill: lighten(colour, 0.3) }) +
    path('M-31,20 L-22,14 L-13,20 L-4,14 L5,20 L14,14 L23,20 L31,15', {
      stroke: lighten(colour, 0.6),
      width: 2.6,
    }),
};

/** Things before the eyes of a head that is 60 units wide; (0, 0) lies between them. */
export const eyewear: Readonly<Record<string, Drawing>> = {
  'eye-patch': () =>
    path('M-30,-12 L30,6', { stroke: '#2b2026', width: 2.4 }) +
    path('M4,-9 C8,-11 19,-8 20,-2 C20,8 6,9 4,0 Z', { fill: '#2b2026' }),
  monocle: () =>
    circle(12, -1, 9, { fill: '#dff1fb', opacity: 0.35 }) +
    circle(12, -1, 9, { stroke: '#d0a03a', width: 2.2 }) +
    path('M20,4 C26,14 24,22 22,30', { stroke: '#d0a03a', width: 1.3 }),
  sunglasses: (colour = '#2b2833') =>
    path('M-30,-5 L-24,-5 M24,-5 L30,-5 M-4,-4 C-2,-6 2,-6 4,-4', { stroke: colour, width: 2.6 }) +
    path(
      'M-24,-8 L-3,-8 C-2,4 -8,9 -13,9 C-20,9 -25,2 -24,-8 Z M24,-8 L3,-8 C2,4 8,9 13,9 C20,9 25,2 24,-8 Z',
      { fill: colour },
    ) +
    path('M-19,-5 L-12,-5 M9,-5 L16,-5', { stroke: '#ffffff', width: 2, opacity: 0.5 }),
  glasses: (colour = '#3a3340') =>
    circle(-12.5, -1, 9.5, { stroke: colour, width: 2 }) +
    circle(12.5, -1, 9.5, { stroke: colour, width: 2 }) +
    path('M-3,-2 C-1,-4 1,-4 3,-2 M-22,-3 L-29,-5 M22,-3 L29,-5', { stroke: colour, width: 2 }),
};
