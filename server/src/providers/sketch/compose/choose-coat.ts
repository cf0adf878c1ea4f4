import type { Chance } from '../random.ts';
import type { Thing } from '../read-prompt/reading.ts';

/** Coats that an animal may have where the prompt names none; the usual one comes first and more often. */
const coats: Readonly<Record<string, readonly string[]>> = {
  cat: ['#e8a253', '#e8a253', '#9399a3', '#f3e3c8', '#5a5466', '#c98a5a'],
  dog: ['#d9a066', '#d9a066', '#9a6a45', '#f3e6cf', '#7d7884', '#e8b56a'],
  rabbit: ['#efe4da', '#efe4da', '#c49a72', '#cfcbd2'],
  bear: ['#96633f', '#96633f', '#7a5038', '#b98452'],
  hamster: ['#e9b56e', '#e9b56e', '#d8c4a8'],
  mouse: ['#b9b4c2', '#b9b4c2', '#d9c3b4'],
  cow: ['#fbf8f2', '#fbf8f2', '#e9c9a4'],
};

/** The said colour, or one by chance; breeds that have a coat of their own keep it. */
export function chooseCoat(thing: Thing, chance: Chance): string | undefined {
  if (thing.colour !== undefined || thing.art.kind !== 'critter') return thing.colour;
  const list = coats[thing.art.name];
  const bred = thing.adjectives.some((word) =>
    /^(siamese|calico|tuxedo|corgi|husky|poodle|dalmatian)$/.test(word),
  );
  return list === undefined || bred ? undefined : chance.pick(list);
}
