import { darken, lighten, mixColours } from '../../colour.ts';
import type { Place } from '../../read-prompt/reading.ts';
import { circle, ellipse, glow, num, path, place, rect } from '../vector.ts';
import { fillDown, type Land, type Layers } from './land.ts';

/** Wall, floor and window of every room; what stands in it comes on top. */
const rooms: Readonly<Partial<Record<Place, { wall: string; floor: string; boards: boolean }>>> = {
  room: { wall: '#f6dcc0', floor: '#c98f5f', boards: true },
  bedroom: { wall: '#d9d4ee', floor: '#c79a72', boards: true },
  kitchen: { wall: '#fbeecb', floor: '#d9cfc4', boards: false },
  lounge: { wall: '#fbe7cb', floor: '#e9d3b4', boards: false },
  clinic: { wall: '#d3eeea', floor: '#e8e4dc', boards: false },
  library: { wall: '#d9b98f', floor: '#8f5f3f', boards: true },
  office: { wall: '#dde8f0', floor: '#b9a58f', boards: true },
  cafe: { wall: '#f3d3b8', floor: '#8a5a40', boards: true },
};

export function drawRoom(land: Land): Layers {
  const { backdrop, pen, width, height, light } = land;
  const room = rooms[backdrop.place] ?? { wall: '#f6dcc0', floor: '#c98f5f', boards: true };
  const y = backdrop.horizonY;
  const wall = light.tone(backdrop.colour ?? room.wall);
  const floor = light.tone(room.floor);
  const parts = [
    fillDown(pen, 0, 0, width, y + 4, [lighten(wall, 0.25), wall]),
    wallpaper(land, wall),
    fillDown(pen, 0, y, width, height - y, [floor, darken(floor, 0.18)]),
  ];
  parts.push(
    room.boards ? boards(land, floor) : tiles(land, floor),
    rect(0, y - 14, width, 18, { fill: lighten(wall, 0.6) }),
  );
  parts.push(furniture(land));
  if (backdrop.time !== 'night')
    parts.push(
      path(
        `M${num(width * 0.3)},${num(y)} L${num(width * 0.52)},${num(y)} L${num(width * 0.74)},${num(height)} L${num(width * 0.36)},${num(height)} Z`,
        { fill: '#fff6cf', opacity: 0.3 },
      ),
    );
  return { back: parts.join(''), front: '' };
}

function wallpaper(land: Land, wall: string): string {
  if (land.pen.detail < 0.4) return '';
  const parts: string[] = [];
  for (let x = 30; x < land.width; x += 120)
    parts.push(rect(x, 0, 46, land.backdrop.horizonY, { fill: lighten(wall, 0.22), opacity: 0.5 }));
  return parts.join('');
}

function boards(land: Land, floor: string): string {
  const { width, height, backdrop } = land;
  const y = backdrop.horizonY;
  const lines: string[] = [];
  for (let step = -12; step <= 12; step += 1)
    lines.push(
      `M${num(width / 2 + step * width * 0.09)},${num(y)} L${num(width / 2 + step * width * 0.19)},${num(height)}`,
    );
  return path(lines.join(' '), { stroke: darken(floor, 0.25), width: 2.5, opacity: 0.6 });
}

function tiles(land: Land, floor: string): string {
  const { height, width, backdrop } = land;
  const lines: string[] = [];
  let y = backdrop.horizonY;
  for (let gap = 26; y < height; gap *= 1.35) {
    y += gap;
    lines.push(`M0,${num(y)} H${num(width)}`);
  }
  return (
    boards(land, floor) + path(lines.join(' '), { stroke: darken(floor, 0.2), width: 2.5, opacity: 0.6 })
  );
}

