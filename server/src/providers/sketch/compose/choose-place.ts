import type { Chance } from '../random.ts';
import type { Place, Reading, Thing } from '../read-prompt/reading.ts';

/** Where the horizon and the floor lie, as shares of the height, for each place. */
const levels: Readonly<Record<Place, readonly [horizon: number, floor: number]>> = {
  meadow: [0.6, 0.86],
  park: [0.5, 0.86],
  garden: [0.44, 0.88],
  desert: [0.56, 0.86],
  road: [0.55, 0.84],
  mountains: [0.6, 0.88],
  snow: [0.44, 0.86],
  forest: [0.6, 0.88],
  jungle: [0.6, 0.88],
  sea: [0.42, 0.72],
  beach: [0.42, 0.86],
  underwater: [0.6, 0.86],
  lake: [0.46, 0.72],
  city: [0.62, 0.88],
  space: [0.7, 0.86],
  sky: [0.86, 0.8],
  stage: [0.7, 0.86],
  table: [0.6, 0.84],
  studio: [0.7, 0.86],
  room: [0.62, 0.88],
  kitchen: [0.64, 0.9],
  lounge: [0.54, 0.82],
  clinic: [0.6, 0.9],
  library: [0.64, 0.9],
  office: [0.62, 0.88],
  bedroom: [0.62, 0.88],
  cafe: [0.62, 0.88],
};

export function levelsOf(place: Place): readonly [horizon: number, floor: number] {
  return levels[place];
}

const outdoors = new Set<Place>([
  'meadow',
  'park',
  'garden',
  'desert',
  'road',
  'mountains',
  'snow',
  'forest',
  'jungle',
  'beach',
  'lake',
  'city',
  'sea',
]);

export const isOutdoors = (place: Place): boolean => outdoors.has(place);

const homes: Readonly<Record<string, Place>> = {
  penguin: 'snow',
  polarBear: 'snow',
  seal: 'snow',
  snowman: 'snow',
  sled: 'snow',
  skier: 'snow',
  whale: 'sea',
  dolphin: 'sea',
  shark: 'underwater',
  boat: 'sea',
  ship: 'sea',
  canoe: 'lake',
  submarine: 'underwater',
  fish: 'underwater',
  jellyfish: 'underwater',
  octopus: 'underwater',
  squid: 'underwater',
  shrimp: 'underwater',
  blowfish: 'underwater',
  'tropical fish': 'underwater',
  'rubber duck': 'sea',
  duck: 'lake',
  swan: 'lake',
  otter: 'sea',
  astronaut: 'space',
  rocket: 'space',
  planet: 'space',
  alien: 'space',
  ufo: 'space',
  satellite: 'space',
  earth: 'space',
  moon: 'space',
  comet: 'space',
  camel: 'desert',
  cactus: 'desert',
  car: 'road',
  bus: 'road',
  truck: 'road',
  taxi: 'city',
  bicycle: 'road',
  motorcycle: 'road',
  'sports car': 'road',
  train: 'road',
  tractor: 'meadow',
  tram: 'city',
  skyscraper: 'city',
  deer: 'forest',
  bear: 'forest',
  fox: 'forest',
  wolf: 'forest',
  owl: 'forest',
  squirrel: 'forest',
  hedgehog: 'forest',
  mushroom: 'forest',
  lion: 'meadow',
  elephant: 'meadow',
  giraffe: 'meadow',
  zebra: 'meadow',
  tiger: 'jungle',
  monkey: 'jungle',
  parrot: 'jungle',
  leopard: 'jungle',
  sloth: 'jungle',
  gorilla: 'jungle',
  frog: 'lake',
  crab: 'beach',
  shell: 'beach',
  surfboard: 'beach',
  lobster: 'beach',
  lighthouse: 'sea',
  couch: 'room',
  bed: 'bedroom',
  bathtub: 'room',
  lamp: 'room',
  chef: 'kitchen',
  doctor: 'clinic',
  nurse: 'clinic',
  veterinarian: 'clinic',
  scientist: 'clinic',
  teacher: 'office',
  ballerina: 'stage',
  clown: 'stage',
  microphone: 'stage',
  superhero: 'city',
  police: 'city',
  king: 'studio',
  airplane: 'sky',
  helicopter: 'sky',
  'hot air balloon': 'sky',
  eagle: 'sky',
  parachute: 'sky',
  flamingo: 'lake',
  'gift basket': 'studio',
  castle: 'mountains',
  snowflake: 'snow',
  sun: 'meadow',
  pirate: 'beach',
  mermaid: 'underwater',
  turtle: 'beach',
};

/** The place that was said, or the one where such things are found; beings alone stand in a coloured studio. */
export function choosePlace(reading: Reading, chance: Chance): Place {
  const said = reading.place;
  const lands = reading.things.some((thing) => thing.art.kind === 'person' || thing.realm === 'scenery');
  const afloat = reading.things.some((thing) => thing.realm === 'water' && thing.size > 1);
  if (said === 'sea' && lands && !afloat) return 'beach';
  const first = reading.things[0];
  if (said !== undefined && !(said === 'table' && reading.things.some(isBig)))
    return said === 'table' ? 'table' : said;
  if (said === 'table') return 'room';
  if (reading.season === 'winter' || reading.weather === 'snow') return 'snow';
  const social = reading.relations.some(
    (relation) => relation.kind === 'hug' || relation.kind === 'wear' || relation.kind === 'hold',
  );
  for (const thing of reading.things) {
    if (thing.word === 'otter' && (social || reading.things.length > 1)) continue;
    if (reading.things.some((other) => other.art.kind === 'person') && thing.art.kind === 'critter') continue;
    const home = homes[thing.word];
    if (home !== undefined && !(social && home === 'forest')) return home;
  }
  if (first === undefined)
    return reading.time !== undefined || reading.weather !== undefined || reading.season !== undefined
      ? 'meadow'
      : 'studio';
  if (
    reading.things.every((thing) => thing.realm === 'food' || (thing.realm === 'object' && thing.size < 0.7))
  )
    return 'table';
  if (reading.things.some((thing) => thing.realm === 'scenery' || thing.realm === 'feature')) return 'meadow';
  if (reading.things.every((thing) => thing.realm === 'sky')) return 'meadow';
  if (reading.things.every((thing) => thing.realm === 'flower')) return 'meadow';
  if (reading.time !== undefined || reading.weather !== undefined || reading.season !== undefined)
    return 'meadow';
  return chance.happens(0.35) && first.realm === 'being' ? 'meadow' : 'studio';
}

function isBig(thing: Thing): boolean {
  return thing.art.kind === 'person' || thing.size > 1.6;
}
