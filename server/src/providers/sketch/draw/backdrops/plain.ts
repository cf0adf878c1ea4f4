import { darken, fromHsl, lighten, toHsl } from '../../colour.ts';
import { circle, ellipse, glow, num, path, rect } from '../vector.ts';
import { fillDown, type Land, type Layers } from './land.ts';

const warmWalls = ['#9fc9c4', '#f3c9a5', '#b9c7e6', '#e6b8b0', '#c6d6a8', '#f0d79a'];

/** A wooden table before a soft, out-of-focus room. */
export function drawTable(land: Land): Layers {
  const { pen, width, height, backdrop, light } = land;
  const y = backdrop.horizonY;
  const wall = light.tone(
    backdrop.colour ??
      warmWalls[Math.floor(Math.abs(backdrop.hueShift) * 89) % warmWalls.length] ??
      '#9fc9c4',
  );
  const parts = [fillDown(pen, 0, 0, width, y, [lighten(wall, 0.35), wall, darken(wall, 0.08)])];
  for (let index = 0; index < 9; index += 1)
    parts.push(
      glow(
        pen,
        pen.chance.between(0, width),
        pen.chance.between(0, y),
        pen.chance.between(50, 150),
        '#fff4d6',
        pen.chance.between(0.2, 0.55),
      ),
    );
  parts.push(
    rect(width * 0.08, y * 0.1, width * 0.3, y * 0.62, { fill: '#fffbe8', opacity: 0.5 }, 10),
    path(
      `M${num(width * 0.23)},${num(y * 0.1)} v${num(y * 0.62)} M${num(width * 0.08)},${num(y * 0.4)} h${num(width * 0.3)}`,
      { stroke: wall, width: 14, opacity: 0.6 },
    ),
  );
  const wood = light.tone('#bf8350');
  parts.push(
    fillDown(pen, 0, y, width, height - y, [lighten(wood, 0.2), wood, darken(wood, 0.22)]),
    rect(0, y, width, 10, { fill: lighten(wood, 0.4), opacity: 0.8 }),
  );
  const planks = 5;
  for (let index = 1; index < planks; index += 1) {
    const plankY = y + (height - y) * (index / planks) ** 1.5;
    parts.push(
      path(`M0,${num(plankY)} H${num(width)}`, { stroke: darken(wood, 0.4), width: 3.5, opacity: 0.65 }),
    );
  }
  const grains = Math.round(14 + 34 * pen.detail);
  for (let index = 0; index < grains; index += 1) {
    const gy = pen.chance.between(y + 16, height);
    const gx = pen.chance.between(-80, width);
    const reach = pen.chance.between(70, 240);
    parts.push(
      path(
        `M${num(gx)},${num(gy)} q${num(reach / 3)},${num(pen.chance.between(-9, 9))} ${num(reach / 2)},0 t${num(reach / 2)},0`,
        { stroke: darken(wood, 0.3), width: 2.6, opacity: 0.4 },
      ),
    );
  }
  for (let index = 0; index < 3; index += 1) {
    const kx = pen.chance.between(60, width - 60);
    const ky = pen.chance.between(y + 50, height - 30);
    parts.push(
      ellipse(kx, ky, 30, 9, { stroke: darken(wood, 0.35), width: 3, opacity: 0.6 }),
      ellipse(kx, ky, 15, 4.5, { fill: darken(wood, 0.35), opacity: 0.6 }),
    );
  }
  return { back: parts.join(''), front: '' };
}

const studioColours = ['#ffd9b8', '#cfe8e2', '#d9d6f5', '#fbe3a8', '#f9ccd2', '#cfe3f7', '#dcecc8'];

/** A coloured studio with one large disc behind the figures; a said colour fills it plainly. */
export function drawStudio(land: Land): Layers {
  const { pen, width, height, backdrop } = land;
  if (backdrop.colour !== undefined) {
    const c = backdrop.colour;
    return {
      back:
        fillDown(pen, 0, 0, width, height, [c, c, darken(c, 0.03)]) +
        glow(pen, width / 2, backdrop.floorY, width * 0.5, darken(c, 0.2), 0.35, 0.16),
      front: '',
    };
  }
  const base =
    studioColours[Math.floor(Math.abs(backdrop.hueShift) * 83) % studioColours.length] ?? '#ffd9b8';
  const hsl = toHsl(base);
  const second = fromHsl({
    hue: (hsl.hue + 34) % 360,
    saturation: Math.min(1, hsl.saturation + 0.05),
    lightness: hsl.lightness - 0.07,
  });
  const parts = [fillDown(pen, 0, 0, width, height, [lighten(base, 0.4), base])];
  const middle = backdrop.floorY - 330;
  parts.push(
    circle(width / 2, middle, 430, { fill: second, opacity: 0.55 }),
    circle(width / 2, middle, 360, { fill: lighten(second, 0.3), opacity: 0.6 }),
  );
  for (let index = 0; index < Math.round(8 + 14 * pen.detail); index += 1) {
    const angle = pen.chance.between(0, Math.PI * 2);
    const reach = pen.chance.between(440, 620);
    const x = width / 2 + Math.cos(angle) * reach;
    const y = middle + Math.sin(angle) * reach;
    const size = pen.chance.between(8, 20);
    parts.push(
      pen.chance.happens(0.5)
        ? circle(x, y, size * 0.6, { fill: '#ffffff', opacity: 0.8 })
        : path(
            `M${num(x)},${num(y - size)} Q${num(x)},${num(y)} ${num(x + size)},${num(y)} Q${num(x)},${num(y)} ${num(x)},${num(y + size)} Q${num(x)},${num(y)} ${num(x - size)},${num(y)} Q${num(x)},${num(y)} ${num(x)},${num(y - size)} Z`,
            { fill: '#ffffff', opacity: 0.9 },
          ),
    );
  }
  parts.push(
    ellipse(width / 2, height + 130, width * 0.8, height - backdrop.floorY + 210, {
      fill: darken(second, 0.12),
      opacity: 0.6,
    }),
  );
  return { back: parts.join(''), front: '' };
}