function furniture(land: Land): string {
  const { backdrop, width } = land;
  const y = backdrop.horizonY;
  const top = y * 0.14;
  const pane = (x: number, wide: number) => window(land, x, top, wide, y * 0.58);
  switch (backdrop.place) {
    case 'lounge':
      return lounge(land);
    case 'clinic':
      return (
        pane(width * 0.62, 230) +
        poster(width * 0.14, top + 10, 150, '#fffdf6', paw('#5fb3a8')) +
        shelf(land, width * 0.36, y * 0.42) +
        cross(width * 0.47, top + 40)
      );
    case 'kitchen':
      return pane(width * 0.36, 260) + cabinets(land);
    case 'library':
      return bookcase(land, 0, width);
    case 'cafe':
      return (
        pane(width * 0.08, 300) +
        poster(
          width * 0.68,
          top,
          190,
          '#4a3a34',
          path('M-40,10 h60 v20 a30,26 0 0 1 -60,0 Z M20,16 c26,-4 22,30 -2,26', {
            stroke: '#fff2dc',
            width: 6,
          }),
        ) +
        pendants(land)
      );
    case 'bedroom':
      return pane(width * 0.58, 240) + poster(width * 0.12, top + 20, 130, '#fff8ec', star()) + bed(land);
    case 'office':
      return pane(width * 0.12, 300) + bookcase(land, width * 0.66, width * 0.94);
    default:
      return (
        pane(width * 0.36, 270) +
        poster(
          width * 0.11,
          top + 30,
          150,
          '#fff6e4',
          circle(0, 0, 34, { fill: '#f2a65a' }) +
            path('M-60,50 Q-20,-10 20,40 Q40,20 60,50 Z', { fill: '#6fae7f' }),
        ) +
        floorLamp(land, width * 0.9) +
        plantPot(land, width * 0.05, 1)
      );
  }
}

function window(land: Land, x: number, y: number, wide: number, tall: number): string {
  const { light, pen } = land;
  const view =
    fillDown(pen, x, y, wide, tall, light.sky) +
    ellipse(x + wide * 0.3, y + tall, wide * 0.4, tall * 0.24, { fill: light.leaf }) +
    ellipse(x + wide * 0.75, y + tall, wide * 0.3, tall * 0.18, { fill: light.grass });
  const frame = light.tone('#fffaf0');
  const inside = `<svg x="${num(x)}" y="${num(y)}" width="${num(wide)}" height="${num(tall)}" viewBox="${num(x)} ${num(y)} ${num(wide)} ${num(tall)}">${view}</svg>`;
  const curtain = (cx: number, flip: boolean) =>
    place(
      path(
        `M0,-16 L70,-16 C66,${num(tall * 0.5)} 34,${num(tall * 0.8)} 14,${num(tall + 26)} L-14,${num(tall + 26)} Z`,
        { fill: light.tone('#f0876f'), opacity: 0.95 },
      ),
      { x: cx, y, flip },
    );
  return (
    rect(x - 10, y - 10, wide + 20, tall + 20, { fill: darken(frame, 0.1) }, 6) +
    inside +
    rect(x, y, wide, tall, { stroke: frame, width: 12 }, 4) +
    path(`M${num(x + wide / 2)},${num(y)} v${num(tall)} M${num(x)},${num(y + tall / 2)} h${num(wide)}`, {
      stroke: frame,
      width: 9,
    }) +
    rect(x - 24, y + tall + 6, wide + 48, 16, { fill: frame }, 5) +
    curtain(x - 22, false) +
    curtain(x + wide + 22, true)
  );
}

function lounge(land: Land): string {
  const { width, light, pen, backdrop } = land;
  const y = backdrop.horizonY;
  const parts: string[] = [];
  const count = Math.max(3, Math.round(width / 330));
  const gap = width / count;
  for (let index = 0; index < count; index += 1) {
    const x = index * gap + gap * 0.1;
    const wide = gap * 0.8;
    const top = y * 0.1;
    const arch = `M${num(x)},${num(y - 10)} V${num(top + wide / 2)} A${num(wide / 2)},${num(wide / 2)} 0 0 1 ${num(x + wide)},${num(top + wide / 2)} V${num(y - 10)} Z`;
    const id = pen.name();
    parts.push(
      `<clipPath id="${id}">${path(arch, {})}</clipPath><g clip-path="url(#${id})">${fillDown(pen, x, top, wide, y - top, light.sky)}${ellipse(x + wide * 0.3, y, wide * 0.6, y * 0.24, { fill: light.leaf })}${ellipse(x + wide * 0.9, y, wide * 0.5, y * 0.17, { fill: light.grass })}</g>`,
    );
    parts.push(
      path(arch, { stroke: light.tone('#fffaf0'), width: 15 }),
      path(`M${num(x + wide / 2)},${num(top)} V${num(y - 10)} M${num(x)},${num(y * 0.52)} h${num(wide)}`, {
        stroke: light.tone('#fffaf0'),
        width: 8,
      }),
    );
    if (backdrop.time !== 'night')
      parts.push(
        path(
          `M${num(x)},${num(y)} L${num(x + wide)},${num(y)} L${num(x + wide * 1.25 + 60)},${num(land.height)} L${num(x + 30)},${num(land.height)} Z`,
          { fill: '#fff3b8', opacity: 0.4 },
        ),
      );
  }
  parts.push(
    sofa(land, width * 0.17, y + 42, '#e8806a'),
    plantPot(land, width * 0.93, 1.15),
    plantPot(land, width * 0.02, 0.9),
    floorLamp(land, width * 0.36),
    sideTable(width * 0.305, y + 50, light.tone('#a8703f')),
  );
  return parts.join('');
}

