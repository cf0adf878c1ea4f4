import type { Thing } from '../read-prompt/reading.ts';
import type { Actor } from './scene-plan.ts';

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

/** How high one sits on a thing, as a share of its height. */
export function seatOf(thing: Thing): number {
  if (/couch|bed|bench|chair/.test(thing.art.name)) return 0.3;
  if (/horse|unicorn|elephant|camel|zebra|bicycle|motorcycle|scooter/.test(thing.art.name)) return 0.6;
  if (/rocket|boat|canoe|ship|car|bus/.test(thing.art.name)) return 0.55;
  if (/moon|turtle|rock|skateboard|surfboard|sled/.test(thing.art.name)) return 0.7;
  return 0.86;
}
