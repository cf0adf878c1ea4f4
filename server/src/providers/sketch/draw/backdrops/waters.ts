import { darken, lighten, mixColours } from '../../colour.ts';
import { circle, ellipse, num, path, place } from '../vector.ts';
import { palm } from './heights.ts';
import { drawSky, fillDown, ground, type Land, type Layers, pine, ridge } from './land.ts';

/** A band of waves from edge to edge. */
function waves(land: Land, y: number, fill: string, high: number): string {
  const step = 110;
  let d = `M-120,${num(y)}`;
  for (let x = -120; x < land.width + step; x += step)
    d += ` q${num(step * 0.25)},${num(-high)} ${num(step * 0.5)},0 t${num(step * 0.5)},0`;
  return path(`${d} L${num(land.width + 240)},${num(land.height + 10)} L-120,${num(land.height + 10)} Z`, {
    fill,
  });
}

function ripples(land: Land, fromY: number, toY: number, count: number): string {
  const { pen, width } = land;
  return Array.from({ length: count }, () => {
    const y = pen.chance.between(fromY, toY);
    const reach = 20 + ((y - fromY) / Math.max(1, toY - fromY)) * 60;
    return path(`M${num(pen.chance.between(0, width))},${num(y)} q${num(reach / 2)},-7 ${num(reach)},0`, {
      stroke: '#ffffff',
      width: 3.5,
      opacity: 0.45,
    });
  }).join('');
}

/** The sun's path on the water. */
function glitter(land: Land, fromY: number): string {
  if (land.backdrop.time === 'day') return '';
  const x =
    land.width *
    (land.backdrop.time === 'night'
      ? land.backdrop.mirrored
        ? 0.78
        : 0.22
      : land.backdrop.mirrored
        ? 0.6
        : 0.42);
  return Array.from({ length: 11 }, (_, index) =>
    ellipse(
      x + land.pen.chance.between(-26, 26),
      fromY + 12 + index * 24,
      96 - index * 4 + land.pen.chance.between(-20, 20),
      5,
      { fill: land.light.dark ? '#fdf3cf' : '#ffe39a', opacity: 0.55 },
    ),
  ).join('');
}

export function drawSea(land: Land): Layers {
  const { light, backdrop, pen, width, height } = land;
  const y = backdrop.horizonY;
  const [near, deep] = light.water;
  const parts = [
    drawSky(land),
    fillDown(pen, 0, y, width, height - y, [lighten(near, 0.25), near, deep]),
    glitter(land, y),
    ripples(land, y + 20, height, Math.round(24 * (width / 1000))),
  ];
  parts.push(waves(land, y + (backdrop.floorY - y) * 0.5, mixColours(near, deep, 0.3), 14));
  const front = `<g opacity="0.93">${waves(land, backdrop.floorY + 16, mixColours(near, deep, 0.5), 18)}</g>${waves(land, backdrop.floorY + 110, mixColours(near, deep, 0.75), 22)}${ripples(land, backdrop.floorY + 40, height, 14)}`;
  return { back: parts.join(''), front };
}

export function drawBeach(land: Land): Layers {
  const { light, backdrop, pen, width, height } = land;
  const y = backdrop.horizonY;
  const [near, deep] = light.water;
  const sand = light.tone('#f5dca8');
  const shoreY = y + (backdrop.floorY - y) * 0.42;
  const shore = (offset: number, fill: string) =>
    path(
      `M-10,${num(shoreY + offset)} C${num(width * 0.25)},${num(shoreY + offset - 40)} ${num(width * 0.55)},${num(shoreY + offset + 50)} ${num(width + 10)},${num(shoreY + offset - 14)} L${num(width + 10)},${num(height + 10)} L-10,${num(height + 10)} Z`,
      { fill },
    );
  const parts = [
    drawSky(land),
    fillDown(pen, 0, y, width, height - y, [deep, near, lighten(near, 0.4)]),
    glitter(land, y),
    ripples(land, y + 12, shoreY, 16),
  ];
  parts.push(shore(-12, '#ffffff'), shore(0, mixColours(sand, '#b98a5a', 0.25)), shore(16, sand));
  parts.push(
    place(palm(430, light.tone('#4fa35a')), {
      x: backdrop.mirrored ? width * 0.06 : width * 0.93,
      y: shoreY + 120,
      flip: !backdrop.mirrored,
    }),
  );
  for (let index = 0; index < 26; index += 1)
    parts.push(
      circle(
        pen.chance.between(0, width),
        pen.chance.between(shoreY + 60, height),
        pen.chance.between(1.6, 4),
        { fill: darken(sand, 0.2), opacity: 0.5 },
      ),
    );
  for (let index = 0; index < 4; index += 1)
    parts.push(
      place(shell(light.tone('#f7a9a0')), {
        x: pen.chance.between(30, width - 30),
        y: pen.chance.between(backdrop.floorY + 20, height - 20),
        scale: pen.chance.between(0.6, 1),
      }),
    );
  return { back: parts.join(''), front: '' };
}

