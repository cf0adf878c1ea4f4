import { darken, lighten } from '../colour.ts';
import type { Figure, Pose } from './critter.ts';
import type { Mood } from './critter-head.ts';
import { type Role, type RoleName, roles } from './roles.ts';
import { circle, ellipse, type Pen, path, place, rect } from './vector.ts';

const skins = ['#f6cfae', '#eab98d', '#d49a6a', '#a66f45', '#7b4e30', '#fbdcc0'];
const hairs = ['#3a2a22', '#6b4226', '#b5733a', '#e0b15a', '#2b2430', '#9a4a2c'];
const tops = ['#e5716b', '#5aa1c8', '#e8b04a', '#7fae6a', '#9a7fc4', '#e58fa8'];
const bottoms = ['#44557a', '#5b4a44', '#3f6b6b', '#6a5a86'];

type Look = Required<Pick<Role, 'hair'>> & { skin: string; hairColour: string; top: string; bottom: string };

/** A person of a role, about 150 units high (a child 115), standing on y = 0. */
export function drawPerson(
  pen: Pen,
  name: RoleName,
  wish: { readonly pose: Pose; readonly mood: Mood; readonly colour?: string },
): Figure & { readonly hat?: string } {
  const role: Role = roles[name];
  const look: Look = {
    skin: pen.chance.pick(skins),
    hairColour: name.startsWith('grand') ? '#dcd8d6' : name === 'clown' ? '#e2483d' : pen.chance.pick(hairs),
    top: wish.colour ?? role.top ?? pen.chance.pick(tops),
    bottom: role.bottom ?? pen.chance.pick(bottoms),
    hair: role.hair ?? pen.chance.pick(['short', 'long', 'bun', 'curly'] as const),
  };
  const arms = drawArms(role, look, wish.pose);
  const shrink = role.child ? 0.78 : 1;
  const at = (x: number, y: number) => ({ x: x * shrink, y: y * shrink });
  const scaled = (content: string) => (shrink === 1 ? content : place(content, { scale: shrink }));
  return {
    behind: scaled(capeBehind(role) + hairBehind(look)),
    body: scaled(drawBody(role, look) + arms.behind),
    head: scaled(drawFace(name, role, look, wish.mood)),
    front: scaled(arms.front),
    spots: {
      headTop: at(0, -141),
      eyes: at(0, -119),
      neck: at(0, -94),
      hand: at(arms.hand.x, arms.hand.y),
      chest: at(0, -72),
      back: at(0, -80),
      headHalf: 23 * shrink,
      neckHalf: 15 * shrink,
    },
    ...(role.hat === undefined ? {} : { hat: role.hat }),
  };
}

function drawBody(role: Role, look: Look): string {
  const shoe = (x: number) => path(`M${x - 9},0 C${x - 9},-8 ${x + 9},-9 ${x + 10},0 Z`, { fill: '#4a3a3a' });
  const legs = role.skirt
    ? path('M-9,-40 L-9,-4 M9,-40 L9,-4', { stroke: look.skin, width: 9 }) +
      shoe(-10) +
      shoe(10) +
      path('M-15,-62 C-22,-40 -30,-22 -33,-14 C-16,-7 16,-7 33,-14 C30,-22 22,-40 15,-62 Z', {
        fill: role.skirt,
      })
    : path('M-10,-48 L-10,-5 M10,-48 L10,-5', { stroke: look.bottom, width: 16 }) +
      path('M0,-44 L0,-12', { stroke: darken(look.bottom, 0.3), width: 1.4 }) +
      shoe(-11) +
      shoe(11);
  const torso = path(
    'M-20,-93 C-25,-80 -23,-60 -20,-46 C-8,-42 8,-42 20,-46 C23,-60 25,-80 20,-93 C10,-99 -10,-99 -20,-93 Z',
    { fill: look.top },
  );
  const neck = rect(-6, -104, 12, 14, { fill: darken(look.skin, 0.1) }, 5);
  const collar = path('M-9,-96 L0,-84 L9,-96', { stroke: darken(look.top, 0.25), width: 2 });
  const coat = role.coat
    ? path(
        'M-20,-94 C-28,-80 -29,-50 -29,-28 C-24,-25 -14,-24 -8,-25 L-5,-60 L-9,-97 Z M20,-94 C28,-80 29,-50 29,-28 C24,-25 14,-24 8,-25 L5,-60 L9,-97 Z',
        { fill: role.coat, stroke: darken(role.coat, 0.16), width: 1 },
      ) +
      path('M-9,-97 L-14,-84 L-6,-74 M9,-97 L14,-84 L6,-74', { stroke: darken(role.coat, 0.2), width: 1.4 }) +
      rect(11, -52, 11, 11, { stroke: darken(role.coat, 0.2), width: 1.1 }, 2)
    : '';
  const badge = role.badge ? rect(9, -76, 9, 7, { fill: role.badge }, 1.5) : '';
  return legs + torso + neck + collar + coat + badge;
}

function drawArms(
  role: Role,
  look: Look,
  pose: Pose,
): { behind: string; front: string; hand: { x: number; y: number } } {
  const sleeve = role.coat ?? look.top;
  const edge = darken(sleeve, 0.22);
  const arm = (d: string, x: number, y: number) =>
    path(d, { stroke: edge, width: 13.6 }) +
    path(d, { stroke: sleeve, width: 12 }) +
    circle(x, y, 6, { fill: look.skin });
  const down = (side: 1 | -1) =>
    arm(`M${side * 20},-88 C${side * 28},-74 ${side * 29},-62 ${side * 27},-52`, side * 26.5, -46);
  switch (pose) {
    case 'reach':
      return {
        behind: down(-1),
        front: arm('M20,-87 C30,-74 38,-66 52,-64', 58, -63),
        hand: { x: 58, y: -63 },
      };
    case 'hug':
      return {
        behind: down(-1),
        front: arm('M20,-87 C30,-76 38,-70 48,-62', 52, -60),
        hand: { x: 52, y: -60 },
      };
    case 'hold':
    case 'walk':
      return {
        behind: down(-1),
        front: arm('M20,-87 C30,-74 32,-68 36,-70', 38, -75),
        hand: { x: 40, y: -80 },
      };
    case 'sit':
    case 'float':
      return { behind: down(-1) + down(1), front: '', hand: { x: 27, y: -48 } };
  }
}

