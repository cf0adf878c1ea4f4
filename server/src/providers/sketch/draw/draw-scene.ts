import type { Actor, Letters, ScenePlan, Sign } from '../compose/scene-plan.ts';
import { aspectOf } from '../compose/sizes.ts';
import { openChance } from '../random.ts';
import { drawBackdrop } from './backdrops/draw-backdrop.ts';
import { type DrawnActor, drawActor, drawArt, drawShadow } from './draw-actor.ts';
import { drawSprites } from './draw-sprites.ts';
import type { IconSet } from './icon-set.ts';
import type { Letterer } from './lettering.ts';
import { circle, num, openPen, type Pen, path, place, rect } from './vector.ts';

/** What drawing needs beside the plan. */
export type Workshop = { readonly icons: IconSet; readonly letterer: Letterer };

/** A picture in two layers of SVG content, in scene units. */
export type SceneDrawing = { readonly backdrop: string; readonly figures: string };

/** Draws a plan. `detail` 0 to 1; `seed` decides small differences. */
export function drawScene(plan: ScenePlan, workshop: Workshop, seed: string, detail: number): SceneDrawing {
  const pen = openPen(openChance(seed), detail);
  const sub = (name: string): Pen => ({ ...pen, chance: pen.chance.branch(name) });
  const { icons, letterer } = workshop;
  const layers =
    plan.backdrop === null
      ? { back: '', front: '' }
      : drawBackdrop(sub('backdrop'), plan.width, plan.height, plan.backdrop, (feature) =>
          feature.madeOf === undefined ? null : drawArt(icons, feature.madeOf.art, feature.madeOf.colour),
        );
  if (plan.kind === 'sprites')
    return { backdrop: layers.back, figures: drawSprites(sub('sprites'), plan, icons) };
  const words = plan.kind === 'words' ? confetti(sub('words'), plan) : '';
  const drawn = plan.actors.map((actor, index) => drawActor(sub(`actor${index}`), icons, actor));
  const shadows =
    plan.backdrop === null && plan.castShadows !== true
      ? ''
      : plan.actors.map((actor) => drawShadow(pen, actor, aspectOf(actor))).join('');
  const arms = drawn.map((actor) => actor.front).join('');
  const tube =
    plan.stethoscope === undefined
      ? ''
      : stethoscope(drawn[plan.stethoscope.from], drawn[plan.stethoscope.to]);
  const table = plan.stethoscope === undefined || plan.backdrop === null ? '' : examTable(plan);
  const tails = drawn.map((actor) => actor.behind).join('');
  const behind = plan.stethoscope === undefined ? '' : join(drawn[plan.stethoscope.from]);
  const labels = plan.actors
    .map((actor) => (actor.label === undefined ? '' : drawLetters(letterer, labelOf(actor, actor.label))))
    .join('');
  const others = drawn
    .filter((_, index) => plan.stethoscope === undefined || index !== plan.stethoscope.from)
    .map((actor) => (plan.stethoscope === undefined ? '' : actor.behind) + actor.main);
  const figures =
    shadows +
    (plan.stethoscope === undefined ? tails : '') +
    behind +
    table +
    others.join('') +
    labels +
    tube +
    arms +
    layers.front +
    plan.signs.map((sign) => drawSign(sign)).join('') +
    plan.letters.map((line) => drawLetters(letterer, line)).join('');
  return { backdrop: layers.back + words, figures };
}

const join = (actor: DrawnActor | undefined): string =>
  actor === undefined ? '' : actor.behind + actor.main;

/** A paper tag on a thing, or letters on a mug. */
function labelOf(actor: Actor, text: string): Letters {
  const wide = actor.height * (actor.art.name === 'gift-basket' ? 1.1 : 0.62);
  return {
    text: [...text].slice(0, 40).join(''),
    x: actor.x,
    y:
      actor.y -
      actor.height * (actor.art.name === 'gift-basket' ? 0.2 : actor.art.name === 'mug' ? 0.3 : 0.42),
    height: actor.height * 0.15,
    maxWidth: wide,
    look: 'tag',
    face: 'hand',
    turn: -2,
  };
}

