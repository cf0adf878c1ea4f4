import { beforeAll, describe, expect, it } from 'vitest';
import { type FullWorkshop, openWorkshop } from '../open-workshop.ts';
import { readPrompt } from './read-prompt.ts';
import type { Reading } from './reading.ts';

let workshop: FullWorkshop;

beforeAll(() => {
  workshop = openWorkshop();
});

const read = (prompt: string): Reading => readPrompt(prompt, workshop.vocabulary, workshop.icons.characters);

/** Things as `2 #dd3b3b tabby cat`, relations as `cat hug otter`. */
function tell(reading: Reading): { things: string[]; relations: string[] } {
  const { things } = reading;
  return {
    things: things.map(({ count, colour, adjectives, word }) =>
      [count > 1 ? count : '', colour ?? '', ...adjectives, word].filter((part) => part !== '').join(' '),
    ),
    relations: reading.relations.map(
      ({ from, kind, to }) => `${things[from]?.word} ${kind} ${things[to]?.word}`,
    ),
  };
}

describe('things and how they stand to each other', () => {
  it.each([
    [
      'A bird on a branch next to a nest',
      ['bird', 'branch', 'nest'],
      ['bird on branch', 'branch beside nest'],
    ],
    [
      'Generate an image of gray tabby cat hugging an otter with an orange scarf',
      ['#9399a3 tabby cat', 'otter', '#f38b2b scarf'],
      ['cat hug otter', 'otter wear scarf'],
    ],
    [
      "A children's book drawing of a veterinarian using a stethoscope to listen to the heartbeat of a baby otter.",
      ['veterinarian', 'stethoscope', 'baby otter'],
      ['veterinarian hold stethoscope', 'veterinarian listen otter'],
    ],
    [
      'A sunlit indoor lounge area with a pool containing a flamingo',
      ['pool', 'flamingo'],
      ['flamingo in pool'],
    ],
    [
      'a cat wearing a top hat and a red scarf',
      ['cat', 'top hat', '#dd3b3b scarf'],
      ['cat wear top hat', 'cat wear scarf'],
    ],
    ['three cats', ['3 cat'], []],
    ['a zebra and two wolves', ['zebra', '2 wolf'], ['zebra beside wolf']],
    ['a robot playing guitar', ['robot', 'guitar'], ['robot hold guitar']],
    ['🐱 🎩', ['cat', 'top hat'], ['cat wear top hat']],
    ['an astronaut cat', ['as astronaut cat'], []],
    ['seven mice', ['7 mouse'], []],
    ['an orange', ['#f38b2b orange'], []],
  ])('%s', (prompt, things, relations) => {
    expect(tell(read(prompt))).toEqual({ things, relations });
  });

  it('knows what a river is made of', () => {
    const [river] = read('a river made of white owl feathers').things;
    expect(river).toMatchObject({ word: 'river', madeOf: { word: 'feather', colour: '#ffffff' } });
  });
});

describe('setting, style and lettering', () => {
  it.each<[string, Partial<Reading>]>([
    ['a sunset over mountains', { place: 'mountains', time: 'sunset' }],
    ['a beige coffee mug on a wooden table', { place: 'table' }],
    ['a watercolor painting of a garden', { place: 'garden', styles: ['watercolor'] }],
    ['a fox in the forest at night in the rain', { place: 'forest', time: 'night', weather: 'rain' }],
    ['a serene winter landscape', { place: 'snow', shape: 'wide' }],
    [
      "a gift basket on a white background labeled 'Relax & Unwind'",
      { place: 'studio', backdropColour: '#ffffff', lettering: ['Relax & Unwind'] },
    ],
    ["a sign that says “Don't panic”", { lettering: ["Don't panic"] }],
    ["a children's book drawing of a dog's bone", { styles: ['storybook'], lettering: [] }],
    [
      'Draw a 2D pixel art style sprite sheet of a tabby gray cat',
      { styles: ['pixel'], spriteSheet: true, transparent: true },
    ],
    ['a black and white photo', { styles: ['mono', 'photo'] }],
    ['a tall poster', { shape: 'tall' }],
  ])('%s', (prompt, expected) => {
    expect(read(prompt)).toMatchObject(expected);
  });

  it('keeps what it does not understand', () => {
    expect(read('the quarterly synergy of epistemology').unknownWords).toEqual([
      'epistemology',
      'quarterly',
      'synergy',
    ]);
  });

  it.each([
    '',
    ' ',
    '\u0000\u0007\u200b',
    '🇩🇪',
    '\ud83d',
    "'''",
    '女性',
    'ا'.repeat(32_000),
    'constructor __proto__ toString',
  ])('reads anything: %j', (prompt) => {
    expect(read(prompt.slice(0, 32_000)).things).toEqual([]);
  });

  it('puts no more on a picture than it can hold', () => {
    const { things } = read('cat dog fox bear panda tiger lion wolf koala monkey pig cow '.repeat(400));
    expect(things).toHaveLength(9);
    expect(read('a thousand and 99 cats').things.map(({ count }) => count)).toEqual([12]);
  });
});
