/** How an animal differs from the next one. Everything else about animals is drawn the same way. */
export type Species = {
  readonly coat: string;
  /** Belly, muzzle and paws, where they are paler. */
  readonly pale: string;
  readonly ears: 'pointed' | 'round' | 'small' | 'long' | 'floppy' | 'none' | 'side';
  readonly earInside: string;
  readonly muzzle: 'small' | 'wide' | 'long' | 'snout';
  readonly nose: string;
  /** Absent: plain dark eyes. */
  readonly iris?: string;
  readonly tail: 'slim' | 'thick' | 'bushy' | 'stub' | 'none' | 'ringed' | 'flat';
  readonly marks: readonly Mark[];
  readonly whiskers: boolean;
  readonly headWidth: number;
  readonly headHeight: number;
  /** Second colour of the marks. */
  readonly markColour: string;
};

export type Mark =
  | 'tabby'
  | 'tiger'
  | 'points'
  | 'spots'
  | 'mask'
  | 'eyePatches'
  | 'cheeks'
  | 'mane'
  | 'quills'
  | 'wool'
  | 'antlers'
  | 'horns'
  | 'patches'
  | 'paleFace'
  | 'teeth'
  | 'stripe';

const base: Species = {
  coat: '#c98a4f',
  pale: '#fbe6c8',
  ears: 'round',
  earInside: '#f2b8a8',
  muzzle: 'small',
  nose: '#3a2a2a',
  tail: 'slim',
  marks: [],
  whiskers: false,
  headWidth: 30,
  headHeight: 25,
  markColour: '#6b4a33',
};

