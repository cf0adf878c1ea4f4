import type { Place, Reading, ThingKind } from '../read-prompt/reading.ts';

const emblems: Readonly<Partial<Record<Place, ThingKind>>> = {
  cafe: { word: 'mug', art: { kind: 'made', name: 'mug' }, realm: 'food', size: 0.5 },
  kitchen: { word: 'cooking pan', art: { kind: 'icon', name: 'cooking' }, realm: 'food', size: 0.5 },
  beach: { word: 'palm tree', art: { kind: 'icon', name: 'palm-tree' }, realm: 'object', size: 2 },
  sea: { word: 'sailboat', art: { kind: 'icon', name: 'sailboat' }, realm: 'object', size: 1 },
  mountains: {
    word: 'mountain',
    art: { kind: 'icon', name: 'snow-capped-mountain' },
    realm: 'object',
    size: 2,
  },
  forest: { word: 'tree', art: { kind: 'icon', name: 'evergreen-tree' }, realm: 'object', size: 2 },
  garden: { word: 'tulip', art: { kind: 'icon', name: 'tulip' }, realm: 'object', size: 0.6 },
  space: { word: 'rocket', art: { kind: 'icon', name: 'rocket' }, realm: 'object', size: 1 },
  city: { word: 'city', art: { kind: 'icon', name: 'office-building' }, realm: 'object', size: 2 },
  snow: { word: 'snowflake', art: { kind: 'icon', name: 'snowflake' }, realm: 'object', size: 1 },
  clinic: { word: 'stethoscope', art: { kind: 'icon', name: 'stethoscope' }, realm: 'object', size: 0.5 },
  library: { word: 'pile of books', art: { kind: 'icon', name: 'books' }, realm: 'object', size: 0.5 },
  desert: { word: 'cactus', art: { kind: 'icon', name: 'cactus' }, realm: 'object', size: 1 },
  meadow: { word: 'sunflower', art: { kind: 'icon', name: 'sunflower' }, realm: 'object', size: 0.6 },
  park: { word: 'tree', art: { kind: 'icon', name: 'deciduous-tree' }, realm: 'object', size: 2 },
};

/** A cut-out needs something to cut out: a place alone gets the thing that stands for it. */
export function chooseEmblem(reading: Reading): Reading {
  const emblem = reading.place === undefined ? undefined : emblems[reading.place];
  if (emblem === undefined || reading.things.length > 0) return reading;
  return { ...reading, things: [{ ...emblem, count: 1, adjectives: [] }] };
}
