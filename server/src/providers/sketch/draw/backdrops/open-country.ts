import { darken, lighten, mixColours } from '../../colour.ts';
import { circle, ellipse, num, path, place, rect } from '../vector.ts';
import {
  drawSky,
  grassTuft,
  ground,
  type Land,
  type Layers,
  meadowFront,
  ridge,
  roundTree,
  smallFlower,
} from './land.ts';

export function drawMeadow(land: Land): Layers {
  const { light, backdrop, pen } = land;
  const y = backdrop.horizonY;
  const far = mixColours(light.grass, light.sky.at(-1) ?? '#ffffff', 0.5);
  const parts = [
    drawSky(land),
    ridge(land, y - 60, 50, 3, land.height, far),
    ridge(land, y - 15, 30, 4, land.height, mixColours(light.grass, far, 0.5)),
  ];
  for (let index = 0; index < 5; index += 1) {
    const x = pen.chance.between(0, land.width);
    parts.push(
      place(roundTree(pen, pen.chance.between(90, 160), light.leaf, light.tone('#7a5a42')), {
        x,
        y: y + pen.chance.between(0, 16),
      }),
    );
  }
  parts.push(ground(land, y + 22, light.grass), scatterTufts(land, y + 60));
  return { back: parts.join(''), front: meadowFront(land) };
}

function scatterTufts(land: Land, fromY: number): string {
  const { pen, light } = land;
  const count = Math.round((land.width / 1000) * (6 + 16 * pen.detail));
  return Array.from({ length: count }, () => {
    const y = pen.chance.between(fromY, land.height);
    const scale = 0.35 + ((y - fromY) / (land.height - fromY)) * 0.8;
    const flower = pen.chance.happens(0.4) && land.backdrop.season !== 'winter';
    return {
      y,
      drawing: place(
        flower
          ? smallFlower(pen, 44, darken(light.leaf, 0.1), light.tone)
          : grassTuft(darken(light.grass, 0.16)),
        { x: pen.chance.between(0, land.width), y, scale },
      ),
    };
  })
    .sort((a, b) => a.y - b.y)
    .map((entry) => entry.drawing)
    .join('');
}

export function drawPark(land: Land): Layers {
  const { light, backdrop, pen, width, height } = land;
  const y = backdrop.horizonY;
  const parts = [
    drawSky(land),
    ridge(land, y - 40, 40, 4, height, mixColours(light.leaf, light.sky.at(-1) ?? '#ffffff', 0.45)),
    ground(land, y, light.grass),
  ];
  for (const share of [0.06, 0.2, 0.8, 0.95])
    parts.push(
      place(roundTree(pen, pen.chance.between(260, 380), light.leaf, light.tone('#7a5a42')), {
        x: width * share,
        y: y + 40,
      }),
    );
  parts.push(
    path(
      `M${num(width * 0.52)},${num(y + 6)} C${num(width * 0.7)},${num(y + 80)} ${num(width * 0.2)},${num(y + 140)} ${num(width * 0.3)},${num(height)} L${num(width * 0.75)},${num(height)} C${num(width * 0.5)},${num(y + 160)} ${num(width * 0.8)},${num(y + 80)} ${num(width * 0.55)},${num(y + 6)} Z`,
      { fill: light.tone('#ecd9b4') },
    ),
  );
  parts.push(scatterTufts(land, y + 60));
  return { back: parts.join(''), front: meadowFront(land) };
}

