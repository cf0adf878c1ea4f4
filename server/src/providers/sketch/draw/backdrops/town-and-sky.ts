import { darken, lighten, mixColours } from '../../colour.ts';
import { circle, ellipse, glow, num, path, place, rect } from '../vector.ts';
import { cloud, drawSky, fillDown, type Land, type Layers } from './land.ts';

function buildings(
  land: Land,
  baseY: number,
  low: number,
  high: number,
  colours: readonly string[],
  lit: number,
): string {
  const { pen, width } = land;
  const parts: string[] = [];
  let x = -20;
  while (x < width + 20) {
    const wide = pen.chance.between(80, 150);
    const tall = pen.chance.between(low, high);
    const colour = pen.chance.pick(colours);
    parts.push(rect(x, baseY - tall, wide, tall + 10, { fill: colour }));
    const roof = pen.chance.next();
    if (roof < 0.3)
      parts.push(path(`M${num(x + wide / 2)},${num(baseY - tall)} v-60`, { stroke: colour, width: 6 }));
    else if (roof < 0.55)
      parts.push(rect(x + wide * 0.2, baseY - tall - 26, wide * 0.6, 30, { fill: darken(colour, 0.12) }));
    if (lit > 0) {
      for (let wy = baseY - tall + 22; wy < baseY - 20; wy += 40) {
        for (let wx = x + 14; wx < x + wide - 22; wx += 30)
          parts.push(
            rect(
              wx,
              wy,
              15,
              22,
              {
                fill: pen.chance.happens(lit)
                  ? '#ffe08a'
                  : mixColours(colour, land.light.dark ? '#0f1738' : '#cfe4f5', 0.4),
              },
              2,
            ),
          );
      }
    }
    x += wide + pen.chance.between(-6, 14);
  }
  return parts.join('');
}

export function drawCity(land: Land): Layers {
  const { light, backdrop, pen, width, height } = land;
  const y = backdrop.floorY - 70;
  const haze = light.sky.at(-1) ?? '#ffffff';
  const near = (
    light.dark
      ? ['#2b3468', '#363f7c', '#222a58', '#443f80']
      : ['#e38f76', '#f0b878', '#8fb4cc', '#c77f8f', '#a5c0a0', '#d9c7a8']
  ).map((hex) => (light.dark ? hex : light.tone(hex)));
  const parts = [
    drawSky(land),
    buildings(
      land,
      y,
      height * 0.38,
      height * 0.6,
      near.map((hex) => mixColours(hex, haze, 0.68)),
      0,
    ),
  ];
  parts.push(
    buildings(
      land,
      y,
      height * 0.24,
      height * 0.46,
      near.map((hex) => mixColours(hex, haze, 0.34)),
      pen.detail > 0.5 ? 0.25 : 0,
    ),
  );
  parts.push(
    buildings(
      land,
      y,
      height * 0.12,
      height * 0.28,
      near,
      light.dark || backdrop.time === 'sunset' ? 0.6 : 0.12,
    ),
  );
  const street = light.tone('#747888');
  parts.push(
    rect(-10, y, width + 20, 34, { fill: light.tone('#cfc9c0') }),
    rect(-10, y + 30, width + 20, height, { fill: street }),
  );
  for (let x = 30; x < width; x += 170)
    parts.push(rect(x, Math.min(height - 50, y + 160), 96, 13, { fill: light.tone('#fff3c8') }, 4));
  for (const share of [0.08, 0.92]) {
    parts.push(
      path(`M${num(width * share)},${num(y + 34)} v-210`, { stroke: '#3a3d4c', width: 9 }),
      circle(width * share, y - 184, 20, { fill: light.dark ? '#fff0b0' : '#f7f2e2' }),
    );
    if (light.dark) parts.push(glow(pen, width * share, y - 184, 120, '#ffe9a0', 0.7));
  }
  return { back: parts.join(''), front: '' };
}

