import { darken, lighten } from '../colour.ts';
import { drawHead, type Mood } from './critter-head.ts';
import type { Species } from './species.ts';
import { circle, clipped, ellipse, type Pen, path, place } from './vector.ts';

/** What an animal does with its body. `reach`: one arm goes to the right; `hug`: both do. */
export type Pose = 'sit' | 'float' | 'walk' | 'hug' | 'reach' | 'hold';

export type Spot = { readonly x: number; readonly y: number };

/**
 * A figure in parts, standing on y = 0 around x = 0, about 100 units high, y down.
 * Clothes go between the parts: a scarf after `body`, a hat after `head`.
 */
export type Figure = {
  readonly behind: string;
  readonly body: string;
  readonly head: string;
  /** Arms that lie over other figures. */
  readonly front: string;
  readonly spots: {
    readonly headTop: Spot;
    readonly eyes: Spot;
    readonly neck: Spot;
    readonly hand: Spot;
    readonly chest: Spot;
    readonly back: Spot;
    /** Half the width of the head, and of the neck. */
    readonly headHalf: number;
    readonly neckHalf: number;
  };
};

type Wish = {
  readonly pose: Pose;
  readonly mood: Mood;
  readonly stride?: number;
  readonly headTurn?: number;
};

/** An animal of the species in a pose. */
export function drawCritter(pen: Pen, animal: Species, wish: Wish): Figure {
  switch (wish.pose) {
    case 'float':
      return drawFloating(pen, animal, wish);
    case 'walk':
      return drawWalking(pen, animal, wish);
    case 'sit':
    case 'hug':
    case 'reach':
    case 'hold':
      return drawSitting(pen, animal, wish);
  }
}

const bodyShape =
  'M-13,-56 C-27,-49 -33,-22 -31,-8 C-30,-1 -20,0 0,0 C20,0 30,-1 31,-8 C33,-22 27,-49 13,-56 Z';

function pawColour(animal: Species): string {
  if (animal.marks.includes('points') || animal.marks.includes('eyePatches')) return animal.markColour;
  return animal.marks.includes('mane') ? animal.coat : lighten(animal.coat, 0.28);
}

function limbColour(animal: Species): string {
  return animal.marks.includes('eyePatches') ? animal.markColour : darken(animal.coat, 0.07);
}

function drawSitting(pen: Pen, animal: Species, wish: Wish): Figure {
  const limb = limbColour(animal);
  const paw = pawColour(animal);
  const legs =
    wish.pose === 'sit'
      ? path('M-10,-40 C-12,-26 -11,-14 -10,-5 M10,-40 C12,-26 11,-14 10,-5', { stroke: limb, width: 11.5 }) +
        path('M0,-30 L0,-6', { stroke: darken(animal.coat, 0.25), width: 1, opacity: 0.35 })
      : path('M-15,-43 C-23,-34 -22,-24 -15,-21', { stroke: limb, width: 10.5 });
  const toes = [-22, 22]
    .map(
      (x) =>
        ellipse(x, -4, 11.5, 5.6, { fill: paw }) +
        path(`M${x - 3.5},-4.5 v3.5 M${x + 3.5},-4.5 v3.5`, {
          stroke: darken(paw, 0.35),
          width: 0.9,
          opacity: 0.6,
        }),
    )
    .join('');
  const frontPaws =
    wish.pose === 'sit'
      ? ellipse(-10, -3.6, 7.4, 4.4, { fill: paw }) + ellipse(10, -3.6, 7.4, 4.4, { fill: paw })
      : circle(-14.5, -20.5, 5.6, { fill: paw });
  const headTurn = wish.headTurn ?? 0;
  const headY = -71;
  const body =
    path(bodyShape, { fill: animal.coat }) +
    clipped(pen, path(bodyShape, {}), coatMarks(animal)) +
    toes +
    legs +
    frontPaws;
  const arms = reachingArms(animal, wish.pose);
  return {
    behind: tail(animal),
    body,
    head: place(drawHead(pen, animal, wish.mood), {
      x: Math.sin((headTurn * Math.PI) / 180) * 14,
      y: headY,
      turn: headTurn,
    }),
    front: arms.drawing,
    spots: {
      headTop: {
        x: Math.sin((headTurn * Math.PI) / 180) * (14 + animal.headHeight),
        y: headY - animal.headHeight + 4,
      },
      eyes: { x: Math.sin((headTurn * Math.PI) / 180) * 14, y: headY - 1 },
      neck: { x: 0, y: -50 },
      hand: arms.hand,
      chest: { x: 0, y: -36 },
      back: { x: 0, y: -52 },
      headHalf: animal.headWidth,
      neckHalf: 20,
    },
  };
}