function capeBehind({ cape }: Role): string {
  if (cape === undefined) return '';
  const cloth =
    'M-18,-94 C-34,-70 -44,-40 -50,-14 C-34,-22 -18,-12 0,-18 C18,-12 34,-22 50,-14 C44,-40 34,-70 18,-94 Z';
  return (
    path(cloth, { fill: cape }) +
    path('M-14,-88 C-24,-60 -28,-40 -30,-22 M14,-88 C24,-60 28,-40 30,-22', {
      stroke: darken(cape, 0.25),
      width: 2,
    })
  );
}

function hairBehind(look: Look): string {
  if (look.hair === 'long')
    return path(
      'M-26,-122 C-30,-150 30,-150 26,-122 C28,-104 30,-92 26,-82 C10,-76 -10,-76 -26,-82 C-30,-92 -28,-104 -26,-122 Z',
      { fill: darken(look.hairColour, 0.12) },
    );
  if (look.hair === 'curly')
    return [
      [-20, -132],
      [-24, -120],
      [-22, -108],
      [20, -132],
      [24, -120],
      [22, -108],
      [-10, -142],
      [10, -142],
      [0, -145],
    ]
      .map(([x = 0, y = 0]) => circle(x, y, 10.5, { fill: look.hairColour }))
      .join('');
  if (look.hair === 'bun') return circle(0, -148, 10, { fill: look.hairColour });
  return '';
}

function drawFace(name: RoleName, role: Role, look: Look, mood: Mood): string {
  const head =
    ellipse(-22, -117, 4.5, 6, { fill: look.skin }) +
    ellipse(22, -117, 4.5, 6, { fill: look.skin }) +
    ellipse(0, -119, 22.5, 23.5, { fill: look.skin });
  const fringe = {
    short:
      'M-23,-118 C-26,-140 -12,-147 2,-146 C18,-146 25,-136 23,-118 C20,-126 16,-131 8,-133 C-4,-131 -16,-131 -23,-118 Z',
    long: 'M-24,-112 C-28,-142 -10,-147 0,-146 C12,-147 28,-142 24,-112 C21,-124 14,-130 2,-135 C-8,-128 -20,-126 -24,-112 Z',
    bun: 'M-23,-116 C-25,-140 -12,-145 0,-145 C12,-145 25,-140 23,-116 C19,-130 10,-134 0,-134 C-10,-134 -19,-130 -23,-116 Z',
    curly:
      'M-22,-122 C-24,-140 -12,-146 0,-146 C12,-146 24,-140 22,-122 C16,-134 8,-132 0,-135 C-8,-132 -16,-134 -22,-122 Z',
    none: '',
  }[look.hair];
  const eye = (x: number) =>
    mood === 'calm'
      ? circle(x, -117, 3, { fill: '#2b2026' }) + circle(x - 1, -118.2, 1, { fill: '#ffffff' })
      : path(`M${x - 4},-116 C${x - 2.5},-120.5 ${x + 2.5},-120.5 ${x + 4},-116`, {
          stroke: '#2b2026',
          width: 2,
        });
  const nose =
    name === 'clown'
      ? circle(0, -112, 5, { fill: '#e2483d' })
      : path('M-1.6,-111.5 C-1.2,-110 1.6,-110 2,-111.5', { stroke: darken(look.skin, 0.28), width: 1.6 });
  const brows = path('M-12,-124.5 C-10,-126 -7,-126 -5,-125 M12,-124.5 C10,-126 7,-126 5,-125', {
    stroke: darken(look.hairColour, 0.1),
    width: 1.8,
  });
  const cheeks =
    ellipse(-13, -110, 4.4, 3, { fill: '#ff6f6f', opacity: 0.28 }) +
    ellipse(13, -110, 4.4, 3, { fill: '#ff6f6f', opacity: 0.28 });
  const beard = role.beard
    ? path(
        'M-22,-114 C-22,-92 -8,-82 0,-80 C8,-82 22,-92 22,-114 C16,-106 8,-108 0,-108 C-8,-108 -16,-106 -22,-114 Z',
        { fill: role.beard },
      ) +
      path('M-8,-107 C-4,-110 4,-110 8,-107 C4,-105 -4,-105 -8,-107 Z', { fill: lighten(role.beard, 0.2) })
    : '';
  const mouth = path('M-6,-104.5 C-3.5,-100.5 3.5,-100.5 6,-104.5', { stroke: '#8a3f3f', width: 1.9 });
  const glasses = role.glasses
    ? circle(-8.5, -117, 6.8, { stroke: '#3a3340', width: 1.5 }) +
      circle(8.5, -117, 6.8, { stroke: '#3a3340', width: 1.5 }) +
      path('M-1.8,-118 L1.8,-118', { stroke: '#3a3340', width: 1.5 })
    : '';
  return (
    head +
    cheeks +
    eye(-8.5) +
    eye(8.5) +
    nose +
    brows +
    beard +
    mouth +
    glasses +
    path(fringe, { fill: look.hairColour })
  );
}