function shell(fill: string): string {
  return (
    path('M0,0 C-30,-8 -30,-44 0,-46 C30,-44 30,-8 0,0 Z', { fill }) +
    path('M0,-2 L-16,-38 M0,-2 L-6,-44 M0,-2 L6,-44 M0,-2 L16,-38', { stroke: darken(fill, 0.2), width: 2 })
  );
}

export function drawUnderwater(land: Land): Layers {
  const { light, pen, width, height, backdrop } = land;
  const tone = light.dark ? darken : (hex: string) => hex;
  const parts = [
    fillDown(pen, 0, 0, width, height, [tone('#7fdcf0', 0.4), tone('#2f9fd0', 0.4), tone('#155a94', 0.4)]),
  ];
  for (let index = 0; index < 6; index += 1) {
    const x = pen.chance.between(-0.1, 1) * width;
    parts.push(
      path(`M${num(x)},-10 l90,0 l${num(pen.chance.between(60, 260))},${num(height * 0.9)} l-190,0 Z`, {
        fill: '#ffffff',
        opacity: 0.08,
      }),
    );
  }
  const sand = tone('#e8d29a', 0.3);
  parts.push(
    ridge(land, backdrop.horizonY + 90, 40, 4, height, mixColours(sand, '#2f7fae', 0.6)),
    ground(land, backdrop.floorY - 40, mixColours(sand, '#2f7fae', 0.18)),
  );
  const weed = (x: number, tall: number, fill: string) =>
    place(
      path(
        `M0,0 C-40,${num(-tall * 0.3)} 40,${num(-tall * 0.6)} 0,${num(-tall)} C60,${num(-tall * 0.6)} -10,${num(-tall * 0.3)} 26,0 Z`,
        { fill },
      ),
      { x, y: height - pen.chance.between(10, 70) },
    );
  for (const share of [0.05, 0.11, 0.18, 0.8, 0.88, 0.95])
    parts.push(
      weed(width * share, pen.chance.between(220, 430), pen.chance.pick(['#3fa06a', '#5fb85a', '#2f8a72'])),
    );
  for (const share of [0.28, 0.7, 0.02, 0.99])
    parts.push(
      place(coral(pen.chance.pick(['#f5788a', '#f7a04f', '#c986e0'])), {
        x: width * share,
        y: height - 20,
        scale: pen.chance.between(0.8, 1.3),
      }),
    );
  const bubbles = Array.from({ length: 26 }, () => {
    const x = pen.chance.between(0, width);
    const y = pen.chance.between(0, height);
    const r = pen.chance.between(5, 20);
    return (
      circle(x, y, r, { stroke: '#ffffff', width: 2, opacity: 0.6 }) +
      circle(x - r * 0.35, y - r * 0.35, r * 0.22, { fill: '#ffffff', opacity: 0.8 })
    );
  });
  return { back: parts.join(''), front: bubbles.join('') };
}

function coral(fill: string): string {
  return path(
    'M0,0 L0,-80 M0,-40 C-40,-50 -44,-80 -42,-110 M0,-30 C44,-40 46,-70 44,-96 M-40,-76 C-60,-84 -64,-96 -64,-106 M44,-66 C60,-74 66,-84 66,-98 M0,-76 C-8,-96 -10,-106 -8,-126 M0,-76 C10,-90 16,-100 18,-116',
    { stroke: fill, width: 17 },
  );
}

export function drawLake(land: Land): Layers {
  const { light, backdrop, pen, width, height } = land;
  const y = backdrop.horizonY;
  const [near, deep] = light.water;
  const haze = light.sky.at(-1) ?? '#ffffff';
  const parts = [
    drawSky(land),
    ridge(land, y - 90, 70, 4, height, mixColours(light.tone('#7f93b5'), haze, 0.5)),
    ridge(land, y - 26, 30, 5, height, mixColours(light.leaf, haze, 0.35)),
  ];
  for (let index = 0; index < 16; index += 1)
    parts.push(
      place(pine(pen.chance.between(70, 140), light.tone('#3f7a5c'), backdrop.season === 'winter'), {
        x: pen.chance.between(0, width),
        y: y + 8,
      }),
    );
  parts.push(
    fillDown(pen, 0, y + 6, width, height - y, [lighten(near, 0.3), near, deep]),
    glitter(land, y + 10),
    ripples(land, y + 30, height, 22),
  );
  const front = path(
    `M-10,${num(height + 10)} L-10,${num(height - 70)} C${num(width * 0.3)},${num(height - 20)} ${num(width * 0.6)},${num(height - 16)} ${num(width + 10)},${num(height - 80)} L${num(width + 10)},${num(height + 10)} Z`,
    { fill: light.grass },
  );
  const reeds = [0.05, 0.09, 0.13, 0.88, 0.92, 0.97]
    .map((share) =>
      place(
        path('M0,0 Q6,-80 0,-150', { stroke: light.leaf, width: 6 }) +
          ellipse(0, -150, 8, 26, { fill: '#8a5a3a' }),
        { x: width * share, y: height - 30, scale: pen.chance.between(0.7, 1.1) },
      ),
    )
    .join('');
  return { back: parts.join(''), front: front + reeds };
}