function reachingArms(animal: Species, pose: Pose): { drawing: string; hand: Spot } {
  const limb = limbColour(animal);
  const paw = pawColour(animal);
  const edge = darken(animal.coat, 0.3);
  const arm = (d: string, x: number, y: number) =>
    path(d, { stroke: edge, width: 12.5, opacity: 0.35 }) +
    path(d, { stroke: limb, width: 11 }) +
    circle(x, y, 6, { fill: paw });
  switch (pose) {
    case 'hug':
      return { drawing: arm('M14,-44 C24,-44 34,-40 42,-35', 43, -34.5), hand: { x: 43, y: -34 } };
    case 'reach':
      return { drawing: arm('M15,-43 C26,-42 34,-42 41,-44', 42, -44), hand: { x: 42, y: -44 } };
    case 'hold':
      return { drawing: arm('M15,-43 C25,-36 28,-34 31,-36', 32, -37), hand: { x: 33, y: -38 } };
    case 'sit':
    case 'walk':
    case 'float':
      return { drawing: '', hand: { x: 24, y: -26 } };
  }
}

function coatMarks(animal: Species): string {
  const parts = [
    ellipse(0, -22, 18.5, 25, { fill: animal.pale, opacity: animal.marks.includes('tabby') ? 0.75 : 0.95 }),
  ];
  parts.push(ellipse(30, -14, 9, 26, { fill: darken(animal.coat, 0.25), opacity: 0.25 }));
  for (const mark of animal.marks) {
    if (mark === 'tabby' || mark === 'tiger') {
      const colour = mark === 'tiger' ? animal.markColour : darken(animal.coat, 0.48);
      parts.push(
        path(
          'M-34,-44 L-18,-41 M-36,-34 L-20,-31 M-36,-24 L-21,-21 M-36,-14 L-22,-12 M34,-44 L18,-41 M36,-34 L20,-31 M36,-24 L21,-21 M36,-14 L22,-12',
          { stroke: colour, width: 3.4 },
        ),
      );
    }
    if (mark === 'spots')
      parts.push(
        [
          [-25, -38, 3],
          [-27, -22, 3.4],
          [-22, -10, 2.6],
          [25, -36, 3.2],
          [28, -20, 3],
          [23, -9, 2.6],
          [-18, -47, 2.4],
          [18, -46, 2.4],
        ]
          .map(([x = 0, y = 0, r = 2]) => circle(x, y, r, { fill: animal.markColour }))
          .join(''),
      );
    if (mark === 'patches')
      parts.push(
        ellipse(24, -30, 13, 16, { fill: animal.markColour }),
        ellipse(-30, -10, 10, 12, { fill: animal.markColour }),
      );
    if (mark === 'quills')
      parts.push(
        path(
          'M-40,-60 L-18,-56 C-22,-30 -24,-14 -22,2 L-40,2 Z M40,-60 L18,-56 C22,-30 24,-14 22,2 L40,2 Z',
          { fill: animal.markColour },
        ),
      );
    if (mark === 'wool')
      parts.push(
        [
          [-22, -42],
          [-27, -28],
          [-26, -13],
          [22, -42],
          [27, -28],
          [26, -13],
          [-12, -50],
          [12, -50],
          [0, -44],
          [-14, -30],
          [14, -30],
          [0, -24],
        ]
          .map(([x = 0, y = 0]) =>
            circle(x, y, 9.5, { fill: animal.coat, stroke: darken(animal.coat, 0.12), width: 0.8 }),
          )
          .join(''),
      );
  }
  return parts.join('');
}

function tail(animal: Species): string {
  const curve = 'M22,-8 C44,-2 54,-16 50,-32 C48,-40 43,-44 38,-42';
  const tip = animal.marks.includes('points') ? animal.markColour : animal.coat;
  switch (animal.tail) {
    case 'slim': {
      const rings =
        animal.marks.includes('tabby') || animal.marks.includes('tiger')
          ? path('M37,-10 l3,7 M46,-16 l6,4 M47,-25 l7,0 M46,-33 l6,-3', {
              stroke: animal.marks.includes('tiger') ? animal.markColour : darken(animal.coat, 0.48),
              width: 3,
            })
          : '';
      return path(curve, { stroke: tip, width: 9 }) + rings;
    }
    case 'thick':
      return path('M12,-16 C30,-14 52,-12 64,-22 C66,-8 44,4 14,0 Z', { fill: darken(animal.coat, 0.12) });
    case 'bushy':
      return (
        path('M18,-2 C52,6 66,-22 58,-46 C54,-60 40,-62 36,-52 C44,-38 36,-26 20,-22 Z', {
          fill: animal.coat,
        }) +
        path('M58,-46 C54,-60 40,-62 36,-52 C40,-46 41,-40 39,-36 C47,-33 54,-38 58,-46 Z', {
          fill: animal.marks.includes('stripe') ? animal.markColour : animal.pale,
        })
      );
    case 'ringed':
      return (
        path(curve, { stroke: animal.coat, width: 15 }) +
        path('M36,-12 l4,10 M45,-20 l10,6 M43,-30 l13,1', { stroke: animal.markColour, width: 5 })
      );
    case 'flat':
      return place(ellipse(0, 0, 24, 11, { fill: darken(animal.coat, 0.4) }), { x: 42, y: -10, turn: -18 });
    case 'stub':
      return circle(31, -11, 8, { fill: lighten(animal.coat, 0.3) });
    case 'none':
      return '';
  }
}

