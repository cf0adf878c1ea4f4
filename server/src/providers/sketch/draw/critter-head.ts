import { brightness, darken, lighten, mixColours } from '../colour.ts';
import type { Species } from './species.ts';
import { circle, clipped, ellipse, type Pen, path, place } from './vector.ts';

export type Mood = 'calm' | 'happy' | 'asleep';

/** A head around its own centre, in units where a sitting animal is about 100 high. */
export function drawHead(pen: Pen, animal: Species, mood: Mood): string {
  const { headWidth: w, headHeight: h } = animal;
  const has = (mark: Species['marks'][number]) => animal.marks.includes(mark);
  const shape = headShape(w, h);
  const parts: string[] = [];
  if (has('mane'))
    parts.push(
      ruff(w + 13, h + 13, animal.markColour, 15),
      ruff(w + 7, h + 7, lighten(animal.markColour, 0.14), 13),
    );
  if (has('antlers')) parts.push(antlers());
  if (has('horns'))
    parts.push(
      path('M-14,-20 C-18,-27 -19,-32 -15,-36 M14,-20 C18,-27 19,-32 15,-36', {
        stroke: '#e9dfc8',
        width: 5,
      }),
    );
  if (has('quills'))
    parts.push(
      ruff(w + 8, h + 9, animal.markColour, 19),
      ruff(w + 3, h + 5, lighten(animal.markColour, 0.12), 17),
    );
  parts.push(ears(animal));
  if (has('wool')) parts.push(ruff(w + 3, h + 3, darken(animal.coat, 0.05), 11));
  parts.push(path(shape, { fill: animal.coat }));
  parts.push(clipped(pen, path(shape, {}), headMarks(animal)));
  parts.push(muzzle(animal, mood));
  parts.push(eyes(animal, mood));
  if (animal.whiskers) parts.push(whiskers(animal));
  if (has('wool'))
    parts.push(
      ['-14,-20', '-5,-24', '5,-24', '14,-20']
        .map((at) => place(circle(0, 0, 8.5, { fill: animal.coat }), point(at)))
        .join(''),
    );
  return parts.join('');
}

function point(text: string): { x: number; y: number } {
  const [x = '0', y = '0'] = text.split(',');
  return { x: Number(x), y: Number(y) };
}

function headShape(w: number, h: number): string {
  return `M0,${-h} C${w * 0.62},${-h} ${w},${-h * 0.42} ${w},${h * 0.14} C${w},${h * 0.72} ${w * 0.55},${h} 0,${h} C${-w * 0.55},${h} ${-w},${h * 0.72} ${-w},${h * 0.14} C${-w},${-h * 0.42} ${-w * 0.62},${-h} 0,${-h} Z`;
}

/** A wreath of round tufts. */
function ruff(rx: number, ry: number, colour: string, count: number): string {
  const tufts = Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * Math.PI * 2;
    return circle(Math.cos(angle) * rx * 0.86, Math.sin(angle) * ry * 0.86, rx * 0.24, { fill: colour });
  });
  return ellipse(0, 0, rx * 0.94, ry * 0.94, { fill: colour }) + tufts.join('');
}

function antlers(): string {
  const one = 'M8,-20 C12,-32 14,-38 24,-44 M13,-31 C20,-31 24,-32 28,-36 M16,-38 C14,-44 14,-46 15,-50';
  return (
    path(one, { stroke: '#a9825a', width: 3.6 }) +
    place(path(one, { stroke: '#a9825a', width: 3.6 }), { flip: true })
  );
}

function ears(animal: Species): string {
  const dark =
    animal.marks.includes('points') || animal.marks.includes('eyePatches') ? animal.markColour : animal.coat;
  const inside = animal.marks.includes('points') ? lighten(animal.markColour, 0.2) : animal.earInside;
  const w = animal.headWidth / 30;
  const one = {
    pointed:
      path('M8,-21 C12,-34 20,-42 25,-42 C29,-42 31,-24 29,-8 Z', { fill: dark }) +
      path('M14,-21 C17,-30 21,-35 23.5,-35 C26,-35 27,-24 26,-13 Z', { fill: inside }),
    round: circle(20.5, -20, 11.5, { fill: dark }) + circle(20.5, -19, 6.8, { fill: inside }),
    small: circle(20, -20, 7, { fill: dark }) + circle(20, -19.5, 4, { fill: inside }),
    side: circle(25, -13.5, 7, { fill: dark }) + circle(25, -13, 4, { fill: inside }),
    long:
      path('M5,-18 C1,-44 6,-60 13,-60 C21,-60 22,-40 17,-16 Z', { fill: dark }) +
      path('M9,-20 C7,-42 9,-53 13,-53 C17,-53 17,-38 14,-20 Z', { fill: inside }),
    floppy: path('M15,-21 C26,-29 37,-21 39,-4 C40,8 35,16 29,13 C24,10 24,-6 17,-12 Z', { fill: inside }),
    none: '',
  }[animal.ears];
  return place(one, { x: 0, scale: 1, flip: true }) + place(one, { x: 0, scale: w > 0 ? 1 : 1 });
}

