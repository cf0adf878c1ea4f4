import { darken, lighten, mixColours } from '../../colour.ts';
import type { Feature } from '../../compose/scene-plan.ts';
import { featherShape } from '../things/objects.ts';
import { circle, clipped, ellipse, glow, num, path, place, rect } from '../vector.ts';
import { fillDown, type Land, type Layers } from './land.ts';

/** Where a thing made of many small things gets each of them drawn, 100 units high. */
export type DrawPiece = (feature: Feature) => string | null;

/** Rivers, pools and other parts of the land that the prompt names. */
export function drawFeatures(land: Land, drawPiece: DrawPiece): Layers {
  const back: string[] = [];
  const front: string[] = [];
  for (const feature of land.backdrop.features) {
    switch (feature.name) {
      case 'river':
        back.push(river(land, feature, drawPiece));
        break;
      case 'road':
        back.push(
          river(land, { name: 'road', colour: feature.colour ?? land.light.tone('#d9c49a') }, drawPiece),
        );
        break;
      case 'pool': {
        const layers = pool(land, feature);
        back.push(layers.back);
        front.push(layers.front);
        break;
      }
      case 'lake': {
        const [near, deep] = land.light.water;
        back.push(
          clipped(
            land.pen,
            ellipse(land.width / 2, land.backdrop.floorY - 10, land.width * 0.42, 120, {}),
            fillDown(land.pen, 0, land.backdrop.floorY - 140, land.width, 260, [
              lighten(near, 0.3),
              near,
              deep,
            ]),
          ),
        );
        break;
      }
      case 'waterfall':
        back.push(waterfall(land));
        break;
      default:
        break;
    }
  }
  return { back: back.join(''), front: front.join('') };
}

/** The middle of the river and half its width at a depth from 0 (horizon) to 1 (lower edge). */
function course(land: Land, depth: number): { x: number; y: number; half: number } {
  const { width, height, backdrop } = land;
  const side = backdrop.mirrored ? -1 : 1;
  const y = backdrop.horizonY + 26 + (height + 40 - backdrop.horizonY - 26) * depth ** 1.25;
  const swing = Math.sin(depth ** 0.72 * Math.PI * 2.5) * width * (0.06 + 0.2 * depth) * side;
  return { x: width * 0.5 + swing, y, half: 12 + depth ** 1.2 * Math.min(width, 1300) * 0.2 };
}

function river(land: Land, feature: Feature, drawPiece: DrawPiece): string {
  const { light } = land;
  const steps = Array.from({ length: 41 }, (_, index) => course(land, index / 40));
  const left = steps.map((at) => `${num(at.x - at.half)},${num(at.y)}`);
  const right = steps.map((at) => `${num(at.x + at.half)},${num(at.y)}`).reverse();
  const shape = `M${left.join(' L')} L${right.join(' L')} Z`;
  const [near, deep] = light.water;
  const made = feature.madeOf;
  const fill = made
    ? mixColours(made.colour ?? '#e8e2da', '#5f8fc4', 0.72)
    : (feature.colour ?? mixColours(near, deep, 0.3));
  const bank = path(shape, {
    stroke: light.tone(made ? '#7fa6cf' : land.backdrop.season === 'winter' ? '#dfeaf5' : '#cdb98a'),
    width: 16,
  });
  const parts = [bank, path(shape, { fill })];
  if (made) parts.push(pieces(land, feature, drawPiece));
  else if (feature.name === 'river') parts.push(streaks(land));
  return parts.join('');
}

function streaks(land: Land): string {
  const { pen } = land;
  return Array.from({ length: Math.round(20 + 26 * pen.detail) }, () => {
    const depth = pen.chance.between(0.08, 1);
    const at = course(land, depth);
    const ahead = course(land, depth + 0.03);
    const shift = pen.chance.between(-0.75, 0.75);
    return path(
      `M${num(at.x + at.half * shift)},${num(at.y)} Q${num((at.x + ahead.x) / 2 + at.half * shift + 4)},${num((at.y + ahead.y) / 2)} ${num(ahead.x + ahead.half * shift)},${num(ahead.y)}`,
      { stroke: '#ffffff', width: 1.5 + depth * 4, opacity: 0.6 },
    );
  }).join('');
}