/** Animals by name. */
export const species = {
  cat: {
    ...base,
    coat: '#e8a253',
    ears: 'pointed',
    nose: '#e5798a',
    iris: '#8bbf4a',
    whiskers: true,
    marks: [],
  },
  dog: {
    ...base,
    coat: '#d9a066',
    ears: 'floppy',
    earInside: '#a8703c',
    muzzle: 'wide',
    marks: [],
    headWidth: 28,
  },
  otter: {
    ...base,
    coat: '#8a5f42',
    pale: '#ecd3b0',
    ears: 'side',
    earInside: '#6d4733',
    muzzle: 'wide',
    tail: 'thick',
    whiskers: true,
    marks: ['paleFace'],
    headWidth: 29,
    headHeight: 24,
  },
  fox: {
    ...base,
    coat: '#ee7a33',
    pale: '#fff4e6',
    ears: 'pointed',
    earInside: '#4a2c24',
    muzzle: 'long',
    tail: 'bushy',
    marks: ['cheeks'],
  },
  bear: { ...base, coat: '#96633f', pale: '#e6c39a', ears: 'round', muzzle: 'wide', tail: 'stub', marks: [] },
  polarBear: {
    ...base,
    coat: '#f4f6f8',
    pale: '#ffffff',
    earInside: '#cfd8e0',
    muzzle: 'wide',
    tail: 'stub',
    marks: [],
  },
  panda: {
    ...base,
    coat: '#fbfbf8',
    pale: '#ffffff',
    ears: 'round',
    earInside: '#2d2a35',
    tail: 'stub',
    marks: ['eyePatches'],
    markColour: '#2d2a35',
    headWidth: 31,
  },
  redPanda: {
    ...base,
    coat: '#c95a2e',
    pale: '#fff0dd',
    ears: 'pointed',
    earInside: '#fff0dd',
    tail: 'ringed',
    marks: ['cheeks'],
    markColour: '#7a3318',
  },
  rabbit: {
    ...base,
    coat: '#efe4da',
    pale: '#ffffff',
    ears: 'long',
    nose: '#e5798a',
    tail: 'stub',
    whiskers: true,
    marks: ['teeth'],
    headWidth: 26,
  },
  mouse: {
    ...base,
    coat: '#b9b4c2',
    pale: '#efeaf2',
    ears: 'round',
    earInside: '#f0b3bf',
    nose: '#e5798a',
    tail: 'slim',
    whiskers: true,
    marks: [],
    headWidth: 26,
    headHeight: 23,
  },
  hamster: {
    ...base,
    coat: '#e9b56e',
    pale: '#fff7ea',
    ears: 'round',
    nose: '#e5798a',
    tail: 'stub',
    whiskers: true,
    marks: ['paleFace'],
    headWidth: 30,
  },
  squirrel: {
    ...base,
    coat: '#b8673a',
    pale: '#f8e3c4',
    ears: 'pointed',
    tail: 'bushy',
    marks: ['teeth'],
    headWidth: 25,
    headHeight: 23,
  },
  raccoon: {
    ...base,
    coat: '#9a9aa3',
    pale: '#f2f2f4',
    ears: 'pointed',
    tail: 'ringed',
    marks: ['mask'],
    markColour: '#3b3a45',
    whiskers: true,
  },
  tiger: {
    ...base,
    coat: '#f39a3c',
    pale: '#fff6e8',
    ears: 'round',
    nose: '#d9707e',
    iris: '#e2b02c',
    marks: ['tiger'],
    markColour: '#3a2620',
    whiskers: true,
    headWidth: 31,
  },
  leopard: {
    ...base,
    coat: '#eab659',
    pale: '#fff3d9',
    ears: 'round',
    iris: '#a7c24a',
    marks: ['spots'],
    markColour: '#5c3c22',
    whiskers: true,
  },
  lion: {
    ...base,
    coat: '#eeb354',
    pale: '#fdeccb',
    ears: 'round',
    marks: ['mane'],
    markColour: '#a85d28',
    tail: 'slim',
    whiskers: true,
    headWidth: 27,
    headHeight: 24,
  },
  wolf: {
    ...base,
    coat: '#7f8894',
    pale: '#eef0f2',
    ears: 'pointed',
    earInside: '#4d525c',
    muzzle: 'long',
    iris: '#f0c648',
    tail: 'bushy',
    marks: ['cheeks'],
  },
  koala: {
    ...base,
    coat: '#a3a9b3',
    pale: '#f1f2f4',
    ears: 'round',
    earInside: '#f0d5da',
    muzzle: 'small',
    tail: 'none',
    marks: [],
    headWidth: 31,
  },
  monkey: {
    ...base,
    coat: '#8a5a3a',
    pale: '#f0c79c',
    ears: 'side',
    earInside: '#f0c79c',
    muzzle: 'wide',
    tail: 'slim',
    marks: ['paleFace'],
  },
  pig: {
    ...base,
    coat: '#f7a8b8',
    pale: '#fcc9d3',
    ears: 'floppy',
    earInside: '#ef8ba0',
    muzzle: 'snout',
    nose: '#ef8ba0',
    tail: 'stub',
    marks: [],
  },
  cow: {
    ...base,
    coat: '#fbf8f2',
    pale: '#f9c5c0',
    ears: 'floppy',
    earInside: '#3a3338',
    muzzle: 'snout',
    nose: '#f4b3ad',
    marks: ['patches', 'horns'],
    markColour: '#3a3338',
  },
  sheep: {
    ...base,
    coat: '#fdfaf3',
    pale: '#f5ddc8',
    ears: 'floppy',
    earInside: '#e7bfa3',
    tail: 'stub',
    marks: ['wool', 'paleFace'],
  },
  goat: {
    ...base,
    coat: '#f1ece3',
    pale: '#ffffff',
    ears: 'floppy',
    earInside: '#e1b8a6',
    muzzle: 'long',
    tail: 'stub',
    marks: ['horns'],
  },
  deer: {
    ...base,
    coat: '#c5854b',
    pale: '#f7e3c6',
    ears: 'pointed',
    muzzle: 'wide',
    tail: 'stub',
    marks: ['antlers', 'spots'],
    markColour: '#f7e3c6',
    headWidth: 25,
  },
  hedgehog: {
    ...base,
    coat: '#f0d2a8',
    pale: '#fbebd0',
    ears: 'side',
    muzzle: 'small',
    tail: 'none',
    marks: ['quills'],
    markColour: '#7d5a43',
  },
  beaver: {
    ...base,
    coat: '#8f5a33',
    pale: '#e3b98a',
    ears: 'side',
    earInside: '#6e4223',
    muzzle: 'wide',
    tail: 'flat',
    whiskers: true,
    marks: ['teeth'],
  },
  capybara: {
    ...base,
    coat: '#a9764a',
    pale: '#c99a68',
    ears: 'side',
    earInside: '#7c5230',
    muzzle: 'snout',
    nose: '#8f6039',
    tail: 'none',
    marks: [],
  },
  skunk: {
    ...base,
    coat: '#37333f',
    pale: '#f4f4f6',
    ears: 'side',
    tail: 'bushy',
    marks: ['stripe'],
    markColour: '#f4f4f6',
  },
} as const satisfies Record<string, Species>;

export type SpeciesName = keyof typeof species;

/** Adjectives that turn an animal into a breed or change its coat. */
export function findSpecies(
  name: SpeciesName,
  adjectives: readonly string[],
  colour: string | undefined,
): Species {
  let found: Species = species[name];
  if (colour !== undefined) found = { ...found, coat: colour, markColour: found.markColour };
  const marks = new Set<Mark>(found.marks);
  for (const word of adjectives) {
    if (word === 'tabby' || word === 'striped') marks.add('tabby');
    if (word === 'spotted' || word === 'dalmatian') marks.add('spots');
    if (word === 'calico' || word === 'tuxedo') marks.add('patches');
    if (word === 'siamese') {
      marks.add('points');
      found = {
        ...found,
        coat: colour === undefined || colour === '#ffffff' ? '#f6ead9' : colour,
        iris: '#4aa3e8',
        markColour: '#5b4238',
        nose: '#4a3434',
      };
    }
    if (word === 'corgi') found = { ...found, coat: '#e9a052', ears: 'pointed' };
    if (word === 'husky')
      found = { ...found, coat: '#7d8794', ears: 'pointed', iris: '#6cc3f0', pale: '#ffffff' };
    if (word === 'poodle') marks.add('wool');
  }
  if (word1(adjectives, 'corgi') || word1(adjectives, 'husky')) marks.add('cheeks');
  return { ...found, marks: [...marks] };
}

function word1(adjectives: readonly string[], word: string): boolean {
  return adjectives.includes(word);
}
