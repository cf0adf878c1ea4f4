import type { Chance } from '../random.ts';
import type { Reading, Thing } from '../read-prompt/reading.ts';
import { type Group, wrap } from './group.ts';
import { joinPair } from './join-pair.ts';
import { holdsThings, type Maker, makeActor } from './make-actor.ts';
import type { Actor, PictureSource } from './scene-plan.ts';

/** Joins related things into groups; every thing is in exactly one group, counted as often as the prompt says. */
export function buildGroups(
  reading: Reading,
  place: string,
  chance: Chance,
  pictures: readonly PictureSource[],
): Group[] {
  const maker: Maker = {
    reading,
    chance,
    used: new Set(),
    place,
    pictures,
    label: reading.lettering[0] ?? null,
  };
  for (const relation of reading.relations)
    if (relation.kind === 'wear' || relation.kind === 'hold') maker.used.add(relation.to);
  reading.things.forEach((thing, index) => {
    if (thing.realm === 'feature') maker.used.add(index);
  });
  const groups: Group[] = [];
  for (const relation of reading.relations) {
    const group = joinPair(maker, relation);
    if (group === null) continue;
    groups.push(group);
    if (relation.kind !== 'under') groups.push(...furtherCopies(maker, relation.from));
    groups.push(...furtherCopies(maker, relation.to));
  }
  reading.things.forEach((thing, index) => {
    if (maker.used.has(index)) return;
    maker.used.add(index);
    for (let copy = 0; copy < thing.count; copy += 1) groups.push(single(maker, index, thing, copy));
  });
  if (!reading.things.some(holdsThings))
    for (const picture of pictures) groups.push(pictureGroup(picture, pictures.length));
  return groups;
}

/** A pair shows one of each, and all that are under something; the others of `two dogs` stand beside it. */
function furtherCopies(maker: Maker, index: number): Group[] {
  const thing = maker.reading.things[index];
  if (thing === undefined) return [];
  return Array.from({ length: thing.count - 1 }, (_, copy) => single(maker, index, thing, copy + 1));
}

function pictureGroup(picture: PictureSource, count: number): Group {
  const height = 100 / Math.max(0.7, Math.min(2.4, picture.aspect)) ** 0.5;
  const actor: Actor = {
    art: { kind: 'made', name: 'picture' },
    x: 0,
    y: 0,
    height,
    flip: false,
    lean: 0,
    pose: 'sit',
    mood: 'calm',
    adjectives: [],
    worn: [],
    held: [],
    shadow: 'ground',
    young: false,
    contents: [picture],
  };
  const half = (height * picture.aspect) / 2;
  return {
    members: [{ actor, dx: 0, dy: 0 }],
    left: -half,
    right: half,
    top: -height * (count === 1 ? 1 : 1.05),
    realm: 'ground',
  };
}

function single(maker: Maker, index: number, thing: Thing, copy: number): Group {
  const base = makeActor(maker, index);
  const { chance } = maker;
  const actor =
    base === null
      ? null
      : {
          ...base,
          height: base.height * (copy === 0 ? 1 : chance.between(0.86, 1.08)),
          flip: copy % 2 === 1 ? !base.flip : base.flip,
          stride: chance.next(),
        };
  const realm =
    thing.realm === 'sky' || thing.adjectives.includes('flying')
      ? 'sky'
      : thing.realm === 'scenery'
        ? 'back'
        : thing.realm === 'water' || actor?.pose === 'float'
          ? 'water'
          : thing.realm === 'flower'
            ? 'flower'
            : 'ground';
  return wrap(actor === null ? [] : [{ actor, dx: 0, dy: 0 }], realm);
}
