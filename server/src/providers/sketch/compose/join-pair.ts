import type { Relation, Thing } from '../read-prompt/reading.ts';
import { type Group, wrap } from './group.ts';
import { type Maker, makeActor } from './make-actor.ts';
import type { Actor } from './scene-plan.ts';
import { heightOf, seatOf } from './sizes.ts';

type Done = (members: (Group['members'][number] | null)[], realm?: Group['realm']) => Group;

/** A group for a relation of two things, or null where they simply stand side by side. */
export function joinPair(maker: Maker, relation: Relation): Group | null {
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
  if (a.count > (relation.kind === 'under' ? 5 : 2) || b.count > 2) return null;
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
        at(make(relation.from, { pose: 'reach', mood: 'happy', flip: false }), -ha * 0.2, 0),
        at(make(relation.to, { mood: 'happy', height: Math.max(hb, ha * 0.46) }), ha * 0.36, -lift),
      ]);
    }
    case 'ride':
    case 'on':
      return onTop(maker, relation, done);
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
    case 'under':
      return shelter(maker, relation, done);
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

/** All that are under something, in a row: a cover over the middle one would leave the others in the rain. */
function shelter(maker: Maker, relation: Relation, done: Done): Group | null {
  const a = maker.reading.things[relation.from];
  const b = maker.reading.things[relation.to];
  if (a === undefined || b === undefined) return null;
  const ha = heightOf(a);
  const behind = b.realm === 'scenery';
  const height = Math.max(heightOf(b), ha * 2.1, ha * a.count * 1.05);
  const cover = makeActor(maker, relation.to, { height, shadow: behind ? 'ground' : 'none' });
  const up = behind ? ha * 0.12 : b.art.name === 'umbrella' ? ha * 0.5 : 0;
  const aside = behind && a.count === 1 ? -height * 0.18 : 0;
  const row = Array.from({ length: a.count }, (_, copy) => {
    const actor = makeActor(maker, relation.from);
    return actor && { actor, dx: (copy - (a.count - 1) / 2) * ha * 0.95 + aside, dy: 0 };
  });
  return done([cover && { actor: cover, dx: ha * 0.1, dy: -up }, ...row]);
}

/** Sits on top; people sit astride of animals, with their legs behind them. */
function onTop(maker: Maker, relation: Relation, done: Done): Group | null {
  const a = maker.reading.things[relation.from];
  const b = maker.reading.things[relation.to];
  if (a === undefined || b === undefined || (b.realm === 'sky' && b.word !== 'moon')) return null;
  const ha = heightOf(a) * (heightOf(a) > heightOf(b) * 1.4 && b.realm !== 'being' ? 0.8 : 1);
  const hb = Math.max(heightOf(b), ha * 0.75);
  const astride = a.art.kind === 'person' && b.realm === 'being';
  const rider = makeActor(maker, relation.from, { shadow: 'none', height: ha });
  const mount = makeActor(maker, relation.to, { height: hb });
  const up = hb * seatOf(b) - (astride ? ha * 0.36 : 0);
  const above = rider === null ? null : { actor: rider, dx: 0, dy: -up };
  const below = mount === null ? null : { actor: mount, dx: 0, dy: 0 };
  return done(astride ? [above, below] : [below, above]);
}

function hug(maker: Maker, relation: Relation, done: Done): Group {
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
