import { darken, lighten, mixColours } from '../../colour.ts';
import { circle, clipped, ellipse, glow, num, path, place, rect } from '../vector.ts';
import {
  drawSky,
  fillDown,
  ground,
  type Land,
  type Layers,
  meadowFront,
  pine,
  ridge,
  roundTree,
} from './land.ts';

/** A chain of peaks; snow lies on those above the line. */
function peaks(
  land: Land,
  baseY: number,
  tallest: number,
  count: number,
  fill: string,
  snow: boolean,
): string {
  const { chance } = land.pen;
  const span = land.width / count;
  const order = Array.from({ length: count + 1 }, (_, index) => index);
  return order
    .map((index) => {
      const x = index * span + chance.between(-0.28, 0.28) * span;
      const high = tallest * chance.between(0.62, 1);
      const half = span * chance.between(0.72, 1.02);
      const left = `M${num(x - half)},${num(baseY)} L${num(x - half * 0.42)},${num(baseY - high * 0.52)} L${num(x - half * 0.3)},${num(baseY - high * 0.58)} L${num(x)},${num(baseY - high)}`;
      const right = ` L${num(x + half * 0.24)},${num(baseY - high * 0.7)} L${num(x + half * 0.34)},${num(baseY - high * 0.62)} L${num(x + half)},${num(baseY)} Z`;
      const shade = path(
        `M${num(x)},${num(baseY - high)} L${num(x + half * 0.24)},${num(baseY - high * 0.7)} L${num(x + half * 0.34)},${num(baseY - high * 0.62)} L${num(x + half)},${num(baseY)} L${num(x + half * 0.1)},${num(baseY)} L${num(x - half * 0.06)},${num(baseY - high * 0.5)} Z`,
        { fill: darken(fill, 0.2), opacity: 0.55 },
      );
      const cap = snow
        ? path(
            `M${num(x)},${num(baseY - high)} L${num(x + half * 0.24)},${num(baseY - high * 0.7)} L${num(x + half * 0.12)},${num(baseY - high * 0.74)} L${num(x + half * 0.02)},${num(baseY - high * 0.64)} L${num(x - half * 0.1)},${num(baseY - high * 0.76)} L${num(x - half * 0.22)},${num(baseY - high * 0.7)} Z`,
            { fill: land.light.tone('#ffffff'), opacity: 0.95 },
          )
        : '';
      return path(left + right, { fill }) + shade + cap;
    })
    .join('');
}

/** A lake that holds the colours of the sky. */
function mirrorLake(land: Land, y: number): string {
  const { pen, width, height, light, backdrop } = land;
  const shape = `M${num(width * 0.08)},${num(y + 30)} C${num(width * 0.3)},${num(y - 26)} ${num(width * 0.62)},${num(y - 20)} ${num(width * 0.94)},${num(y + 24)} C${num(width * 1.05)},${num(y + 90)} ${num(width * 0.8)},${num(height * 0.99)} ${num(width * 0.42)},${num(height * 0.97)} C${num(width * 0.1)},${num(height * 0.95)} ${num(-width * 0.06)},${num(y + 110)} ${num(width * 0.08)},${num(y + 30)} Z`;
  const sky = [...light.sky].reverse();
  const sunX = width * (backdrop.time === 'day' ? 0.5 : backdrop.mirrored ? 0.6 : 0.42);
  const gleams = Array.from({ length: 12 }, (_, index) =>
    ellipse(
      sunX + pen.chance.between(-20, 20),
      y + 26 + index * 22,
      110 - index * 5 + pen.chance.between(-26, 26),
      4.5,
      {
        fill: backdrop.time === 'day' ? '#ffffff' : '#fff0b8',
        opacity: 0.5,
      },
    ),
  ).join('');
  return (
    path(shape, { fill: darken(light.grass, 0.25), stroke: darken(light.grass, 0.25), width: 14 }) +
    clipped(
      pen,
      path(shape, {}),
      fillDown(
        pen,
        0,
        y - 20,
        width,
        height - y + 20,
        sky.map((hex) => darken(hex, 0.12)),
      ) + gleams,
    )
  );
}

