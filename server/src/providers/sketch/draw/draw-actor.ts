import { darken, lighten } from '../colour.ts';
import type { Actor, Worn } from '../compose/scene-plan.ts';
import type { Art } from '../read-prompt/reading.ts';
import { drawCritter, type Figure } from './critter.ts';
import { drawBasket, pictureItem, usualGifts } from './draw-pictures.ts';
import { type IconSet, recolour } from './icon-set.ts';
import { drawPerson } from './person.ts';
import { type RoleName, roles } from './roles.ts';
import { findSpecies, type Species, type SpeciesName, species } from './species.ts';
import { clothes, eyewear } from './things/clothes.ts';
import { hats } from './things/hats.ts';
import { type MadeThing, objects } from './things/objects.ts';
import { outdoors } from './things/outdoors.ts';
import { num, type Pen, place } from './vector.ts';

/** One drawn actor, in scene units. `front` holds arms that lie over the neighbour. */
export type DrawnActor = {
  readonly behind: string;
  readonly main: string;
  readonly front: string;
  readonly neck: { x: number; y: number };
  readonly hand: { x: number; y: number };
  readonly chest: { x: number; y: number };
  readonly scale: number;
};

const made: Readonly<Record<string, MadeThing>> = { ...objects, ...outdoors };

/** Draws a figure or a thing with all it wears and holds, moved to its place. */
export function drawActor(pen: Pen, icons: IconSet, actor: Actor): DrawnActor {
  const figure = figureOf(pen, icons, actor);
  const scale = actor.height / figure.tall;
  const move = { x: actor.x, y: actor.y, scale, flip: actor.flip, turn: actor.lean };
  const spot = ({ x, y }: { x: number; y: number }) => {
    const angle = (actor.lean * Math.PI) / 180;
    const sx = x * scale * (actor.flip ? -1 : 1);
    const sy = y * scale;
    return {
      x: actor.x + sx * Math.cos(angle) - sy * Math.sin(angle),
      y: actor.y + sx * Math.sin(angle) + sy * Math.cos(angle),
    };
  };
  const { parts } = figure;
  return {
    behind: place(parts.behind, move),
    main: place(
      parts.body +
        worn(icons, actor, parts, 'body') +
        worn(icons, actor, parts, 'neck') +
        parts.head +
        worn(icons, actor, parts, 'eyes') +
        figure.hat +
        worn(icons, actor, parts, 'head') +
        (actor.pose === 'hug' || actor.pose === 'reach' ? '' : parts.front) +
        held(pen, icons, actor, parts, figure.tall),
      move,
    ),
    front: actor.pose === 'hug' || actor.pose === 'reach' ? place(parts.front, move) : '',
    neck: spot(parts.spots.neck),
    hand: spot(parts.spots.hand),
    chest: spot(parts.spots.chest),
    scale,
  };
}

type Built = { readonly parts: Figure; readonly tall: number; readonly hat: string };

function figureOf(pen: Pen, icons: IconSet, actor: Actor): Built {
  const { art } = actor;
  switch (art.kind) {
    case 'critter': {
      const name = Object.hasOwn(species, art.name) ? (art.name as SpeciesName) : 'cat';
      const animal = young(findSpecies(name, actor.adjectives, actor.colour), actor.young);
      return {
        parts: drawCritter(pen, animal, {
          pose: actor.pose,
          mood: actor.mood,
          ...(actor.stride === undefined ? {} : { stride: actor.stride }),
        }),
        tall: actor.pose === 'float' ? 84 : 112,
        hat: '',
      };
    }
    case 'person': {
      const name = Object.hasOwn(roles, art.name) ? (art.name as RoleName) : 'person';
      const person = drawPerson(pen, name, {
        pose: actor.pose,
        mood: actor.mood,
        ...(actor.colour === undefined ? {} : { colour: actor.colour }),
      });
      const hat =
        person.hat === undefined || actor.worn.some((item) => item.slot === 'head')
          ? ''
          : onHead(icons, person, hatArt(person.hat), undefined);
      return { parts: person, tall: 147, hat };
    }
    case 'icon':
    case 'made':
      return { parts: thingFigure(drawThing(pen, icons, actor), art), tall: 100, hat: '' };
  }
}

