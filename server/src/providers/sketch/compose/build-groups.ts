import type { Chance } from '../random.ts';
import type { Reading, Relation, Thing } from '../read-prompt/reading.ts';
import type { Actor, PictureSource, Worn } from './scene-plan.ts';

/** Things that belong together and are placed as one. Offsets are in the group's own units, feet on y = 0. */
export type Group = {
  readonly members: readonly { readonly actor: Actor; readonly dx: number; readonly dy: number }[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly realm: 'ground' | 'sky' | 'back' | 'water' | 'flower';
};

/** Height of a sitting cat in group units. */
const cat = 100;

/** World sizes are compressed, so that a mouse stays visible beside an elephant. */
export function heightOf(thing: Pick<Thing, 'size' | 'adjectives' | 'art'>): number {
  let size = thing.size;
  if (thing.adjectives.some((word) => /^(tiny|small|little|miniature)$/.test(word))) size *= 0.6;
  if (thing.adjectives.includes('baby')) size *= 0.72;
  if (thing.adjectives.some((word) => /^(big|large|huge|giant|enormous|gigantic|tall)$/.test(word)))
    size *= 1.7;
  return cat * size ** 0.62 * (thing.art.kind === 'person' ? 1.12 : 1);
}

/** Width over height, as far as layout needs it. */
export function aspectOf(thing: Pick<Actor, 'art' | 'pose'>): number {
  const { art, pose } = thing;
  if (art.kind === 'critter') return pose === 'float' ? 2.2 : pose === 'walk' ? 0.95 : 0.78;
  if (art.kind === 'person') return 0.46;
  if (art.kind === 'icon')
    return /tree|cactus|lotion|bottle|candle|giraffe|rose|tulip/.test(art.name) ? 0.75 : 0.96;
  return made[art.name] ?? 1;
}

const made: Readonly<Record<string, number>> = {
  'gift-basket': 1.5,
  bench: 1.9,
  bridge: 2.6,
  towel: 1.3,
  piano: 1.5,
  submarine: 1.6,
  feather: 0.4,
  surfboard: 0.34,
  lighthouse: 0.6,
  jar: 0.7,
  'air-balloon': 0.7,
  windmill: 0.84,
  robot: 0.78,
  lamp: 0.7,
  chest: 1.2,
  pumpkin: 1.15,
};

type Maker = {
  readonly reading: Reading;
  readonly chance: Chance;
  readonly used: Set<number>;
  readonly place: string;
  readonly pictures: readonly PictureSource[];
  readonly label: string | null;
};

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
    const group = pairGroup(maker, relation);
    if (group !== null) groups.push(group);
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

/** Baskets and boxes take the sent pictures in. */
const holdsThings = (thing: Thing): boolean =>
  /basket|box|package|chest|bucket|backpack/.test(`${thing.word} ${thing.art.name}`);

/** Things that carry quoted words on themselves. */
export const bearsLabel = (thing: Pick<Thing, 'word' | 'art'>): boolean =>
  /basket|box|package|jar|mug|bottle|sign|chest|cake|sweater/.test(`${thing.word} ${thing.art.name}`);

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

/** The member of a group for one thing, with what it wears and holds. */
export function makeActor(maker: Maker, index: number, wish: Partial<Actor> = {}): Actor | null {
  const { reading, chance } = maker;
  const thing = reading.things[index];
  if (thing === undefined) return null;
  const worn: Worn[] = [];
  const held: { art: Actor['art']; share: number; colour?: string }[] = [];
  for (const relation of reading.relations) {
    const other = reading.things[relation.to];
    if (relation.from !== index || other === undefined) continue;
    const colour = other.colour === undefined ? {} : { colour: other.colour };
    if (relation.kind === 'wear')
      worn.push({
        slot:
          other.realm === 'head'
            ? 'head'
            : other.realm === 'eyes'
              ? 'eyes'
              : other.realm === 'neck'
                ? /sweater|cape/.test(other.art.name)
                  ? 'body'
                  : 'neck'
                : 'neck',
        art: other.word === 'ribbon' ? { kind: 'made', name: 'ribbon' } : other.art,
        ...colour,
      });
    if (relation.kind === 'hold' && other.word !== 'stethoscope')
      held.push({
        art: other.art,
        share: Math.min(0.62, Math.max(0.24, (heightOf(other) / heightOf(thing)) * 0.8)),
        ...colour,
      });
  }
  const says = (pattern: RegExp) => thing.adjectives.some((word) => pattern.test(word));
  const swims =
    thing.art.kind === 'critter' &&
    (maker.place === 'sea' || maker.place === 'lake') &&
    thing.word === 'otter';
  const walks = thing.art.kind === 'critter' && says(/^(walking|running|jumping)$/);
  const asleep = says(/^sleep/);
  return {
    art: thing.art,
    x: 0,
    y: 0,
    height: heightOf(thing),
    flip: thing.art.kind === 'icon' && chance.happens(0.35),
    lean: 0,
    pose: held.length > 0 ? 'hold' : swims ? 'float' : walks ? 'walk' : 'sit',
    mood: asleep ? 'asleep' : says(/^(happy|smiling|laughing|joyful|cute)$/) || swims ? 'happy' : 'calm',
    ...(thing.colour === undefined ? {} : { colour: thing.colour }),
    adjectives: thing.adjectives,
    worn,
    held,
    shadow: swims ? 'water' : thing.realm === 'sky' ? 'none' : 'ground',
    ...(maker.label !== null && bearsLabel(thing) ? { label: maker.label } : {}),
    ...(maker.pictures.length > 0 && holdsThings(thing) ? { contents: maker.pictures } : {}),
    young:
      thing.adjectives.includes('baby') ||
      thing.word === 'kitten' ||
      thing.word === 'puppy' ||
      thing.word === 'lamb',
    ...wish,
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
    thing.realm === 'sky'
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

function wrap(members: Group['members'], realm: Group['realm']): Group {
  let left = 0;
  let right = 0;
  let top = 0;
  for (const { actor, dx, dy } of members) {
    const half = (actor.height * aspectOf(actor)) / 2;
    left = Math.min(left, dx - half);
    right = Math.max(right, dx + half);
    const hat = actor.worn.some((worn) => worn.slot === 'head') ? actor.height * 0.34 : 0;
    top = Math.min(top, dy - actor.height * (actor.art.kind === 'critter' ? 1.04 : 1) - hat);
  }
  return { members, left, right, top, realm };
}

/** A group for a relation of two things, or null where they simply stand side by side. */
function pairGroup(maker: Maker, relation: Relation): Group | null {
  const { reading, used } = maker;
  const a = reading.things[relation.from];
  const b = reading.things[relation.to];
  if (
    a === undefined ||
    b === undefined ||
    used.has(relation.from) ||
    used.has(relation.to) ||
    relation.from === relation.to
  )
    return null;
  if (a.count > 2 || b.count > 2) return null;
  const make = (index: number, wish: Partial<Actor> = {}) => makeActor(maker, index, wish);
  const done = (members: (Group['members'][number] | null)[], realm: Group['realm'] = 'ground') => {
    used.add(relation.from);
    used.add(relation.to);
    return wrap(
      members.filter((member) => member !== null),
      realm,
    );
  };
  const at = (actor: Actor | null, dx: number, dy: number) => (actor === null ? null : { actor, dx, dy });
  const ha = heightOf(a);
  const hb = heightOf(b);
  switch (relation.kind) {
    case 'hug':
      return hug(maker, relation, done);
    case 'listen': {
      const lift = a.art.kind === 'person' ? ha * 0.26 : 0;
      return done([
        at(make(relation.from, { pose: 'reach', mood: 'happy' }), -ha * 0.2, 0),
        at(make(relation.to, { mood: 'happy', height: Math.max(hb, ha * 0.46) }), ha * 0.36, -lift),
      ]);
    }
    case 'ride':
    case 'on': {
      if (b.realm === 'sky' && b.word !== 'moon') return null;
      const seat = seatOf(b);
      const small = ha > hb * 1.4 && b.realm !== 'being' ? 0.8 : 1;
      const rider = make(relation.from, { shadow: 'none', height: ha * small });
      return done([
        at(make(relation.to, { height: Math.max(hb, ha * 0.75) }), 0, 0),
        at(rider, 0, -Math.max(hb, ha * 0.75) * seat),
      ]);
    }
    case 'in': {
      if (b.art.name === 'pool' || b.realm === 'feature' || b.realm === 'scenery' || b.realm === 'neck')
        return null;
      const big = Math.max(hb, ha * 0.9);
      const rim = /basket|mug|bucket|bathtub|box|package|cup|bowl|chest|pot/.test(`${b.art.name} ${b.word}`)
        ? 0.5
        : 0.42;
      return done([
        at(make(relation.from, { shadow: 'none' }), 0, -big * rim),
        at(make(relation.to, { height: big }), 0, 0),
      ]);
    }
    case 'under': {
      const cover = Math.max(hb, ha * 2.1);
      return done([
        at(
          make(relation.to, { height: cover, shadow: b.realm === 'scenery' ? 'ground' : 'none' }),
          ha * 0.1,
          b.realm === 'scenery' ? -ha * 0.12 : b.art.name === 'umbrella' ? -ha * 0.5 : 0,
        ),
        at(make(relation.from), b.realm === 'scenery' ? -cover * 0.18 : 0, 0),
      ]);
    }
    case 'over':
      return done([
        at(make(relation.to), 0, 0),
        at(
          make(relation.from, {
            shadow: 'none',
            ...(a.art.kind === 'critter' ? { pose: 'walk' as const, lean: -12 } : {}),
          }),
          0,
          -hb * 1.16,
        ),
      ]);
    case 'behind':
      return done([at(make(relation.from), -hb * 0.5, -ha * 0.1), at(make(relation.to), hb * 0.12, 0)]);
    case 'chase':
      return done([
        at(make(relation.from, { pose: 'walk', stride: 0.1, flip: false }), -ha * 0.72, 0),
        at(make(relation.to, { pose: 'walk', stride: 0.6, flip: false }), hb * 0.85, 0),
      ]);
    case 'look':
    case 'beside':
    case 'wear':
    case 'hold':
      return null;
  }
}

function hug(
  maker: Maker,
  relation: Relation,
  done: (members: (Group['members'][number] | null)[]) => Group,
): Group {
  const { reading } = maker;
  const a = reading.things[relation.from];
  const b = reading.things[relation.to];
  const ha = a === undefined ? 100 : heightOf(a);
  const hb = b === undefined ? 100 : Math.max(heightOf(b), ha * 0.6);
  const canHug = (thing: Thing | undefined) => thing?.art.kind === 'critter' || thing?.art.kind === 'person';
  const left = makeActor(maker, relation.from, {
    pose: canHug(a) ? 'hug' : 'sit',
    mood: 'happy',
    lean: 5,
    flip: false,
  });
  const right = makeActor(maker, relation.to, {
    pose: canHug(b) ? 'hug' : 'sit',
    mood: 'happy',
    lean: -5,
    flip: true,
    height: hb,
  });
  const gap =
    (ha * (a?.art.kind === 'person' ? 0.2 : 0.29) + hb * (b?.art.kind === 'person' ? 0.2 : 0.29)) / 2;
  return done([
    left === null ? null : { actor: left, dx: -gap, dy: 0 },
    right === null ? null : { actor: right, dx: gap, dy: 0 },
  ]);
}

/** How high one sits on a thing, as a share of its height. */
function seatOf(thing: Thing): number {
  if (/couch|bed|bench|chair/.test(thing.art.name)) return 0.42;
  if (/horse|unicorn|elephant|camel|zebra|bicycle|motorcycle|scooter/.test(thing.art.name)) return 0.6;
  if (/rocket|boat|canoe|ship|car|bus/.test(thing.art.name)) return 0.55;
  if (/moon|turtle|rock|skateboard|surfboard|sled/.test(thing.art.name)) return 0.7;
  return 0.86;
}