/** Colour on the face, drawn clipped to the head. */
function headMarks(animal: Species): string {
  const { headWidth: w, headHeight: h, markColour: mark } = animal;
  const shade = ellipse(0, h * 1.15, w * 1.1, h * 0.5, { fill: darken(animal.coat, 0.22), opacity: 0.35 });
  const shine = ellipse(-w * 0.3, -h * 0.72, w * 0.42, h * 0.2, { fill: '#ffffff', opacity: 0.16 });
  const parts: string[] = [shade];
  for (const kind of animal.marks) {
    if (kind === 'tabby' || kind === 'tiger')
      parts.push(stripes(kind === 'tiger' ? mark : darken(animal.coat, 0.48)));
    if (kind === 'points')
      parts.push(
        ellipse(0, h * 0.42, w * 0.66, h * 0.72, { fill: mark, opacity: 0.82 }),
        ellipse(0, h * 0.1, w * 0.34, h * 0.7, { fill: mark, opacity: 0.5 }),
      );
    if (kind === 'eyePatches')
      parts.push(
        place(ellipse(0, 0, 8.5, 10.5, { fill: mark }), { x: -12, y: -1, turn: 24 }),
        place(ellipse(0, 0, 8.5, 10.5, { fill: mark }), { x: 12, y: -1, turn: -24 }),
      );
    if (kind === 'cheeks')
      parts.push(
        path(
          `M${-w - 2},-2 C${-w * 0.5},-2 -8,4 0,14 C8,4 ${w * 0.5},-2 ${w + 2},-2 L${w},${h + 4} L${-w},${h + 4} Z`,
          { fill: animal.pale },
        ),
      );
    if (kind === 'mask')
      parts.push(
        path(
          `M${-w - 1},-4 C-20,-10 -6,-6 0,2 C6,-6 20,-10 ${w + 1},-4 L${w + 1},6 C16,10 8,8 0,6 C-8,8 -16,10 ${-w - 1},6 Z`,
          { fill: mark },
        ),
        ellipse(0, -15, 22, 6, { fill: animal.pale, opacity: 0.9 }),
      );
    if (kind === 'spots')
      parts.push(
        [
          [-18, -12, 2.6],
          [17, -13, 2.4],
          [-8, -19, 2],
          [8, -20, 2.2],
          [0, -14, 2],
          [23, -2, 2],
          [-24, -1, 2.2],
        ]
          .map(([x = 0, y = 0, r = 2]) => circle(x, y, r, { fill: mark, opacity: 0.8 }))
          .join(''),
      );
    if (kind === 'patches') parts.push(ellipse(-17, -9, 15, 16, { fill: mark }));
    if (kind === 'paleFace') parts.push(ellipse(0, h * 0.5, w * 0.78, h * 0.62, { fill: animal.pale }));
    if (kind === 'stripe') parts.push(path('M-4,-28 L4,-28 L2,4 L-2,4 Z', { fill: mark }));
  }
  return parts.join('') + shine;
}

function stripes(colour: string): string {
  const lines = [
    'M0,-26 L0,-14',
    'M-8,-26 C-7,-20 -6,-18 -4.5,-15',
    'M8,-26 C7,-20 6,-18 4.5,-15',
    'M-32,2 L-20,4',
    'M-31,10 L-20,9.5',
    'M32,2 L20,4',
    'M31,10 L20,9.5',
    'M-15,-25 C-13,-21 -12,-19 -11,-17',
    'M15,-25 C13,-21 12,-19 11,-17',
  ];
  return path(lines.join(' '), { stroke: colour, width: 2.9 });
}