/** A thing alone; baskets get their contents, and sent pictures are what they are. */
function drawThing(pen: Pen, icons: IconSet, actor: Actor): string | null {
  const { art, contents, colour } = actor;
  if (art.name === 'picture') {
    const item = contents?.[0];
    return item === undefined ? null : pictureItem(pen, item).drawing;
  }
  if (art.name === 'gift-basket' || (art.name === 'basket' && contents !== undefined)) {
    const items =
      contents === undefined
        ? usualGifts((name) => drawArt(icons, { kind: 'icon', name }, undefined))
        : contents.map((picture) => pictureItem(pen, picture));
    const ribbon = actor.worn.find((item) => item.art.name === 'ribbon');
    return drawBasket(
      pen,
      items,
      colour,
      ribbon === undefined && art.name === 'basket' ? null : (ribbon?.colour ?? '#d8343c'),
    );
  }
  const drawing = drawArt(icons, art, colour);
  if (drawing === null || contents === undefined) return drawing;
  const tall = 60;
  return (
    contents
      .slice(0, 8)
      .map((picture, index, list) =>
        place(pictureItem(pen, picture).drawing, {
          x: ((index + 0.5) / list.length - 0.5) * 84,
          y: -62,
          scale: tall / 100 / (list.length > 3 ? 1.5 : 1),
        }),
      )
      .join('') + drawing
  );
}

const hatArt = (name: string): Art =>
  name.startsWith('icon:') ? { kind: 'icon', name: name.slice(5) } : { kind: 'made', name };

function young(animal: Species, isYoung: boolean): Species {
  if (!isYoung) return animal;
  return {
    ...animal,
    coat: lighten(animal.coat, 0.12),
    headWidth: animal.headWidth * 1.1,
    headHeight: animal.headHeight * 1.1,
  };
}

/** A thing alone, 100 high, feet on (0, 0). Null where nothing has that name. */
export function drawArt(icons: IconSet, art: Art, colour: string | undefined): string | null {
  if (art.kind === 'made') {
    const thing = made[art.name];
    if (thing !== undefined) return thing.draw(colour);
    const hat = hats[art.name];
    if (hat !== undefined) return place(hat(colour), { y: -16, scale: 1.4 });
    const cloth = clothes[art.name] ?? eyewear[art.name];
    if (cloth !== undefined) return place(cloth(colour), { y: -50, scale: 1.5 });
    return null;
  }
  const body = icons.body(art.name);
  if (body === null) return null;
  const tinted = colour === undefined ? body : recolour(body, colour);
  return `<g transform="translate(-53.33 -100) scale(3.3333)">${tinted}</g>`;
}

/** Where heads and necks are on icons of animals, in units of a 100 high icon. */
const iconSpots: Readonly<
  Record<string, readonly [headX: number, headTopY: number, headHalf: number, neckY: number]>
> = {
  owl: [0, -94, 30, -52],
  penguin: [0, -95, 27, -58],
  flamingo: [-14, -93, 15, -70],
  duck: [-22, -94, 16, -62],
  elephant: [-22, -88, 24, -50],
  giraffe: [-24, -92, 13, -66],
  unicorn: [6, -84, 24, -30],
  horse: [-26, -88, 15, -64],
  snowman: [0, -78, 22, -52],
  dragon: [-12, -90, 18, -60],
  't-rex': [8, -92, 24, -58],
  sauropod: [-20, -96, 12, -70],
  frog: [0, -92, 36, -14],
  turtle: [-34, -66, 13, -36],
  rooster: [-20, -92, 15, -62],
  bird: [-8, -90, 24, -44],
  parrot: [-6, -95, 20, -60],
  llama: [-14, -92, 14, -60],
  kangaroo: [-16, -92, 14, -66],
  robot: [0, -90, 34, -46],
  'teddy-bear': [0, -94, 28, -52],
  octopus: [0, -94, 36, -30],
  'spouting-whale': [-16, -74, 34, -20],
  goose: [-16, -95, 12, -60],
  swan: [-22, -92, 14, -50],
  ghost: [0, -94, 34, -36],
  alien: [0, -95, 38, -8],
  sloth: [0, -94, 30, -40],
  zebra: [-26, -88, 15, -60],
  camel: [-30, -86, 14, -56],
  baby: [0, -94, 38, -8],
  'front-facing-baby-chick': [0, -94, 30, -40],
  dolphin: [-14, -88, 22, -44],
  fish: [-16, -74, 22, -36],
  dodo: [-14, -92, 18, -60],
};

function thingFigure(drawing: string | null, art: Art): Figure {
  const [headX, headTop, headHalf, neckY] = iconSpots[art.name] ?? [0, -94, 30, -50];
  return {
    behind: '',
    body: drawing ?? '',
    head: '',
    front: '',
    spots: {
      headTop: { x: headX, y: headTop },
      eyes: { x: headX, y: headTop + 22 },
      neck: { x: headX * 0.8, y: neckY },
      hand: { x: 34, y: -40 },
      chest: { x: 0, y: -40 },
      back: { x: 0, y: -60 },
      headHalf,
      neckHalf: headHalf * 0.72,
    },
  };
}