function sofa(land: Land, x: number, y: number, colour: string): string {
  const c = land.light.tone(colour);
  return place(
    ellipse(0, 4, 175, 14, { fill: '#3a2a2a', opacity: 0.18 }) +
      rect(-140, -125, 280, 100, { fill: darken(c, 0.08) }, 26) +
      rect(-165, -86, 48, 80, { fill: c }, 20) +
      rect(117, -86, 48, 80, { fill: c }, 20) +
      rect(-122, -62, 121, 44, { fill: lighten(c, 0.14) }, 12) +
      rect(1, -62, 121, 44, { fill: lighten(c, 0.14) }, 12) +
      rect(-140, -22, 280, 20, { fill: darken(c, 0.16) }, 6) +
      place(rect(-28, -28, 56, 56, { fill: '#ffd98a' }, 10), { x: -80, y: -84, turn: 12 }) +
      path('M-130,-2 v12 M130,-2 v12', { stroke: '#6b4a34', width: 11 }),
    { x, y },
  );
}

function sideTable(x: number, y: number, wood: string): string {
  return place(
    path('M-26,0 L-20,-62 M26,0 L20,-62', { stroke: darken(wood, 0.2), width: 7 }) +
      ellipse(0, -64, 46, 11, { fill: wood }) +
      path('M-8,-66 L-10,-88 L10,-88 L8,-66 Z', { fill: '#7fc4d8' }) +
      circle(-6, -96, 9, { fill: '#f58db4' }) +
      circle(7, -99, 9, { fill: '#ffd35c' }),
    { x, y },
  );
}

function plantPot(land: Land, x: number, scale: number): string {
  const leaf = land.light.tone('#4f9a5a');
  const blade = (turn: number, fill: string) =>
    place(path('M0,0 C-26,-60 -20,-130 0,-170 C20,-130 26,-60 0,0 Z', { fill }), { y: -66, turn });
  return place(
    ellipse(0, 4, 60, 10, { fill: '#3a2a2a', opacity: 0.18 }) +
      [-62, -34, 62, 34, -12, 12]
        .map((turn, index) => blade(turn, index % 2 ? leaf : darken(leaf, 0.15)))
        .join('') +
      path('M-42,-74 L42,-74 L32,0 L-32,0 Z', { fill: land.light.tone('#d98a5f') }) +
      rect(-48, -84, 96, 18, { fill: land.light.tone('#e9a07a') }, 5),
    { x, y: land.backdrop.horizonY + 60, scale },
  );
}

function floorLamp(land: Land, x: number): string {
  return (
    glow(land.pen, x, land.backdrop.horizonY - 190, 170, '#fff0b8', land.light.dark ? 0.9 : 0.45) +
    place(
      path('M0,0 V-190', { stroke: '#6b5546', width: 8 }) +
        ellipse(0, 0, 40, 8, { fill: '#5b4638' }) +
        path('M-30,-250 L30,-250 L52,-180 L-52,-180 Z', { fill: '#ffe2a0' }),
      { x, y: land.backdrop.horizonY + 34 },
    )
  );
}

function poster(x: number, y: number, size: number, paper: string, drawing: string): string {
  return (
    rect(x - 8, y - 8, size + 16, size * 1.15 + 16, { fill: '#8f6a4a' }, 5) +
    rect(x, y, size, size * 1.15, { fill: paper }) +
    place(drawing, { x: x + size / 2, y: y + size * 0.56, scale: size / 150 })
  );
}

const paw = (fill: string): string =>
  ellipse(0, 18, 32, 26, { fill }) +
  ellipse(-36, -14, 12, 16, { fill }) +
  ellipse(-13, -34, 12, 17, { fill }) +
  ellipse(13, -34, 12, 17, { fill }) +
  ellipse(36, -14, 12, 16, { fill });
const star = (): string =>
  path('M0,-46 L13,-15 L46,-13 L20,8 L29,40 L0,22 L-29,40 L-20,8 L-46,-13 L-13,-15 Z', { fill: '#f5c04a' });

function cross(x: number, y: number): string {
  return (
    circle(x, y, 44, { fill: '#ffffff' }) +
    rect(x - 10, y - 28, 20, 56, { fill: '#e5605a' }, 4) +
    rect(x - 28, y - 10, 56, 20, { fill: '#e5605a' }, 4)
  );
}