/** On its back in the water, paws on the belly. The waterline is y = 0. */
function drawFloating(pen: Pen, animal: Species, wish: Wish): Figure {
  const limb = limbColour(animal);
  const paw = pawColour(animal);
  const shape = 'M-52,-4 C-50,-26 -20,-34 10,-32 C42,-30 60,-18 62,-4 C50,10 -40,12 -52,-4 Z';
  const belly = 'M-42,-8 C-38,-26 -16,-31 10,-29 C32,-27 44,-18 46,-8 C30,2 -28,4 -42,-8 Z';
  const feet =
    place(ellipse(0, 0, 6.5, 11, { fill: paw }), { x: 58, y: -18, turn: 16 }) +
    place(ellipse(0, 0, 6.5, 11, { fill: paw }), { x: 72, y: -12, turn: 30 });
  const arms =
    path('M-24,-24 C-14,-30 -8,-33 -3,-33 M22,-29 C14,-34 10,-36 5,-35', { stroke: limb, width: 10.5 }) +
    circle(-3, -34, 5.6, { fill: paw }) +
    circle(6, -35, 5.6, { fill: paw });
  return {
    behind: path('M50,-8 C74,-4 92,-8 100,-18 C104,-2 84,8 52,6 Z', { fill: darken(animal.coat, 0.15) }),
    body: feet + path(shape, { fill: animal.coat }) + path(belly, { fill: animal.pale, opacity: 0.9 }),
    head: place(drawHead(pen, animal, wish.mood), { x: -52, y: -30, turn: -8, scale: 1.05 }),
    front: arms,
    spots: {
      headTop: { x: -56, y: -52 },
      eyes: { x: -52, y: -31 },
      neck: { x: -34, y: -16 },
      hand: { x: 1, y: -38 },
      chest: { x: 0, y: -26 },
      back: { x: 0, y: -30 },
      headHalf: animal.headWidth,
      neckHalf: 16,
    },
  };
}

/** From the side, walking to the right. `stride` 0 to 1 is where in the step it is. */
function drawWalking(pen: Pen, animal: Species, wish: Wish): Figure {
  const limb = limbColour(animal);
  const paw = pawColour(animal);
  const swing = Math.sin((wish.stride ?? 0.2) * Math.PI * 2) * 11;
  const lift = Math.cos((wish.stride ?? 0.2) * Math.PI * 2) * 2;
  const shape = `M-36,-42 C-38,-56 -20,-58 0,-56 C22,-58 36,-54 36,-38 C36,-24 20,-22 0,-22 C-24,-22 -36,-24 -36,-42 Z`;
  const leg = (x: number, shift: number, colour: string) =>
    path(`M${x},-34 L${x + shift},-5`, { stroke: colour, width: 11 }) +
    ellipse(x + shift + 2, -4, 7.5, 4.2, { fill: paw });
  const far = darken(limb, 0.18);
  const marks =
    animal.marks.includes('tabby') || animal.marks.includes('tiger')
      ? path('M-24,-60 L-22,-44 M-12,-60 L-11,-42 M0,-60 L0,-42 M12,-60 L11,-44', {
          stroke: animal.marks.includes('tiger') ? animal.markColour : darken(animal.coat, 0.48),
          width: 3.6,
        })
      : '';
  return {
    behind:
      place(
        place(
          path('M0,0 C-22,-4 -28,-22 -20,-38', {
            stroke: animal.marks.includes('points') ? animal.markColour : animal.coat,
            width: animal.tail === 'bushy' ? 17 : 9,
          }),
          { x: -32, y: -46 },
        ),
        {},
      ) +
      leg(-20, -swing, far) +
      leg(26, swing, far),
    body:
      path(shape, { fill: animal.coat }) +
      clipped(pen, path(shape, {}), ellipse(0, -20, 30, 9, { fill: animal.pale, opacity: 0.7 }) + marks) +
      leg(-26, swing, limb) +
      leg(20, -swing, limb),
    head: place(drawHead(pen, animal, wish.mood), { x: 36, y: -66 + lift, scale: 0.92 }),
    front: '',
    spots: {
      headTop: { x: 36, y: -85 + lift },
      eyes: { x: 36, y: -67 + lift },
      neck: { x: 33, y: -46 },
      hand: { x: 50, y: -40 },
      chest: { x: 26, y: -40 },
      back: { x: -4, y: -56 },
      headHalf: animal.headWidth * 0.92,
      neckHalf: 16,
    },
  };
}