function worn(icons: IconSet, actor: Actor, parts: Figure, slot: Worn['slot']): string {
  return actor.worn
    .filter(
      (item) => item.slot === slot && !(item.art.name === 'ribbon' && actor.art.name.endsWith('basket')),
    )
    .map((item) => {
      if (slot === 'head') return onHead(icons, parts, item.art, item.colour);
      if (slot === 'eyes') return onEyes(icons, parts, item);
      const drawing = clothes[item.art.name]?.(item.colour) ?? drawArt(icons, item.art, item.colour) ?? '';
      return place(drawing, { ...parts.spots.neck, scale: parts.spots.neckHalf / 20 });
    })
    .join('');
}

function onHead(icons: IconSet, parts: Figure, art: Art, colour: string | undefined): string {
  const { headTop, headHalf } = parts.spots;
  const hat = art.kind === 'made' ? hats[art.name] : undefined;
  if (hat !== undefined)
    return place(hat(colour), { x: headTop.x, y: headTop.y + headHalf * 0.2, scale: headHalf / 31 });
  const drawing = drawArt(icons, art, colour);
  if (drawing === null) return '';
  const sits = /headphone/.test(art.name)
    ? { y: headTop.y + headHalf * 1.5, scale: (headHalf * 2.5) / 100 }
    : { y: headTop.y + headHalf * 0.42, scale: (headHalf * 1.75) / 100 };
  return place(drawing, { x: headTop.x, ...sits });
}

function onEyes(icons: IconSet, parts: Figure, item: Worn): string {
  const { eyes, headHalf } = parts.spots;
  const own = eyewear[item.art.name];
  if (own !== undefined) return place(own(item.colour), { x: eyes.x, y: eyes.y, scale: headHalf / 29 });
  const drawing = drawArt(icons, item.art, item.colour);
  return drawing === null
    ? ''
    : place(drawing, { x: eyes.x, y: eyes.y + headHalf * 0.85, scale: (headHalf * 1.7) / 100 });
}

function held(pen: Pen, icons: IconSet, actor: Actor, parts: Figure, tall: number): string {
  return actor.held
    .map((item, index) => {
      const drawing = drawArt(icons, item.art, item.colour);
      if (drawing === null) return '';
      const umbrella = item.art.name.startsWith('umbrella');
      const high = tall * (umbrella ? 0.8 : item.share);
      const across = /guitar|violin|saxophone|drum|book|laptop|newspaper|map|accordion|banjo/.test(
        item.art.name,
      );
      const person = actor.art.kind === 'person';
      const side = index % 2 === 0 ? 1 : -1;
      const x = across ? (person ? 6 : 4) : (parts.spots.hand.x + (umbrella ? 0 : high * 0.14)) * side;
      const y = across ? (person ? -46 : -6) : parts.spots.hand.y + high * (umbrella ? 0.1 : 0.32);
      return place(drawing, { x, y, scale: high / 100, turn: pen.chance.between(-6, 6) });
    })
    .join('');
}

/** A soft shadow on the ground, or rings on the water, below an actor. */
export function drawShadow(pen: Pen, actor: Actor, aspect: number): string {
  const rx = actor.height * aspect * 0.52;
  if (actor.shadow === 'none') return '';
  const id = pen.name();
  if (actor.shadow === 'water')
    return `<ellipse cx="${num(actor.x)}" cy="${num(actor.y)}" rx="${num(rx * 1.2)}" ry="${num(rx * 0.2)}" fill="none" stroke="#ffffff" stroke-width="5" opacity="0.55"/><ellipse cx="${num(actor.x)}" cy="${num(actor.y)}" rx="${num(rx * 0.9)}" ry="${num(rx * 0.14)}" fill="${darken('#2a86c0', 0.2)}" opacity="0.3"/>`;
  return `<radialGradient id="${id}"><stop offset="0" stop-color="#1d1430" stop-opacity="0.42"/><stop offset="0.55" stop-color="#1d1430" stop-opacity="0.24"/><stop offset="1" stop-color="#1d1430" stop-opacity="0"/></radialGradient><ellipse cx="${num(actor.x + rx * 0.06)}" cy="${num(actor.y)}" rx="${num(rx * 1.18)}" ry="${num(Math.max(8, rx * 0.2))}" fill="url(#${id})"/>`;
}
