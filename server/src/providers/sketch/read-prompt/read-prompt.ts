import { readShape, wantsTransparency } from './read-wishes.ts';
import type { Reading, Relation, RelationKind, Style, Thing, ThingKind } from './reading.ts';
import { singulars } from './singulars.ts';
import { splitWords, type Word } from './split-words.ts';
import type { Meaning, Vocabulary } from './vocabulary.ts';

/** More things than this make a heap, not a picture. */
const maxThings = 9;

type Pending = { kind: RelationKind; reversed: boolean; from: number | null };

/** What has been understood so far; the reader walks through the words once and fills it. */
type Notes = {
  things: (Thing & { countSaid: boolean })[];
  relations: Relation[];
  styles: Style[];
  signs: Reading['signs'][number][];
  unknown: string[];
  facts: { -readonly [K in 'place' | 'time' | 'weather' | 'season' | 'backdropColour']?: Reading[K] };
  count: number | null;
  colour: { hex: string; word: string } | null;
  adjectives: string[];
  pending: Pending | null;
  /** The relation that an `and` continues: wearing a hat and a scarf. */
  last: Pending | null;
  madeOf: boolean;
};

/** Reads a prompt into what can be drawn. Never fails: what is not understood is kept as unknown words. */
export function readPrompt(
  prompt: string,
  vocabulary: Vocabulary,
  emojiCodes: Readonly<Record<string, string>>,
): Reading {
  const { words, quoted } = splitWords(prompt, emojiCodes);
  const notes: Notes = {
    things: [],
    relations: [],
    styles: [],
    signs: [],
    unknown: [],
    facts: {},
    count: null,
    colour: null,
    adjectives: [],
    pending: null,
    last: null,
    madeOf: false,
  };
  let index = 0;
  while (index < words.length) index += readNext(words, index, vocabulary, notes);
  if (notes.colour?.word === 'orange')
    addThing(
      notes,
      { word: 'orange', art: { kind: 'icon', name: 'tangerine' }, realm: 'food', size: 0.5 },
      1,
      false,
    );
  const lower = prompt.slice(0, 4000).toLowerCase();
  dressLoose(notes);
  const { facts } = notes;
  return {
    things: notes.things.map(({ countSaid: _, ...thing }) => thing),
    relations: notes.relations,
    ...(facts.place === undefined ? {} : { place: facts.place }),
    ...(facts.time === undefined ? {} : { time: facts.time }),
    ...(facts.weather === undefined ? {} : { weather: facts.weather }),
    ...(facts.season === undefined ? {} : { season: facts.season }),
    ...(facts.backdropColour === undefined ? {} : { backdropColour: facts.backdropColour }),
    styles: [...new Set(notes.styles)],
    signs: [
      ...new Set(
        /\b(sleep\w*|asleep|napping|snoring)\b/.test(lower)
          ? [...notes.signs, 'sleep' as const]
          : notes.signs,
      ),
    ],
    lettering: quoted.slice(0, 3),
    spriteSheet: /sprite\s*-?\s*sheet/.test(lower),
    transparent: wantsTransparency(prompt),
    shape: readShape(prompt),
    unknownWords: [...new Set(notes.unknown)].sort((a, b) => b.length - a.length).slice(0, 4),
  };
}

/** Takes the longest phrase that means something; returns how many words it took. */
function readNext(words: readonly Word[], index: number, vocabulary: Vocabulary, notes: Notes): number {
  const word = words[index];
  if (word === undefined) return 1;
  if ('stop' in word) {
    notes.pending = null;
    notes.last = null;
    return 1;
  }
  if ('emoji' in word) {
    const known = vocabulary
      .find(word.emoji.replace(/-face$/, '').replace(/-/g, ' '))
      ?.find((meaning) => meaning.is === 'thing');
    if (known !== undefined) addThing(notes, known.kind, 1, false);
    else
      addThing(
        notes,
        {
          word: word.emoji.replace(/-/g, ' '),
          art: { kind: 'icon', name: word.emoji },
          realm: 'object',
          size: 1,
        },
        1,
        false,
      );
    return 1;
  }
  for (let length = 4; length >= 1; length -= 1) {
    const phrase = phraseAt(words, index, length);
    if (phrase === null) continue;
    const found = lookUp(phrase, vocabulary);
    if (found === null) continue;
    const before =
      found.meanings.some((meaning) => meaning.is === 'adjective') &&
      startsThing(words, index + length, vocabulary);
    const costume = costumeAt(words, index + length, found.meanings, vocabulary);
    if (costume !== null) {
      notes.adjectives.push(costume);
      return length;
    }
    for (const meaning of found.meanings) {
      if (!before || meaning.is !== 'thing')
        note(notes, meaning, found.plural, phraseAt(words, index + length, 1));
    }
    return length;
  }
  if (/^\d{1,2}$/.test(word.text)) notes.count = Math.max(1, Number(word.text));
  else if (word.text === 'made' || word.text === 'composed') notes.madeOf = true;
  else if (/\p{L}{3,}/u.test(word.text) || !/^[\p{Script=Latin}\d]/u.test(word.text))
    notes.unknown.push(word.text);
  return 1;
}

