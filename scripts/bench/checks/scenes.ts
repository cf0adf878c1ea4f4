import type { Wish } from './open-studio.ts';

/** Scenes that the engine can draw, as different as they come. */
const scenes = [
  'a fox in a forest',
  'a sunset over mountains',
  'a coffee mug on a wooden table',
  'a cat wearing a top hat',
  'an otter on a river',
  'a lighthouse by the sea',
  'a rabbit in a meadow with flowers',
  'a city street at night',
  'a penguin in the snow',
  'a flamingo in a lake',
  'a watercolor painting of a garden',
  'a rocket above the moon',
  'a dog with a red scarf',
  'a birthday cake with candles',
  'an owl in a winter landscape',
  'a sailing boat on a lake',
  'a bear eating honey',
  'a bicycle in the rain',
  'a robot in a kitchen',
  'a whale under the stars',
] as const;

/** `count` scenes; after the last one the first comes again with another seed. */
export function listScenes(count: number, firstSeed = 1): readonly Wish[] {
  return Array.from({ length: count }, (_, at) => ({
    prompt: scenes[at % scenes.length] ?? scenes[0],
    seed: firstSeed + at,
  }));
}

/** Things that are drawn alone on a transparent ground. */
export const things = [
  'cat',
  'apple',
  'mug',
  'fox',
  'cake',
  'rocket',
  'guitar',
  'tree',
  'owl',
  'bicycle',
] as const;

/** Lettering, and the same with one slip of the pen. */
export const slips: readonly (readonly [right: string, wrong: string])[] = [
  ['Summer Fair', 'Sumer Fair'],
  ['Open Daily', 'Open Dialy'],
  ['Fresh Bread', 'Fresh Braed'],
  ['Midnight Run', 'Midnigth Run'],
  ['Happy Birthday', 'Happy Brithday'],
  ['Grand Opening', 'Grand Openning'],
  ['Coffee House', 'Cofee House'],
  ['Welcome Home', 'Welcom Home'],
  ['Spring Market', 'Sprng Market'],
  ['Jazz Festival', 'Jazz Festivel'],
  ['Book Club', 'Bock Club'],
  ['Garden Party', 'Garden Partty'],
  ['Winter Sale', 'Winter Sael'],
  ['Ocean View', 'Ocean Veiw'],
  ['Mountain Trail', 'Mountian Trail'],
  ['Thank You', 'Thank Yuo'],
  ['Best Friends', 'Best Freinds'],
  ['Lucky Star', 'Lucky Sttar'],
  ['Relax & Unwind', 'Relax & Unwnd'],
  ['Good Morning', 'Good Mornning'],
  ['Pizza Night', 'Piza Night'],
  ['Silver Moon', 'Sliver Moon'],
  ['Magic Show', 'Magic Sohw'],
  ['Hello World', 'Helo World'],
  ['Flower Shop', 'Flowre Shop'],
  ['Music Lesson', 'Musik Lesson'],
  ['Green Tea', 'Geen Tea'],
  ['Play Time', 'Play Tiime'],
  ['Harvest Feast', 'Harvset Feast'],
  ['North Star', 'Norht Star'],
];