/** The table that the patient sits on, in front of the one who listens. */
function examTable(plan: ScenePlan): string {
  const patient = plan.stethoscope === undefined ? undefined : plan.actors[plan.stethoscope.to];
  const doctor = plan.stethoscope === undefined ? undefined : plan.actors[plan.stethoscope.from];
  if (patient === undefined || doctor === undefined || doctor.art.kind !== 'person') return '';
  const left = patient.x - patient.height * 0.62;
  const wide = patient.height * 1.3;
  const y = patient.y - 4;
  return (
    rect(left + 24, y + 16, 26, doctor.y - y - 4, { fill: '#8fa3ad' }, 8) +
    rect(left + wide - 50, y + 16, 26, doctor.y - y - 4, { fill: '#8fa3ad' }, 8) +
    rect(left, y - 10, wide, 34, { fill: '#f7fbfb', stroke: '#b6c8cc', width: 3 }, 14) +
    path(
      `M${num(left + 8)},${num(y + 18)} C${num(left + wide * 0.2)},${num(y + 66)} ${num(left + wide * 0.3)},${num(y + 40)} ${num(left + wide * 0.5)},${num(y + 62)} C${num(left + wide * 0.7)},${num(y + 40)} ${num(left + wide * 0.8)},${num(y + 66)} ${num(left + wide - 8)},${num(y + 18)} Z`,
      { fill: '#a9dcd3' },
    )
  );
}

/** From the ears of the one, around the neck, to a disc on the other's chest. */
function stethoscope(from: DrawnActor | undefined, to: DrawnActor | undefined): string {
  if (from === undefined || to === undefined) return '';
  const s = from.scale;
  const { neck } = from;
  const end = { x: to.chest.x - 8 * to.scale, y: to.chest.y - 2 * to.scale };
  const line = Math.max(5, s * 3.4);
  const colour = '#2f4a78';
  const low = { x: neck.x, y: neck.y + 34 * s };
  const loop = `M${num(neck.x - 14 * s)},${num(neck.y - 6 * s)} C${num(neck.x - 16 * s)},${num(neck.y + 18 * s)} ${num(low.x - 6 * s)},${num(low.y - 8 * s)} ${num(low.x)},${num(low.y)} C${num(low.x + 6 * s)},${num(low.y - 8 * s)} ${num(neck.x + 16 * s)},${num(neck.y + 18 * s)} ${num(neck.x + 14 * s)},${num(neck.y - 6 * s)}`;
  const tube = `M${num(low.x)},${num(low.y)} C${num(low.x + 6 * s)},${num(low.y + 36 * s)} ${num(end.x - 46 * s)},${num(end.y + 34 * s)} ${num(end.x)},${num(end.y)}`;
  const disc =
    circle(end.x, end.y, 8.5 * s, { fill: '#c7d2dc', stroke: '#5b6b7a', width: s * 1.8 }) +
    circle(end.x, end.y, 4 * s, { fill: '#eef4f8' });
  return path(loop, { stroke: colour, width: line }) + path(tube, { stroke: colour, width: line }) + disc;
}

const heart = 'M0,30 C-46,-2 -40,-40 -16,-40 C-6,-40 0,-32 0,-26 C0,-32 6,-40 16,-40 C40,-40 46,-2 0,30 Z';

function drawSign({ kind, x, y, size }: Sign): string {
  const scale = size / 100;
  switch (kind) {
    case 'heartbeat':
      return place(
        path(heart, { fill: '#f0566a', stroke: '#ffffff', width: 5 }) +
          path('M-34,-8 L-16,-8 L-9,-24 L2,12 L10,-8 L34,-8', { stroke: '#ffffff', width: 5.5 }) +
          path('M-58,-34 q-10,20 0,40 M58,-34 q10,20 0,40', { stroke: '#f0566a', width: 5, opacity: 0.7 }),
        { x, y, scale: scale * 1.1 },
      );
    case 'hearts':
      return place(
        path(heart, { fill: '#f0566a' }) +
          place(path(heart, { fill: '#ff8fa3' }), { x: -74, y: 22, scale: 0.55, turn: -16 }) +
          place(path(heart, { fill: '#ff8fa3' }), { x: 76, y: 12, scale: 0.66, turn: 14 }),
        { x, y: y - size * 0.1, scale },
      );
    case 'music':
      return (
        place(
          path('M-20,20 V-40 L30,-52 V8', { stroke: '#4b3fa0', width: 8 }) +
            circle(-30, 22, 13, { fill: '#4b3fa0' }) +
            circle(20, 10, 13, { fill: '#4b3fa0' }),
          { x: x + size * 1.5, y, scale },
        ) +
        place(
          path('M0,20 V-44 q24,8 20,34', { stroke: '#e5567f', width: 8 }) +
            circle(-10, 22, 13, { fill: '#e5567f' }),
          { x: x - size * 1.6, y: y + size * 0.4, scale: scale * 0.8 },
        )
      );
    case 'sparkles':
      return [
        [-1.5, 0.4, 0.8],
        [1.5, 0.2, 1],
        [-1.1, 1.6, 0.5],
        [1.9, 1.5, 0.6],
        [0.2, -0.2, 0.6],
      ]
        .map(([dx = 0, dy = 0, s = 1]) =>
          place(path('M0,-40 Q4,-4 40,0 Q4,4 0,40 Q-4,4 -40,0 Q-4,-4 0,-40 Z', { fill: '#fff3b0' }), {
            x: x + dx * size,
            y: y + dy * size,
            scale: scale * s,
          }),
        )
        .join('');
    case 'sleep':
      return [0, 1, 2]
        .map((step) =>
          place(path('M-16,-20 H16 L-16,20 H16', { stroke: '#6f7fd0', width: 8 }), {
            x: x + size * (0.9 + step * 0.5),
            y: y - step * size * 0.35,
            scale: scale * (0.5 + step * 0.25),
            turn: 8,
          }),
        )
        .join('');
  }
}

