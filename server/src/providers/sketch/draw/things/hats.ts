import { darken, lighten } from '../../colour.ts';
import { circle, ellipse, path, place, rect } from '../vector.ts';

type Drawing = (colour: string | undefined) => string;

/** Hats for a head that is 60 units wide; y = 0 is where the brim meets the head, a little below its top. */
export const hats: Readonly<Record<string, Drawing>> = {
  'top-hat': (colour = '#33303d') =>
    path('M-19,-2 C-20,-20 -23,-34 -24,-45 C-10,-50 10,-50 24,-45 C23,-34 20,-20 19,-2 Z', { fill: colour }) +
    path('M-20,-14 C-8,-10 8,-10 20,-14 L19,-3 C8,1 -8,1 -19,-3 Z', { fill: '#c8374a' }) +
    ellipse(0, -45.5, 24, 5, { fill: lighten(colour, 0.14) }) +
    ellipse(0, 0, 36, 7.5, { fill: colour }) +
    path('M-20,-3 C-8,2 8,2 20,-3 L20,-1 C8,4 -8,4 -20,-1 Z', { fill: darken(colour, 0.35) }) +
    path('M-15,-40 C-14,-30 -13,-24 -12,-18', { stroke: '#ffffff', width: 3, opacity: 0.22 }),
  'bowler-hat': (colour = '#6b4a3a') =>
    path('M-22,-2 C-23,-32 23,-32 22,-2 Z', { fill: colour }) +
    path('M-22,-9 C-8,-4 8,-4 22,-9 L22,-1 C8,3 -8,3 -22,-1 Z', { fill: darken(colour, 0.4) }) +
    ellipse(0, 0, 35, 6.5, { fill: darken(colour, 0.12) }) +
    path('M-22,-3 C-8,2 8,2 22,-3 L22,-8 C8,-3 -8,-3 -22,-8 Z', { fill: darken(colour, 0.4) }),
  'wizard-hat': (colour = '#4b3fa0') =>
    path('M-23,-1 C-14,-22 -8,-44 8,-68 C10,-58 16,-54 14,-46 C16,-26 20,-14 23,-1 Z', { fill: colour }) +
    ellipse(0, 0, 38, 8, { fill: darken(colour, 0.18) }) +
    path('M-22,-4 C-8,1 8,1 22,-4 L20,-12 C8,-7 -8,-7 -19,-12 Z', { fill: '#e6b23a' }) +
    star(0, -26, 6) +
    star(8, -44, 4) +
    star(-9, -19, 3.4),
  'party-hat': (colour = '#e5567f') =>
    path('M-18,0 L0,-46 L18,0 C8,5 -8,5 -18,0 Z', { fill: colour }) +
    path('M-13,-12 C-5,-8 5,-8 13,-12 L9.5,-21 C4,-18 -4,-18 -9.5,-21 Z', { fill: '#ffd75e' }) +
    path('M-6,-30 C-2,-28 2,-28 6,-30 L3.5,-37 L-3.5,-37 Z', { fill: '#5ac8d8' }) +
    circle(0, -46, 6, { fill: '#fff3c8' }),
  'santa-hat': (colour = '#d8343c') =>
    path('M-26,-2 C-24,-36 10,-46 34,-22 C30,-24 26,-22 24,-14 L26,-2 Z', { fill: colour }) +
    circle(36, -16, 8, { fill: '#ffffff' }) +
    rect(-31, -8, 62, 13, { fill: '#ffffff' }, 6.5),
  beret: (colour = '#c8374a') =>
    path('M-32,-4 C-38,-24 -10,-32 8,-28 C30,-24 40,-10 28,-2 C12,4 -20,4 -32,-4 Z', { fill: colour }) +
    path('M0,-28 C1,-33 3,-35 6,-36', { stroke: darken(colour, 0.2), width: 3.4 }) +
    path('M-24,-14 C-18,-22 -8,-24 0,-24', { stroke: '#ffffff', width: 3, opacity: 0.25 }),
  'chef-hat': () =>
    [-20, 0, 20].map((x) => circle(x, -32 - (x === 0 ? 6 : 0), 16, { fill: '#ffffff' })).join('') +
    path('M-22,0 L-24,-30 L24,-30 L22,0 C8,4 -8,4 -22,0 Z', { fill: '#f4f4f6' }) +
    path('M-12,-6 L-13,-24 M0,-5 L0,-24 M12,-6 L13,-24', { stroke: '#d8d8de', width: 1.5 }),
  'straw-hat': (colour = '#e8c36a') =>
    ellipse(0, 0, 44, 9, { fill: darken(colour, 0.1) }) +
    path('M-22,-1 C-22,-30 22,-30 22,-1 C8,4 -8,4 -22,-1 Z', { fill: colour }) +
    path('M-22,-9 C-8,-4 8,-4 22,-9 L22,-1 C8,4 -8,4 -22,-1 Z', { fill: '#c8504a' }),
  'pirate-hat': (colour = '#35303c') =>
    path('M-40,0 C-34,-18 -26,-20 -20,-22 C-12,-40 12,-40 20,-22 C26,-20 34,-18 40,0 C20,-8 -20,-8 -40,0 Z', {
      fill: colour,
    }) +
    circle(0, -20, 7, { fill: '#f4f1ea' }) +
    rect(-4, -16, 8, 6, { fill: '#f4f1ea' }, 1) +
    circle(-2.6, -20, 1.7, { fill: colour }) +
    circle(2.6, -20, 1.7, { fill: colour }),
  'cowboy-hat': (colour = '#a9713f') =>
    path('M-46,-8 C-34,6 34,6 46,-8 C40,2 30,8 0,8 C-30,8 -40,2 -46,-8 Z', { fill: darken(colour, 0.12) }) +
    path('M-22,2 C-24,-24 -18,-34 -8,-30 C-3,-28 3,-28 8,-30 C18,-34 24,-24 22,2 C8,6 -8,6 -22,2 Z', {
      fill: colour,
    }) +
    path('M-22.5,-6 C-8,-2 8,-2 22.5,-6 L22,1 C8,5 -8,5 -22,1 Z', { fill: '#5b3a22' }),
  cap: (colour = '#3f7fe0') =>
    path('M-25,-1 C-26,-30 26,-30 25,-1 Z', { fill: colour }) +
    path('M-25,-2 C-6,-8 22,-8 46,2 C38,8 10,2 -25,3 Z', { fill: darken(colour, 0.22) }) +
    circle(0, -23, 2.6, { fill: darken(colour, 0.25) }),
  beanie: (colour = '#d9625a') =>
    path('M-27,0 C-29,-38 29,-38 27,0 Z', { fill: colour }) +
    path('M-14,-24 L-15,-6 M0,-28 L0,-6 M14,-24 L15,-6', { stroke: darken(colour, 0.2), width: 2 }) +
    rect(-30, -8, 60, 12, { fill: lighten(colour, 0.3) }, 6) +
    circle(0, -32, 8, { fill: lighten(colour, 0.45) }),
  helmet: () =>
    circle(0, 22, 42, { fill: '#cfe6f7', opacity: 0.35 }) +
    circle(0, 22, 42, { stroke: '#eef3f8', width: 6 }) +
    path('M-26,4 C-22,-8 -14,-13 -6,-14', { stroke: '#ffffff', width: 5, opacity: 0.85 }),
  'knight-helmet': () =>
    path('M0,-28 C8,-52 26,-52 34,-38 C24,-40 16,-34 10,-26 Z', { fill: '#d8343c' }) +
    path('M-30,34 C-33,-10 -24,-32 0,-32 C24,-32 33,-10 30,34 L22,36 L22,8 L-22,8 L-22,36 Z', {
      fill: '#aeb6c2',
    }) +
    path('M-25,-4 L25,-4 L23,8 L-23,8 Z', { fill: '#8a94a3' }) +
    path('M-16,2 H16 M0,-31 V-5', { stroke: '#5b6470', width: 3 }) +
    path('M-22,-12 C-20,-20 -14,-25 -8,-27', { stroke: '#ffffff', width: 3, opacity: 0.5 }),
  'flower-crown': () =>
    path('M-28,0 C-12,-9 12,-9 28,0', { stroke: '#5f9a4a', width: 5 }) +
    [
      [-26, -1, '#f58db4'],
      [-14, -6, '#ffd75e'],
      [0, -8, '#f0705a'],
      [14, -6, '#c3a2e4'],
      [26, -1, '#f58db4'],
    ]
      .map(([x, y, fill]) => blossom(Number(x), Number(y), String(fill)))
      .join(''),
  halo: () =>
    ellipse(0, -18, 26, 7, { stroke: '#ffd75e', width: 5 }) +
    ellipse(0, -18, 26, 7, { stroke: '#fff3b8', width: 2 }),
};

function blossom(x: number, y: number, fill: string): string {
  const petals = [0, 72, 144, 216, 288].map((turn) => place(circle(0, -4.6, 4, { fill }), { turn })).join('');
  return place(petals + circle(0, 0, 3, { fill: '#fff0b8' }), { x, y });
}

function star(x: number, y: number, r: number): string {
  const points = Array.from({ length: 10 }, (_, index) => {
    const reach = index % 2 === 0 ? r : r * 0.45;
    const angle = (index / 10) * Math.PI * 2 - Math.PI / 2;
    return `${(x + Math.cos(angle) * reach).toFixed(2)},${(y + Math.sin(angle) * reach).toFixed(2)}`;
  });
  return path(`M${points.join(' L')} Z`, { fill: '#ffe07a' });
}