/** Many small things laid along the stream like scales, each turned with the flow. */
function pieces(land: Land, feature: Feature, drawPiece: DrawPiece): string {
  const { pen } = land;
  const isFeather = feature.madeOf?.art.kind === 'made' && feature.madeOf.art.name === 'feather';
  const colour = feature.madeOf?.colour ?? '#efe9e0';
  const shades = [
    mixColours(colour, '#ffffff', 0.5),
    mixColours(colour, '#cfdcec', 0.55),
    mixColours(colour, '#f3ead9', 0.6),
  ];
  const drawings = isFeather
    ? shades.map(barred)
    : [drawPiece(feature) ?? circle(0, -50, 50, { fill: colour })];
  const list: string[] = [];
  let depth = 0.02;
  while (depth < 1.02) {
    const at = course(land, depth);
    const ahead = course(land, depth + 0.02);
    const angle = (Math.atan2(ahead.y - at.y, ahead.x - at.x) * 180) / Math.PI - 90;
    const tall = Math.max(16, at.half * (isFeather ? 0.8 : 0.6));
    const across = Math.max(2, Math.round((at.half * 2) / (tall * (isFeather ? 0.34 : 0.8))));
    for (let column = 0; column < across; column += 1) {
      const shift = ((column + 0.5 + pen.chance.between(-0.2, 0.2)) / across) * 2 - 1;
      const scale = (tall / 100) * pen.chance.between(0.85, 1.15);
      list.push(
        place(pen.chance.pick(drawings), {
          x: at.x + at.half * shift,
          y: at.y + pen.chance.between(-0.16, 0.16) * tall,
          scale,
          turn: angle + shift * -14 + pen.chance.between(-13, 13),
        }),
      );
    }
    depth += (tall * (pen.detail > 0.5 ? 0.36 : 0.55)) / (land.height * 0.9);
  }
  const loose = Array.from({ length: isFeather ? 6 : 0 }, (_, index) =>
    place(barred(pen.chance.pick(shades)), {
      x: (index % 2 === 0 ? pen.chance.between(0.05, 0.36) : pen.chance.between(0.64, 0.95)) * land.width,
      y: pen.chance.between(0.16, 0.9) * land.height,
      scale: pen.chance.between(0.7, 1.25),
      turn: pen.chance.between(-80, 80),
    }),
  );
  return list.join('') + loose.join('');
}

/** An owl's feather: pale, with a few soft darker bars near the tip. */
function barred(colour: string): string {
  const bars = 'M-14,-62 Q-6,-66 1,-62 M-14,-72 Q-6,-76 1,-72 M-10,-83 Q-4,-86 1,-83';
  return featherShape(colour) + path(bars, { stroke: '#8d8580', width: 3.4, opacity: 0.22 });
}

function pool(land: Land, feature: Feature): Layers {
  const { width, backdrop, pen, light } = land;
  const y = backdrop.floorY;
  const colour = feature.colour ?? '#4cc7dc';
  const rx = Math.min(width * 0.44, 620);
  const ry = 128;
  const cx = width * 0.55;
  const cy = y + 4;
  const rim =
    ellipse(cx, cy + 10, rx + 44, ry + 34, { fill: light.tone('#cdbb9c') }) +
    ellipse(cx, cy, rx + 40, ry + 28, { fill: light.tone('#fff6e6') }) +
    ellipse(cx, cy, rx + 8, ry + 6, { fill: darken(colour, 0.3) });
  const water = clipped(
    pen,
    ellipse(cx, cy, rx, ry, {}),
    fillDown(pen, cx - rx, cy - ry, rx * 2, ry * 2, [darken(colour, 0.12), colour, lighten(colour, 0.3)]) +
      poolTiles(cx, cy, rx, ry) +
      glow(pen, cx - rx * 0.3, cy - 10, rx * 0.5, '#ffffff', 0.5, 0.24),
  );
  const lines = Array.from({ length: 12 }, () =>
    path(
      `M${num(cx + pen.chance.between(-0.8, 0.6) * rx)},${num(cy + pen.chance.between(-0.6, 0.75) * ry)} q26,-9 52,0 t52,0`,
      { stroke: '#ffffff', width: 4, opacity: 0.6 },
    ),
  ).join('');
  const ladder = place(
    path('M-22,60 V-60 C-22,-96 22,-96 22,-60', { stroke: '#dfe6ec', width: 10 }) +
      path('M14,60 V-60 C14,-96 58,-96 58,-60', { stroke: '#bcc6d0', width: 10 }),
    { x: cx + rx * 0.86, y: cy - 30 },
  );
  return { back: rim + water + lines + ladder, front: '' };
}

function poolTiles(cx: number, cy: number, rx: number, ry: number): string {
  const lines: string[] = [];
  for (let x = -rx; x <= rx; x += 70)
    lines.push(`M${num(cx + x * 0.7)},${num(cy - ry)} L${num(cx + x * 1.3)},${num(cy + ry)}`);
  for (let y = -ry; y <= ry; y += 42) lines.push(`M${num(cx - rx)},${num(cy + y)} H${num(cx + rx)}`);
  return path(lines.join(' '), { stroke: '#ffffff', width: 2, opacity: 0.22 });
}

function waterfall(land: Land): string {
  const { width, backdrop, pen, light } = land;
  const y = backdrop.horizonY;
  const x = width * 0.5;
  const rock = light.tone('#7f8494');
  const fall = Array.from({ length: 14 }, (_, index) =>
    path(`M${num(x - 84 + index * 13)},${num(y * 0.25)} v${num(y * 0.8 + pen.chance.between(0, 60))}`, {
      stroke: '#ffffff',
      width: 5,
      opacity: pen.chance.between(0.35, 0.9),
    }),
  ).join('');
  return (
    path(
      `M${num(x - 360)},${num(y + 60)} L${num(x - 250)},${num(y * 0.32)} L${num(x - 90)},${num(y * 0.22)} L${num(x + 100)},${num(y * 0.24)} L${num(x + 260)},${num(y * 0.34)} L${num(x + 380)},${num(y + 60)} Z`,
      { fill: rock },
    ) +
    rect(x - 92, y * 0.24, 186, y * 0.86, { fill: light.water[0] }) +
    fall +
    ellipse(x, y + 60, 300, 70, { fill: light.water[0] }) +
    ellipse(x, y + 40, 160, 40, { fill: '#ffffff', opacity: 0.7 })
  );
}