function shelf(land: Land, x: number, y: number): string {
  const jars = ['#f2a0a8', '#8fc4e0', '#f5cf7a', '#9fd0a0'].map(
    (fill, index) =>
      rect(x + 8 + index * 46, y - 58, 36, 58, { fill }, 8) +
      rect(x + 6 + index * 46, y - 66, 40, 12, { fill: '#fffdf6' }, 4) +
      rect(x + 13 + index * 46, y - 40, 26, 20, { fill: '#fffdf6' }, 3),
  );
  return rect(x - 10, y, 210, 14, { fill: land.light.tone('#b98a5f') }, 4) + jars.join('');
}

function cabinets(land: Land): string {
  const { width, light, backdrop } = land;
  const y = backdrop.horizonY;
  const door = light.tone('#7fb3a5');
  const upper = [0.02, 0.17, 0.7, 0.85].map(
    (share) =>
      rect(width * share, y * 0.06, width * 0.14, y * 0.36, { fill: door }, 8) +
      rect(
        width * share + 12,
        y * 0.06 + 12,
        width * 0.14 - 24,
        y * 0.36 - 24,
        { stroke: darken(door, 0.15), width: 3 },
        5,
      ) +
      circle(width * share + width * 0.12, y * 0.34, 6, { fill: '#f5e3b0' }),
  );
  const counter =
    rect(0, y - 120, width, 124, { fill: darken(door, 0.08) }) +
    rect(0, y - 138, width, 24, { fill: light.tone('#f0e3cf') }) +
    [0.08, 0.28, 0.48, 0.68, 0.88]
      .map(
        (share) =>
          rect(width * share - 60, y - 100, 130, 92, { stroke: darken(door, 0.22), width: 3 }, 6) +
          circle(width * share, y - 86, 6, { fill: '#f5e3b0' }),
      )
      .join('');
  const pot = place(
    rect(-44, -54, 88, 54, { fill: '#c8504a' }, 8) +
      rect(-50, -62, 100, 12, { fill: '#e06a60' }, 5) +
      circle(0, -68, 7, { fill: '#3a2a2a' }),
    { x: width * 0.8, y: y - 138 },
  );
  return upper.join('') + counter + pot;
}

function bookcase(land: Land, fromX: number, toX: number): string {
  const { pen, backdrop, light } = land;
  const y = backdrop.horizonY;
  const wood = light.tone('#8f5f3f');
  const parts = [rect(fromX, y * 0.06, toX - fromX, y * 0.94, { fill: darken(wood, 0.2) })];
  const rows = 4;
  for (let row = 0; row < rows; row += 1) {
    const base = y * 0.06 + ((row + 1) / rows) * y * 0.94 - 10;
    let x = fromX + 12;
    while (x < toX - 40) {
      const wide = pen.chance.between(16, 34);
      parts.push(
        rect(
          x,
          base - (pen.chance.between(0.6, 0.82) * (y * 0.94)) / rows,
          wide,
          y,
          {
            fill: light.tone(
              pen.chance.pick(['#d9625a', '#5a8fc4', '#f0b85a', '#6fae7f', '#9a7fc4', '#e8dcc4']),
            ),
          },
          3,
        ),
      );
      x += wide + 3;
    }
    parts.push(
      rect(fromX, base, toX - fromX, 200, { fill: darken(wood, 0.2) }),
      rect(fromX, base, toX - fromX, 14, { fill: wood }),
    );
  }
  return `<svg x="0" y="0" width="${num(land.width)}" height="${num(y)}">${parts.join('')}</svg>`;
}

function pendants(land: Land): string {
  return [0.3, 0.5, 0.7]
    .map(
      (share) =>
        path(`M${num(land.width * share)},0 v90`, { stroke: '#4a3a34', width: 5 }) +
        path(`M${num(land.width * share - 44)},134 q44,-84 88,0 Z`, { fill: '#e2a04a' }) +
        glow(land.pen, land.width * share, 150, 130, '#fff0b8', 0.7),
    )
    .join('');
}

function bed(land: Land): string {
  const { width, light, backdrop } = land;
  const c = light.tone('#7f9fd8');
  return place(
    rect(-190, -190, 34, 190, { fill: '#8a5f40' }, 10) +
      rect(-170, -96, 400, 70, { fill: mixColours(c, '#ffffff', 0.75) }, 18) +
      rect(-60, -102, 296, 84, { fill: c }, 18) +
      rect(-154, -128, 110, 52, { fill: '#ffffff' }, 20) +
      path('M-170,-20 V8 M226,-20 V8', { stroke: '#8a5f40', width: 16 }),
    { x: width * 0.24, y: backdrop.horizonY + 40 },
  );
}