function muzzle(animal: Species, mood: Mood): string {
  const dark = animal.marks.includes('points');
  const soft = dark ? mixColours(animal.markColour, '#ffffff', 0.1) : animal.pale;
  const line = brightness(soft) < 0.4 ? '#1d1414' : '#5a3d35';
  const mouth = (y: number, reach: number) =>
    path(
      `M0,${y} L0,${y + 2.5} M${-reach},${y + 2} C${-reach * 0.8},${y + 6.5} -1,${y + 6.5} 0,${y + 2.5} C1,${y + 6.5} ${reach * 0.8},${y + 6.5} ${reach},${y + 2}`,
      { stroke: line, width: 1.5 },
    );
  const open =
    mood === 'happy'
      ? path('M-4,14.6 C-4,20 4,20 4,14.6 C2,15.8 -2,15.8 -4,14.6 Z', { fill: '#c9525f' })
      : '';
  const teeth = animal.marks.includes('teeth')
    ? path('M-2.6,14.5 h2.4 v4 h-2.4 z M0.2,14.5 h2.4 v4 h-2.4 z', {
        fill: '#ffffff',
        stroke: '#d8cfc8',
        width: 0.4,
      })
    : '';
  const blush =
    ellipse(-20, 9.5, 5, 3.2, { fill: '#ff7d7d', opacity: 0.3 }) +
    ellipse(20, 9.5, 5, 3.2, { fill: '#ff7d7d', opacity: 0.3 });
  switch (animal.muzzle) {
    case 'small':
      return `${blush}${circle(-5, 11.5, 6.6, { fill: soft })}${circle(5, 11.5, 6.6, { fill: soft })}${open}${teeth}${path('M-3.4,6 C-3.4,4.6 3.4,4.6 3.4,6 C3.4,8 1,9.6 0,9.6 C-1,9.6 -3.4,8 -3.4,6 Z', { fill: animal.nose })}${mouth(9.6, 7)}`;
    case 'wide':
      return `${blush}${ellipse(-6.5, 11, 8.6, 7.4, { fill: soft })}${ellipse(6.5, 11, 8.6, 7.4, { fill: soft })}${open}${teeth}${path('M-6,3.6 C-6,0.6 6,0.6 6,3.6 C6,7 2,9.4 0,9.4 C-2,9.4 -6,7 -6,3.6 Z', { fill: animal.nose })}${ellipse(-1.6, 3.2, 2, 1, { fill: '#ffffff', opacity: 0.45 })}${mouth(9.4, 8.5)}`;
    case 'long':
      return `${blush}${ellipse(0, 12, 9.5, 9, { fill: animal.pale })}${open}${path('M-4.4,8 C-4.4,5.6 4.4,5.6 4.4,8 C4.4,10.6 1.4,12.4 0,12.4 C-1.4,12.4 -4.4,10.6 -4.4,8 Z', { fill: animal.nose })}${mouth(12, 6)}`;
    case 'snout':
      return `${blush}${ellipse(0, 9.5, 13.5, 9.5, { fill: animal.nose })}${ellipse(-4.4, 8, 2, 3, { fill: darken(animal.nose, 0.45) })}${ellipse(4.4, 8, 2, 3, { fill: darken(animal.nose, 0.45) })}${path('M-6,15 C-3,17.5 3,17.5 6,15', { stroke: darken(animal.nose, 0.5), width: 1.4 })}`;
  }
}

function eyes(animal: Species, mood: Mood): string {
  const gap = animal.headWidth * 0.42;
  const white = animal.marks.includes('eyePatches') || animal.marks.includes('mask');
  const one = (x: number) => {
    const ink = brightness(animal.coat) < 0.3 || white ? '#f5f0ea' : '#2b2026';
    if (mood === 'asleep')
      return path(`M${x - 5.5},-1 C${x - 3},3 ${x + 3},3 ${x + 5.5},-1`, { stroke: ink, width: 2.2 });
    if (mood === 'happy' && !animal.iris)
      return path(`M${x - 5.5},1.5 C${x - 4},-5 ${x + 4},-5 ${x + 5.5},1.5`, { stroke: ink, width: 2.4 });
    const ring = animal.iris ? circle(x, -1, 6.6, { fill: animal.iris }) : '';
    const pupil = animal.iris
      ? ellipse(x, -1, 3.8, 5.6, { fill: '#1f1a20' })
      : circle(x, -1, 5.4, { fill: '#2b2026' });
    const rim = brightness(animal.coat) < 0.3 && !animal.iris ? circle(x, -1, 6.4, { fill: '#f5f0ea' }) : '';
    return (
      rim +
      (animal.iris ? circle(x, -1, 7.4, { fill: '#2b2026' }) : '') +
      ring +
      pupil +
      circle(x - 1.8, -3.2, 1.9, { fill: '#ffffff' }) +
      circle(x + 1.9, 1.2, 0.9, { fill: '#ffffff', opacity: 0.85 })
    );
  };
  return one(-gap) + one(gap);
}

function whiskers(animal: Species): string {
  const colour = brightness(animal.coat) > 0.75 ? '#a39a98' : '#fffaf2';
  const w = animal.headWidth;
  const side = `M13,11 L${w + 8},7 M13,13 L${w + 8},14 M12,15 L${w + 5},20`;
  return (
    path(side, { stroke: colour, width: 0.9, opacity: 0.9 }) +
    place(path(side, { stroke: colour, width: 0.9, opacity: 0.9 }), { flip: true })
  );
}