export function drawMountains(land: Land): Layers {
  const { light, backdrop, pen, width, height } = land;
  const y = backdrop.horizonY;
  const haze = light.sky.at(-1) ?? '#ffffff';
  const rock = light.tone(backdrop.time === 'sunset' ? '#5d4a86' : '#6f83a8');
  const parts = [drawSky(land)];
  parts.push(peaks(land, y + 30, Math.min(y * 0.62, 430), 4, mixColours(rock, haze, 0.5), true));
  parts.push(
    peaks(
      land,
      y + 50,
      Math.min(y * 0.46, 320),
      5,
      mixColours(rock, haze, 0.2),
      backdrop.season === 'winter',
    ),
  );
  parts.push(ridge(land, y + 10, 36, 5, height, mixColours(light.leaf, rock, 0.55)));
  parts.push(ground(land, y + 80, mixColours(light.grass, rock, backdrop.time === 'sunset' ? 0.3 : 0.1)));
  if (backdrop.features.length === 0) parts.push(mirrorLake(land, y + 150));
  const pines = Math.round((width / 1000) * (10 + 12 * pen.detail));
  const list = Array.from({ length: pines }, () => ({
    x: pen.chance.between(0, width),
    y: pen.chance.between(y + 60, y + 150),
  })).sort((a, b) => a.y - b.y);
  for (const at of list)
    parts.push(
      place(
        pine(60 + (at.y - y) * 0.7, darken(light.tone('#3f7a5c'), 0.1), backdrop.season === 'winter'),
        at,
      ),
    );
  const front = [0.03, 0.12, 0.9, 0.99]
    .map((share) =>
      place(
        pine(pen.chance.between(260, 400), darken(light.tone('#2f6650'), 0.2), backdrop.season === 'winter'),
        { x: width * share, y: height + 24 },
      ),
    )
    .join('');
  return { back: parts.join(''), front };
}

export function drawSnow(land: Land): Layers {
  const { light, backdrop, pen, width, height } = land;
  const y = backdrop.horizonY;
  const white = light.tone('#f7fbff');
  const blue = light.tone('#cfe0f0');
  const parts = [
    drawSky(land),
    peaks(
      land,
      y + 20,
      Math.min(260, y * 0.42),
      4,
      mixColours(light.tone('#93abc9'), light.sky.at(-1) ?? '#fff', 0.4),
      true,
    ),
    ridge(land, y, 30, 4, height, blue),
  ];
  const row = (fromY: number, toY: number, low: number, high: number, count: number) =>
    Array.from({ length: count }, () => ({
      x: pen.chance.between(0, width),
      y: pen.chance.between(fromY, toY),
    }))
      .filter((at) => Math.abs(at.x / width - 0.5) > 0.1)
      .sort((a, b) => a.y - b.y)
      .map((at) => place(pine(pen.chance.between(low, high), light.tone('#4c7f70'), true), at))
      .join('');
  parts.push(row(y - 6, y + 26, 70, 130, Math.round((width / 1000) * 16)));
  parts.push(ground(land, y + 30, white));
  parts.push(ridge(land, y + 130, 26, 3, height, mixColours(white, blue, 0.25)));
  for (const share of [0.07, 0.2, 0.83, 0.95])
    parts.push(
      ellipse(width * share, y + 152, 90, 12, { fill: blue, opacity: 0.7 }),
      place(pine(pen.chance.between(230, 330), light.tone('#3f7466'), true), {
        x: width * share,
        y: y + 150,
      }),
    );
  return { back: parts.join(''), front: snowfall(land) };
}

function snowfall(land: Land): string {
  const { pen, width, height } = land;
  const count = Math.round(((width * height) / 1e6) * (40 + 70 * pen.detail));
  return Array.from({ length: count }, () =>
    circle(pen.chance.between(0, width), pen.chance.between(0, height), pen.chance.between(2, 6.5), {
      fill: '#ffffff',
      opacity: pen.chance.between(0.5, 0.95),
    }),
  ).join('');
}

export function drawForest(land: Land): Layers {
  const { light, backdrop, pen, width, height } = land;
  const y = backdrop.horizonY;
  const haze = mixColours(light.leaf, light.sky.at(-1) ?? '#ffffff', 0.62);
  const parts = [drawSky(land), ridge(land, y - 190, 50, 9, height, haze)];
  for (let layer = 0; layer < 3; layer += 1) {
    const fade = 0.5 - layer * 0.22;
    const leaf = mixColours(darken(light.leaf, 0.1 + layer * 0.07), haze, Math.max(0, fade));
    const count = Math.round((width / 1000) * (9 - layer));
    for (let index = 0; index <= count; index += 1) {
      const x = ((index + pen.chance.between(-0.3, 0.3)) / count) * width;
      if (layer === 2 && Math.abs(x / width - 0.5) < 0.24) continue;
      const tall = pen.chance.between(360, 470) + layer * 110;
      const tree = pen.chance.happens(0.5)
        ? pine(tall, leaf, backdrop.season === 'winter')
        : roundTree(pen, tall * 0.92, leaf, mixColours(light.tone('#6d4c38'), haze, Math.max(0, fade)));
      parts.push(place(tree, { x, y: y + layer * 34 }));
    }
    if (layer < 2)
      parts.push(ridge(land, y + layer * 26 - 4, 10, 6, height, mixColours(light.grass, haze, fade)));
  }
  parts.push(
    glow(pen, width * 0.5, y - 40, 420, light.dark ? '#7f92d8' : '#fff4c2', 0.5),
    ground(land, y + 46, darken(light.grass, 0.1)),
  );
  for (let index = 0; index < 6; index += 1)
    parts.push(
      place(toadstool(light.tone('#e0483e')), {
        x: pen.chance.between(20, width - 20),
        y: pen.chance.between(y + 90, height - 60),
        scale: pen.chance.between(0.5, 1),
      }),
    );
  return { back: parts.join(''), front: meadowFront(land) };
}