function phraseAt(words: readonly Word[], index: number, length: number): string | null {
  const parts: string[] = [];
  for (let step = 0; step < length; step += 1) {
    const word = words[index + step];
    if (word === undefined || !('text' in word)) return null;
    parts.push(word.text.replace(/-/g, ' '));
  }
  return parts.join(' ');
}

/** A person's name right before an animal's is a costume: `astronaut cat` becomes the adjective `as astronaut`. */
function costumeAt(
  words: readonly Word[],
  index: number,
  meanings: readonly Meaning[],
  vocabulary: Vocabulary,
): string | null {
  const role = meanings.find((meaning) => meaning.is === 'thing' && meaning.kind.art.kind === 'person');
  const next = phraseAt(words, index, 1);
  if (role?.is !== 'thing' || next === null) return null;
  const animal = lookUp(next, vocabulary)?.meanings.some(
    (meaning) =>
      meaning.is === 'thing' && meaning.kind.realm === 'being' && meaning.kind.art.kind !== 'person',
  );
  return animal === true ? `as ${role.kind.art.name}` : null;
}

/** `baby` before `otter` describes it; alone it is a baby. */
function startsThing(words: readonly Word[], index: number, vocabulary: Vocabulary): boolean {
  return [2, 1].some((length) => {
    const phrase = phraseAt(words, index, length);
    return (
      phrase !== null &&
      (lookUp(phrase, vocabulary)?.meanings.some(
        (meaning) => meaning.is === 'thing' || meaning.is === 'colour',
      ) ??
        false)
    );
  });
}

/** The phrase as it stands, or with its last word made singular. */
function lookUp(
  phrase: string,
  vocabulary: Vocabulary,
): { meanings: readonly Meaning[]; plural: boolean } | null {
  const plain = vocabulary.find(phrase);
  if (plain !== null) return { meanings: plain, plural: false };
  for (const singular of singulars(phrase)) {
    const meanings = vocabulary.find(singular)?.filter((meaning) => meaning.is === 'thing');
    if (meanings !== undefined && meanings.length > 0) return { meanings, plural: true };
  }
  return null;
}

function note(notes: Notes, meaning: Meaning, plural: boolean, next: string | null): void {
  switch (meaning.is) {
    case 'thing':
      addThing(notes, meaning.kind, plural ? null : 1, plural);
      return;
    case 'place':
      notePlace(notes, meaning.place);
      return;
    case 'time':
      notes.facts.time ??= meaning.time;
      return;
    case 'weather':
      notes.facts.weather ??= meaning.weather;
      return;
    case 'season':
      notes.facts.season ??= meaning.season;
      return;
    case 'style':
      notes.styles.push(meaning.style);
      return;
    case 'sign':
      notes.signs.push(meaning.sign);
      return;
    case 'colour':
      notes.colour = { hex: meaning.hex, word: meaning.word };
      return;
    case 'count':
      if (meaning.count > 1 || notes.count === null) notes.count = meaning.count;
      return;
    case 'adjective':
      notes.adjectives.push(meaning.word);
      return;
    case 'relation':
      noteRelation(notes, meaning.relation, meaning.reversed);
      return;
    case 'silent':
      if (next === 'of') notes.count = null;
  }
}

function notePlace(notes: Notes, place: NonNullable<Reading['place']>): void {
  const { facts } = notes;
  if (place === 'studio') {
    if (notes.colour !== null) facts.backdropColour = notes.colour.hex;
    notes.colour = null;
    facts.place ??= 'studio';
  } else if (
    facts.place === undefined ||
    facts.place === 'studio' ||
    facts.place === 'sky' ||
    (facts.place === 'room' && indoors.has(place))
  ) {
    facts.place = place;
  }
  const flyer = notes.pending?.kind === 'over' ? notes.pending.from : null;
  const thing = flyer === null ? undefined : notes.things[flyer];
  if (flyer !== null && thing !== undefined)
    notes.things[flyer] = { ...thing, adjectives: [...thing.adjectives, 'flying'] };
  notes.colour = null;
  notes.count = null;
  notes.pending = null;
}

const indoors = new Set(['lounge', 'kitchen', 'clinic', 'library', 'office', 'bedroom', 'cafe']);

const verbs = new Set<RelationKind>(['hug', 'listen', 'look', 'chase', 'hold', 'wear', 'ride']);