const wordColours = ['#e5564b', '#2f7fb8', '#3f9a6a', '#8a4fc4', '#e08a1e'];

function drawLetters(letterer: Letterer, line: Letters): string {
  const { text, x, y, height, maxWidth, face, look, turn } = line;
  const at = { x: 0, y: 0, height, maxWidth };
  const colour = wordColours[text.length % wordColours.length] ?? '#e5564b';
  const fits = Math.min(1, maxWidth / Math.max(1, letterer.width(text, height, face)));
  switch (look) {
    case 'banner':
    case 'words': {
      const edge = Math.max(4, height * fits * 0.16);
      return place(
        letterer.line(
          text,
          { ...at, y: height * 0.04 },
          { fill: '#2b2040', stroke: '#2b2040', width: edge, opacity: 0.22 },
          face,
        ) +
          letterer.line(text, at, { fill: '#ffffff', stroke: '#ffffff', width: edge }, face) +
          letterer.line(text, at, { fill: colour }, face),
        { x, y, turn },
      );
    }
    case 'tag': {
      const wide = Math.min(maxWidth, letterer.width(text, height, face)) + height * 0.9;
      const tall = height * fits * 1.7;
      return place(
        rect(-wide / 2 + 4, -tall / 2 + 7, wide, tall, { fill: '#3a2a2a', opacity: 0.22 }, 14) +
          rect(-wide / 2, -tall / 2, wide, tall, { fill: '#fff8e8', stroke: '#d9b98a', width: 4 }, 14) +
          letterer.line(text, at, { fill: '#7a3f4f' }, face),
        { x, y, turn },
      );
    }
  }
}

/** Shapes around words, where there is nothing to show but words. */
function confetti(pen: Pen, plan: ScenePlan): string {
  const { chance } = pen;
  const colours = ['#f58db4', '#ffd35c', '#6fc4b8', '#8fb4ee', '#f2996a', '#b58be8'];
  const count = Math.round(14 + 22 * pen.detail);
  return Array.from({ length: count }, () => {
    const fill = chance.pick(colours);
    const size = chance.between(24, 110);
    const shape = chance.pick([
      circle(0, 0, size * 0.6, { fill }),
      rect(-size / 2, -size / 2, size, size, { fill }, size * 0.2),
      path(
        `M0,${num(-size * 0.6)} L${num(size * 0.6)},${num(size * 0.5)} L${num(-size * 0.6)},${num(size * 0.5)} Z`,
        { fill },
      ),
      circle(0, 0, size * 0.5, { stroke: fill, width: size * 0.2 }),
      path(`M${num(-size)},0 q${num(size / 2)},${num(-size / 2)} ${num(size)},0 t${num(size)},0`, {
        stroke: fill,
        width: 14,
      }),
    ]);
    const edge = chance.happens(0.5);
    const x = edge
      ? chance.happens(0.5)
        ? chance.between(0, 0.16)
        : chance.between(0.84, 1)
      : chance.next();
    const y = edge ? chance.next() : chance.happens(0.5) ? chance.between(0, 0.2) : chance.between(0.8, 1);
    return place(shape, { x: x * plan.width, y: y * plan.height, turn: chance.between(0, 360) });
  }).join('');
}