function toadstool(cap: string): string {
  return (
    path('M-7,0 L-5,-30 L5,-30 L7,0 Z', { fill: '#fff3e0' }) +
    path('M-30,-26 C-28,-62 28,-62 30,-26 Z', { fill: cap }) +
    circle(-10, -40, 5, { fill: '#fff8ee' }) +
    circle(9, -46, 4, { fill: '#fff8ee' }) +
    circle(14, -34, 3.4, { fill: '#fff8ee' })
  );
}

export function drawJungle(land: Land): Layers {
  const { light, backdrop, pen, width, height } = land;
  const y = backdrop.horizonY;
  const haze = mixColours(light.tone('#5fae6a'), light.sky.at(-1) ?? '#fff', 0.5);
  const parts = [
    drawSky(land),
    ridge(land, y - 240, 60, 8, height, haze),
    ridge(land, y - 120, 50, 7, height, mixColours(light.tone('#4f9a5a'), haze, 0.4)),
  ];
  for (const share of [0.05, 0.22, 0.8, 0.95])
    parts.push(
      place(palm(pen.chance.between(430, 560), light.tone('#3f8f4f')), {
        x: width * share,
        y: y + 60,
        flip: share > 0.5,
      }),
    );
  parts.push(ground(land, y + 20, light.tone('#5a9c4f')));
  const leaf = (turn: number, x: number, fill: string) =>
    place(
      path('M0,0 C-70,-90 -50,-220 0,-290 C50,-220 70,-90 0,0 Z', { fill }) +
        path('M0,0 L0,-270', { stroke: lighten(fill, 0.25), width: 5 }),
      { x, y: height + 50, turn },
    );
  const front = [
    leaf(38, -10, light.tone('#2f7a45')),
    leaf(8, 40, light.tone('#3f9455')),
    leaf(-38, width + 10, light.tone('#2f7a45')),
    leaf(-8, width - 40, light.tone('#3f9455')),
  ].join('');
  return { back: parts.join(''), front };
}

export function palm(height: number, leaf: string): string {
  const top = -height;
  const frond = (turn: number) =>
    place(
      path('M0,0 C60,-60 150,-40 190,40 C140,6 70,0 0,0 Z', { fill: turn % 2 ? darken(leaf, 0.14) : leaf }),
      { x: height * 0.12, y: top, turn, scale: height / 520 },
    );
  const trunk = path(
    `M-14,0 C-10,${num(-height * 0.4)} ${num(height * 0.06)},${num(-height * 0.7)} ${num(height * 0.1)},${num(top)} L${num(height * 0.14)},${num(top)} C${num(height * 0.12)},${num(-height * 0.7)} 16,${num(-height * 0.4)} 16,0 Z`,
    { fill: '#a8794e' },
  );
  return (
    trunk +
    [-210, -165, -121, -60, -20, 21].map(frond).join('') +
    circle(height * 0.1, top + 14, 12, { fill: '#7a5234' }) +
    circle(height * 0.15, top + 16, 11, { fill: '#8a5f3c' })
  );
}

/** Rain, fog or lightning over a finished scene. */
export function drawWeather(land: Land): string {
  const { pen, width, height, backdrop } = land;
  switch (backdrop.weather) {
    case 'snow':
      return snowfall(land);
    case 'rain':
    case 'storm': {
      const drops = Array.from({ length: Math.round(((width * height) / 1e6) * 120) }, () => {
        const x = pen.chance.between(-40, width);
        const y = pen.chance.between(-20, height);
        return `M${num(x)},${num(y)} l-9,30`;
      });
      const bolt =
        backdrop.weather === 'storm'
          ? path(`M${num(width * 0.68)},0 l-50,150 l40,0 l-56,170 l120,-210 l-46,0 l44,-110 Z`, {
              fill: '#fff3a8',
              opacity: 0.95,
            })
          : '';
      return bolt + path(drops.join(' '), { stroke: '#e8f4ff', width: 3, opacity: 0.55 });
    }
    case 'fog':
      return [0.45, 0.6, 0.75]
        .map((share) =>
          clipped(
            pen,
            rect(0, 0, width, height, {}),
            ellipse(width * pen.chance.between(0.2, 0.8), height * share, width * 0.8, 70, {
              fill: '#ffffff',
              opacity: 0.34,
            }),
          ),
        )
        .join('');
    default:
      return '';
  }
}
