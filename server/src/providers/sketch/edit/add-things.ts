import { placeSigns } from '../compose/place-letters.ts';
import type { Actor, ScenePlan } from '../compose/scene-plan.ts';
import { heightOf } from '../compose/sizes.ts';
import { drawScene } from '../draw/draw-scene.ts';
import { fromPixels, type Pixels, toPixels } from '../effects/pixels.ts';
import type { FullWorkshop } from '../open-workshop.ts';
import { openChance } from '../random.ts';
import { openSvg, wrapSvg } from '../rasterise.ts';
import type { Reading, Thing } from '../read-prompt/reading.ts';
import { findSubject, type Subject } from './find-subject.ts';

type Wish = {
  readonly reading: Reading;
  readonly prompt: string;
  readonly seed: string;
  readonly workshop: FullWorkshop;
  readonly alone: boolean;
};

/** Draws the things that an edit asks for over the picture: hats on top of its subject, others beside it. */
export async function addThings(base: Pixels, wish: Wish): Promise<Pixels> {
  const { reading, seed, workshop } = wish;
  const short = Math.min(base.width, base.height);
  const scale = 1000 / short;
  const size = { width: base.width * scale, height: base.height * scale };
  const subject = await findSubject(base);
  const at: Subject = {
    left: subject.left * size.width,
    right: subject.right * size.width,
    top: subject.top * size.height,
    bottom: subject.bottom * size.height,
    headX: subject.headX * size.width,
  };
  const actors = newThings(reading).flatMap((thing, index) => actorsFor(thing, index, at, size, seed));
  const letters: ScenePlan['letters'] = reading.lettering.slice(0, 1).map((text) => ({
    text: [...text].slice(0, 60).join(''),
    x: size.width / 2,
    y: size.height * 0.9,
    height: 96,
    maxWidth: size.width * 0.84,
    look: 'banner',
    face: 'hand',
    turn: -2,
  }));
  const nothing = actors.length === 0 && letters.length === 0;
  if (nothing && !wish.alone && reading.signs.length === 0) return base;
  const signs = placeSigns(
    nothing && wish.alone ? { ...reading, signs: [...reading.signs, 'sparkles'] } : reading,
    actors,
    size,
  );
  const plan: ScenePlan = {
    ...size,
    kind: 'scene',
    backdrop: null,
    actors,
    letters,
    signs,
    styles: [],
    castShadows: true,
    caption: '',
  };
  const drawing = drawScene(plan, workshop, seed, 1);
  const layer = await openSvg(wrapSvg(drawing.figures, plan, base.width, base.height))
    .png({ compressionLevel: 1 })
    .toBuffer();
  return toPixels(fromPixels(base).composite([{ input: layer }]));
}

/** What the picture does not show yet: the subject of `the cat wears a hat` is there already. */
function newThings(reading: Reading): Thing[] {
  const there = new Set<number>();
  for (const { kind, from, to } of reading.relations) {
    if (kind === 'wear' || kind === 'hold') there.add(from);
    else if (kind !== 'beside' && kind !== 'hug' && kind !== 'chase') there.add(to);
  }
  const fresh = reading.things.filter((_, index) => !there.has(index));
  return (fresh.length > 0 ? fresh : reading.things).filter((thing) => thing.realm !== 'feature').slice(0, 4);
}

function actorsFor(
  thing: Thing,
  index: number,
  at: Subject,
  size: { width: number; height: number },
  seed: string,
): Actor[] {
  const chance = openChance(`${seed}/add${index}`);
  const blank = {
    art: thing.art,
    flip: false,
    lean: 0,
    pose: 'sit' as const,
    mood: 'happy' as const,
    ...(thing.colour === undefined ? {} : { colour: thing.colour }),
    adjectives: thing.adjectives,
    worn: [],
    held: [],
    young: thing.adjectives.includes('baby'),
  };
  const wide = at.right - at.left;
  const tall = at.bottom - at.top;
  switch (thing.realm) {
    case 'head': {
      const height = Math.min(wide * 0.62, tall * 0.5, size.height * 0.34);
      return [
        { ...blank, x: at.headX, y: Math.max(at.top + height * 0.22, height * 0.94), height, shadow: 'none' },
      ];
    }
    case 'eyes':
      return [
        { ...blank, x: at.headX, y: at.top + tall * 0.31 + wide * 0.21, height: wide * 0.42, shadow: 'none' },
      ];
    case 'neck':
      return [{ ...blank, x: at.headX, y: at.top + tall * 0.72, height: wide * 0.52, shadow: 'none' }];
    case 'sky':
      return Array.from({ length: Math.min(6, thing.count) }, (_, copy) => ({
        ...blank,
        x: size.width * ((copy + 0.5) / thing.count) * 0.8 + size.width * 0.1,
        y: size.height * chance.between(0.2, 0.34),
        height: 150 * Math.min(1.2, thing.size),
        shadow: 'none' as const,
      }));
    case 'being':
    case 'object':
    case 'food':
    case 'water':
    case 'scenery':
    case 'feature':
    case 'flower': {
      const height = Math.min(size.height * 0.42, heightOf(thing) * 3.2);
      const free = at.left > size.width - at.right ? -1 : 1;
      return Array.from({ length: Math.min(6, thing.count) }, (_, copy) => {
        const side = (copy + index) % 2 === 0 ? free : -free;
        const x =
          size.width / 2 + side * size.width * (0.32 - 0.07 * Math.floor(copy / 2)) + chance.between(-20, 20);
        return {
          ...blank,
          x,
          y: size.height * chance.between(0.92, 0.96),
          height: height * chance.between(0.9, 1.05),
          shadow: 'ground' as const,
        };
      });
    }
  }
}