/** Rows of flowers, a fence, trees and a path: a garden must say garden without any figure in it. */
export function drawGarden(land: Land): Layers {
  const { light, backdrop, pen, width, height } = land;
  const y = backdrop.horizonY;
  const parts = [
    drawSky(land),
    ridge(land, y - 70, 36, 5, height, mixColours(light.leaf, light.sky.at(-1) ?? '#ffffff', 0.4)),
  ];
  for (const share of [0.07, 0.24, 0.78, 0.94])
    parts.push(
      place(
        roundTree(
          pen,
          pen.chance.between(250, 360),
          share === 0.24 ? light.tone('#f2a3bf') : light.leaf,
          light.tone('#7a5a42'),
        ),
        { x: width * share, y: y + 6 },
      ),
    );
  parts.push(fence(land, y + 8), ground(land, y, light.grass));
  parts.push(
    path(
      `M${num(width * 0.5)},${num(y + 4)} C${num(width * 0.56)},${num(y + 90)} ${num(width * 0.36)},${num(y + 160)} ${num(width * 0.34)},${num(height)} L${num(width * 0.68)},${num(height)} C${num(width * 0.6)},${num(y + 170)} ${num(width * 0.62)},${num(y + 90)} ${num(width * 0.54)},${num(y + 4)} Z`,
      { fill: light.tone('#ecd8b0') },
    ),
  );
  const rows = 7;
  for (let row = 0; row < rows; row += 1) {
    const depth = (row + 0.6) / rows;
    const rowY = y + 20 + (height - y) * depth * 0.98;
    const size = 34 + depth * 120;
    const gap = size * (0.79 - 0.35 * pen.detail);
    for (let x = -20; x < width + 30; x += gap) {
      const middle = width * (0.52 - depth * 0.02);
      if (Math.abs(x - middle) < width * (0.03 + depth * 0.17)) continue;
      parts.push(
        place(
          smallFlower(
            pen,
            size * pen.chance.between(0.75, 1.15),
            darken(light.leaf, pen.chance.between(0, 0.2)),
            light.tone,
          ),
          { x: x + pen.chance.between(-12, 12), y: rowY + pen.chance.between(-10, 10) },
        ),
      );
    }
  }
  const front = [0.1, 0.9].map((share) => place(bush(land), { x: width * share, y: height + 20 })).join('');
  return { back: parts.join(''), front };
}

function bush(land: Land): string {
  const { light, pen } = land;
  const leaf = darken(light.leaf, 0.18);
  const dots = Array.from({ length: 9 }, () =>
    circle(pen.chance.between(-110, 110), pen.chance.between(-90, -20), 11, {
      fill: light.tone(pen.chance.pick(['#f2668b', '#ffffff', '#ffd35c'])),
    }),
  );
  return (
    ellipse(-70, -20, 80, 66, { fill: leaf }) +
    ellipse(70, -18, 84, 62, { fill: leaf }) +
    ellipse(0, -44, 90, 72, { fill: lighten(leaf, 0.08) }) +
    dots.join('')
  );
}

function fence(land: Land, y: number): string {
  const white = land.light.tone('#fffdf6');
  const posts: string[] = [
    rect(0, y - 52, land.width, 9, { fill: white }),
    rect(0, y - 24, land.width, 9, { fill: white }),
  ];
  for (let x = 8; x < land.width; x += 40)
    posts.push(
      path(`M${num(x)},${num(y)} v-66 l11,-13 l11,13 v66 Z`, {
        fill: white,
        stroke: darken(white, 0.12),
        width: 1.4,
      }),
    );
  return posts.join('');
}

export function drawDesert(land: Land): Layers {
  const { light, backdrop, pen, width, height } = land;
  const y = backdrop.horizonY;
  const sand = light.tone('#eec07a');
  const parts = [
    drawSky(land),
    ridge(land, y - 50, 60, 3, height, mixColours(sand, light.sky.at(-1) ?? '#fff', 0.45)),
    ridge(land, y, 40, 3, height, lighten(sand, 0.12)),
    ground(land, y + 70, sand),
  ];
  for (const share of [0.08, 0.2, 0.88]) {
    const cactus = path('M0,0 L0,-150 M0,-60 C-44,-60 -42,-80 -42,-110 M0,-80 C40,-80 40,-96 40,-128', {
      stroke: light.tone('#4f9a58'),
      width: 34,
    });
    parts.push(
      place(cactus, {
        x: width * share + pen.chance.between(-20, 20),
        y: y + pen.chance.between(60, 120),
        scale: pen.chance.between(0.5, 1.1),
      }),
    );
  }
  for (let index = 0; index < 7; index += 1)
    parts.push(
      path(
        `M${num(pen.chance.between(0, width))},${num(pen.chance.between(y + 120, height))} q60,-14 120,0`,
        { stroke: darken(sand, 0.14), width: 4, opacity: 0.5 },
      ),
    );
  return { back: parts.join(''), front: '' };
}

export function drawRoad(land: Land): Layers {
  const { light, backdrop, width, height } = land;
  const meadow = drawMeadow(land);
  const top = backdrop.floorY - 90;
  const dashes: string[] = [];
  for (let x = 20; x < width; x += 170)
    dashes.push(rect(x, top + 105, 95, 12, { fill: light.tone('#fff6d8') }, 4));
  const asphalt = light.tone('#6b6f7c');
  return {
    back:
      meadow.back +
      rect(-10, top - 16, width + 20, 20, { fill: light.tone('#d8d4cc') }) +
      rect(-10, top, width + 20, Math.min(230, height - top), { fill: asphalt }) +
      dashes.join('') +
      rect(-10, top + 222, width + 20, 18, { fill: light.tone('#d8d4cc') }),
    front: meadow.front,
  };
}
