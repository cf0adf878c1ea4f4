import { type Role, type RoleName, roles } from '../draw/roles.ts';
import type { Chance } from '../random.ts';
import type { Reading, Thing } from '../read-prompt/reading.ts';
import { chooseCoat } from './choose-coat.ts';
import type { Actor, PictureSource, Worn } from './scene-plan.ts';
import { heightOf } from './sizes.ts';

/** What everything in this picture is made from. */
export type Maker = {
  readonly reading: Reading;
  readonly chance: Chance;
  readonly used: Set<number>;
  readonly place: string;
  readonly pictures: readonly PictureSource[];
  readonly label: string | null;
};

/** Baskets and boxes take the sent pictures in. */
export const holdsThings = (thing: Thing): boolean =>
  /basket|box|package|chest|bucket|backpack/.test(`${thing.word} ${thing.art.name}`);

/** Things that carry quoted words on themselves. */
export const bearsLabel = (thing: Pick<Thing, 'word' | 'art'>): boolean =>
  /basket|box|package|jar|mug|bottle|sign|chest|sweater/.test(`${thing.word} ${thing.art.name}`);

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
        share: Math.min(
          thing.art.kind === 'person' ? 0.62 : 0.44,
          Math.max(0.24, (heightOf(other) / heightOf(thing)) * 0.8),
        ),
        ...colour,
      });
  }
  const costume = thing.adjectives.find((word) => word.startsWith('as '))?.slice(3);
  if (costume !== undefined) worn.push(...dressAs(costume));
  const says = (pattern: RegExp) => thing.adjectives.some((word) => pattern.test(word));
  const swims =
    thing.art.kind === 'critter' &&
    (maker.place === 'sea' || maker.place === 'lake') &&
    thing.word === 'otter';
  const flies = says(/^flying$/);
  const walks = thing.art.kind === 'critter' && (flies || says(/^(walking|running|jumping)$/));
  const asleep = says(/^sleep/) || (thing.realm === 'being' && reading.signs.includes('sleep'));
  const colour =
    chooseCoat(thing, chance) ?? (/tree$/.test(thing.art.name) ? leafColour(reading) : undefined);
  return {
    art: thing.art,
    x: 0,
    y: 0,
    height: heightOf(thing),
    flip: (thing.art.kind === 'icon' || thing.art.kind === 'critter') && chance.happens(0.4),
    lean: flies && thing.realm === 'being' ? (thing.art.kind === 'person' ? 38 : -14) : 0,
    pose: held.length > 0 ? 'hold' : swims ? 'float' : walks ? 'walk' : 'sit',
    mood: asleep ? 'asleep' : says(/^(happy|smiling|laughing|joyful|cute)$/) || swims ? 'happy' : 'calm',
    ...(colour === undefined ? {} : { colour }),
    adjectives: thing.adjectives,
    worn,
    held,
    shadow: swims ? 'water' : thing.realm === 'sky' || flies ? 'none' : 'ground',
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

/** The hat that makes an animal an astronaut or a chef, and the cape of a superhero. */
function dressAs(name: string): Worn[] {
  const role: Role | undefined = Object.hasOwn(roles, name) ? roles[name as RoleName] : undefined;
  if (role === undefined) return [];
  const hat = role.hat?.startsWith('icon:')
    ? ({ kind: 'icon', name: role.hat.slice(5) } as const)
    : role.hat === undefined
      ? null
      : ({ kind: 'made', name: role.hat } as const);
  const cape: Worn[] =
    role.cape === undefined ? [] : [{ slot: 'body', art: { kind: 'made', name: 'cape' }, colour: role.cape }];
  return hat === null ? cape : [...cape, { slot: 'head', art: hat }];
}

/** Trees take the colour of the season. */
function leafColour(reading: Reading): string | undefined {
  if (reading.season === 'autumn') return '#e0863a';
  return reading.season === 'winter' ? '#dfe9f2' : undefined;
}