function noteRelation(notes: Notes, kind: RelationKind, reversed: boolean): void {
  if (kind === 'beside' && notes.last !== null) {
    notes.pending = notes.last;
    return;
  }
  if (notes.pending !== null && notes.pending.kind !== 'beside' && kind === 'hold') return;
  notes.pending = { kind, reversed, from: subjectOf(notes, kind) };
}

/** Verbs belong to the nearest being; other relations to the nearest thing that is not worn or held. */
function subjectOf(notes: Notes, kind: RelationKind): number | null {
  const carried = new Set(
    notes.relations
      .filter((relation) => relation.kind === 'wear' || relation.kind === 'hold')
      .map((relation) => relation.to),
  );
  for (let index = notes.things.length - 1; index >= 0; index -= 1) {
    const thing = notes.things[index];
    if (thing === undefined || carried.has(index)) continue;
    if (!verbs.has(kind) || isBeing(thing) || index === 0) return index;
  }
  return null;
}

function isBeing(thing: ThingKind): boolean {
  return (
    thing.realm === 'being' ||
    thing.art.kind === 'critter' ||
    thing.art.kind === 'person' ||
    thing.realm === 'water'
  );
}

function addThing(notes: Notes, kind: ThingKind, said: number | null, plural: boolean): void {
  if (notes.madeOf && notes.things.length > 0) {
    const last = notes.things.length - 1;
    const whole = notes.things[last];
    if (whole !== undefined)
      notes.things[last] = {
        ...whole,
        madeOf: { ...kind, ...(notes.colour === null ? {} : { colour: notes.colour.hex }) },
      };
    clearModifiers(notes);
    return;
  }
  const existing = notes.things.findIndex((thing) => thing.word === kind.word && sameArt(thing, kind));
  const countSaid = notes.count !== null && notes.count > 1;
  const count = Math.min(
    12,
    countSaid
      ? (notes.count ?? 1)
      : plural
        ? kind.realm === 'flower' || kind.size < 0.6
          ? 5
          : 3
        : (said ?? 1),
  );
  let index = existing;
  if (existing < 0 || (notes.pending !== null && notes.pending.from === existing)) {
    if (notes.things.length >= maxThings) {
      clearModifiers(notes);
      return;
    }
    index =
      notes.things.push({
        ...kind,
        count,
        countSaid,
        adjectives: notes.adjectives,
        ...(notes.colour === null ? {} : { colour: notes.colour.hex }),
      }) - 1;
  }
  relate(notes, index);
  clearModifiers(notes);
}

/** Clothes that nobody wears yet go to the first being: `a cat, top hat, monocle`. */
function dressLoose(notes: Notes): void {
  const being = notes.things.findIndex(isBeing);
  if (being < 0) return;
  notes.things.forEach((thing, index) => {
    const wearable = thing.realm === 'head' || thing.realm === 'neck' || thing.realm === 'eyes';
    const used = notes.relations.some(({ from, to }) => from === index || to === index);
    if (wearable && !used) notes.relations.push({ kind: 'wear', from: being, to: index });
  });
}

function sameArt(a: ThingKind, b: ThingKind): boolean {
  return a.art.kind === b.art.kind && a.art.name === b.art.name;
}

function relate(notes: Notes, to: number): void {
  const { pending } = notes;
  const thing = notes.things[to];
  if (pending === null || pending.from === null || pending.from === to || thing === undefined) {
    notes.pending = null;
    return;
  }
  const kind = fitRelation(pending.kind, thing, notes.things[pending.from]);
  notes.relations.push(
    pending.reversed ? { kind, from: to, to: pending.from } : { kind, from: pending.from, to },
  );
  notes.last = kind === 'wear' || kind === 'hold' || (kind === 'in' && pending.reversed) ? pending : null;
  notes.pending = null;
}

/** `with a scarf` means wearing it; `in a hat` too; `with a dog` means beside it. */
function fitRelation(kind: RelationKind, thing: ThingKind, subject: ThingKind | undefined): RelationKind {
  const wearable = thing.realm === 'head' || thing.realm === 'neck' || thing.realm === 'eyes';
  if (
    wearable &&
    (kind === 'hold' || kind === 'in' || kind === 'wear' || kind === 'ride') &&
    subject !== undefined
  )
    return 'wear';
  if (kind === 'wear' && !wearable) return 'in';
  if (kind === 'ride' && thing.size < 0.6) return 'on';
  if (
    kind === 'hold' &&
    (isBeing(thing) || thing.size > 1.1 || thing.realm === 'scenery' || thing.realm === 'feature')
  )
    return 'beside';
  if (kind === 'hold' && subject !== undefined && !isBeing(subject))
    return thing.word === 'ribbon' ? 'wear' : 'beside';
  return kind;
}

function clearModifiers(notes: Notes): void {
  notes.count = null;
  notes.colour = null;
  notes.adjectives = [];
  notes.madeOf = false;
}