export function drawSpace(land: Land): Layers {
  const { pen, width, height, backdrop } = land;
  const parts = [fillDown(pen, 0, 0, width, height, ['#0a0a26', '#1c1450', '#3a2170'])];
  parts.push(
    glow(pen, width * 0.7, height * 0.3, 480, '#b04ac8', 0.5),
    glow(pen, width * 0.2, height * 0.55, 420, '#3f7fe0', 0.42),
  );
  const stars = Math.round(((width * height) / 1e6) * (110 + 90 * pen.detail));
  for (let index = 0; index < stars; index += 1)
    parts.push(
      circle(pen.chance.between(0, width), pen.chance.between(0, height), pen.chance.between(0.8, 3.4), {
        fill: pen.chance.pick(['#ffffff', '#ffe9b8', '#cfe0ff']),
        opacity: pen.chance.between(0.4, 1),
      }),
    );
  const side = backdrop.mirrored ? 0.2 : 0.8;
  parts.push(
    place(planet('#f0a05a', true), { x: width * side, y: height * 0.22, scale: 1.1 }),
    place(planet('#5fc4c0', false), { x: width * (1 - side) * 0.9, y: height * 0.12, scale: 0.5 }),
  );
  const moonY = backdrop.floorY - 50;
  parts.push(
    path(
      `M-20,${num(moonY + 60)} Q${num(width / 2)},${num(moonY - 40)} ${num(width + 20)},${num(moonY + 60)} L${num(width + 20)},${num(height + 10)} L-20,${num(height + 10)} Z`,
      { fill: '#b9b6cf' },
    ),
  );
  for (let index = 0; index < 9; index += 1) {
    const x = pen.chance.between(0, width);
    const y = pen.chance.between(moonY + 50, height);
    const r = pen.chance.between(16, 60);
    parts.push(
      ellipse(x, y, r, r * 0.32, { fill: '#918db0' }),
      ellipse(x, y + 3, r * 0.86, r * 0.24, { fill: '#a5a1c2' }),
    );
  }
  return { back: parts.join(''), front: '' };
}

function planet(fill: string, ringed: boolean): string {
  const ring = (d: string) => (ringed ? path(d, { stroke: '#ffe0a8', width: 11, opacity: 0.9 }) : '');
  return (
    ring('M-105,22 C-70,-20 70,-50 105,-22') +
    circle(0, 0, 66, { fill }) +
    path('M-60,-24 C-20,-10 30,-16 60,-28 M-65,6 C-20,22 30,14 65,2', {
      stroke: lighten(fill, 0.3),
      width: 9,
      opacity: 0.6,
    }) +
    circle(-20, -22, 22, { fill: '#ffffff', opacity: 0.15 }) +
    ring('M-105,22 C-80,50 80,20 105,-22')
  );
}

export function drawCloudland(land: Land): Layers {
  const { pen, width, height, light } = land;
  const white = light.dark ? '#6d7bb8' : light.tone('#ffffff');
  const parts = [drawSky({ ...land, backdrop: { ...land.backdrop, horizonY: height * 0.9 } })];
  for (let index = 0; index < 6; index += 1)
    parts.push(
      place(cloud(white), {
        x: pen.chance.between(0, width),
        y: pen.chance.between(height * 0.3, height * 0.8),
        scale: pen.chance.between(1, 2),
      }),
    );
  const front = Array.from({ length: 7 }, (_, index) =>
    place(cloud(mixColours(white, '#ffffff', 0.2)), {
      x: (index / 6) * width,
      y: height - pen.chance.between(0, 50),
      scale: pen.chance.between(1.6, 2.4),
    }),
  ).join('');
  return { back: parts.join(''), front };
}

export function drawStage(land: Land): Layers {
  const { pen, width, height, backdrop } = land;
  const y = backdrop.floorY - 110;
  const parts = [fillDown(pen, 0, 0, width, height, ['#2a1440', '#4a1f5a'])];
  for (const share of [0.2, 0.5, 0.8])
    parts.push(
      path(
        `M${num(width * share)},-20 L${num(width * 0.5 - 260 + share * 60)},${num(height)} L${num(width * 0.5 + 200 + share * 60)},${num(height)} Z`,
        { fill: '#ffe9a8', opacity: 0.13 },
      ),
    );
  parts.push(fillDown(pen, 0, y, width, height - y, ['#b5763f', '#7a4a28']));
  for (let x = 0; x < width; x += 90)
    parts.push(
      path(
        `M${num(width / 2 + (x - width / 2) * 0.8)},${num(y)} L${num(width / 2 + (x - width / 2) * 1.3)},${num(height)}`,
        { stroke: '#5b351c', width: 3, opacity: 0.6 },
      ),
    );
  parts.push(glow(pen, width / 2, backdrop.floorY, 380, '#fff0c0', 0.75, 0.28));
  const curtain = (x: number, flip: boolean) =>
    place(
      [0, 1, 2, 3]
        .map((fold) =>
          path(
            `M${fold * 46},-10 C${fold * 46 + 60},${num(height * 0.4)} ${fold * 40 + 10},${num(height * 0.7)} ${fold * 38},${num(height)} L${fold * 38 + 44},${num(height)} C${fold * 40 + 60},${num(height * 0.7)} ${fold * 46 + 100},${num(height * 0.4)} ${fold * 46 + 50},-10 Z`,
            { fill: fold % 2 ? '#b3263a' : '#d23a4a' },
          ),
        )
        .join(''),
      { x, flip },
    );
  parts.push(
    curtain(-30, false),
    curtain(width + 30, true),
    path(
      `M-10,-10 H${num(width + 10)} V70 ${Array.from({ length: 6 }, () => `q${num(-width / 12)},60 ${num(-width / 6 - 2)},0`).join(' ')} Z`,
      { fill: '#a81f34' },
    ),
  );
  return { back: parts.join(''), front: '' };
}
