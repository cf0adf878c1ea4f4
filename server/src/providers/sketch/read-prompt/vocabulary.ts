import {
  adjectiveWords,
  colourWords,
  countWords,
  placeWords,
  relationWords,
  seasonWords,
  signWords,
  silentWords,
  styleWords,
  timeWords,
  weatherWords,
} from './other-words.ts';
import type {
  Art,
  DayTime,
  Place,
  Reading,
  Realm,
  RelationKind,
  Season,
  Style,
  ThingKind,
  Weather,
} from './reading.ts';
import { singulars } from './singulars.ts';
import { thingWords } from './thing-words.ts';

/** What a phrase can mean. */
export type Meaning =
  | { readonly is: 'thing'; readonly kind: ThingKind }
  | { readonly is: 'place'; readonly place: Place }
  | { readonly is: 'time'; readonly time: DayTime }
  | { readonly is: 'weather'; readonly weather: Weather }
  | { readonly is: 'season'; readonly season: Season }
  | { readonly is: 'style'; readonly style: Style }
  | { readonly is: 'relation'; readonly relation: RelationKind; readonly reversed: boolean }
  | { readonly is: 'colour'; readonly hex: string; readonly word: string }
  | { readonly is: 'count'; readonly count: number }
  | { readonly is: 'adjective'; readonly word: string }
  | { readonly is: 'sign'; readonly sign: Reading['signs'][number] }
  | { readonly is: 'silent' };

/** Every phrase that is understood, in lower case, up to four words each. */
export type Vocabulary = {
  /** One word can mean several things at once: `snow` is a place, `walking` an adjective. */
  readonly find: (phrase: string) => readonly Meaning[] | null;
};

type Sources = {
  readonly iconNames: readonly string[];
  /** Keywords of emoji: emoji to words. */
  readonly emojiKeywords: Readonly<Record<string, readonly string[]>>;
  readonly iconOfEmoji: (emoji: string) => string | null;
};

/** Collects all word lists into one map: curated words first, then icons by name, then their rarer keywords. */
export function openVocabulary(sources: Sources): Vocabulary {
  const map = new Map<string, Meaning[]>();
  const add = (phrase: string, meaning: Meaning) => {
    const known = map.get(phrase);
    if (known) known.push(meaning);
    else map.set(phrase, [meaning]);
  };
  addLists(add);
  addThings(add, map);
  for (const word of silentWords.split(' ')) if (!map.has(word)) add(word, { is: 'silent' });
  addIcons(sources, map);
  return { find: (phrase) => map.get(phrase) ?? null };
}

type Add = (phrase: string, meaning: Meaning) => void;

function addLists(add: Add): void {
  const each = <K extends string>(lists: Readonly<Record<K, string>>, toMeaning: (key: K) => Meaning) => {
    for (const key of Object.keys(lists) as K[])
      for (const phrase of lists[key].split('|')) add(phrase.replace(/-/g, ' '), toMeaning(key));
  };
  each(placeWords, (place) => ({ is: 'place', place }));
  each(timeWords, (time) => ({ is: 'time', time }));
  each(weatherWords, (weather) => ({ is: 'weather', weather }));
  each(seasonWords, (season) => ({ is: 'season', season }));
  each(styleWords, (style) => ({ is: 'style', style }));
  each(signWords, (sign) => ({ is: 'sign', sign }));
  for (const { kind, reversed, words } of relationWords) {
    for (const phrase of words.split('|'))
      add(phrase, { is: 'relation', relation: kind, reversed: reversed ?? false });
  }
  for (const [word, hex] of Object.entries(colourWords)) add(word, { is: 'colour', hex, word });
  for (const [word, count] of Object.entries(countWords)) add(word, { is: 'count', count });
  for (const word of adjectiveWords.split('|')) add(word, { is: 'adjective', word });
}

function addThings(add: Add, map: ReadonlyMap<string, Meaning[]>): void {
  for (const { realm, size, words } of thingWords) {
    for (const entry of words.split('; ')) {
      const [names = '', source = ''] = entry.split('=');
      const list = names.split('|');
      const word = list[0] ?? names;
      for (const phrase of list) {
        const known = map.get(phrase);
        if (known?.some((meaning) => meaning.is === 'thing')) continue;
        add(phrase, { is: 'thing', kind: { word, art: readArt(source), realm, size } });
      }
    }
  }
}

function readArt(source: string): Art {
  const [kind = '', name] = source.split(':');
  if (name === undefined) return { kind: 'icon', name: kind };
  switch (kind) {
    case 'critter':
    case 'person':
    case 'made':
      return { kind, name };
    default:
      return { kind: 'icon', name };
  }
}

/** Icons that are signs, buttons and faces would only confuse a scene. */
const unwantedIcon =
  /button|symbol|clock|thirty|skin|light|dark|medium|face|square|circle|arrow|flag|keycap|sign|mark|suit|question|hand|finger|mens|person|man-|woman-|men-|women-|input|zodiac|no-|banknote|aries|cancer|gemini|leo|libra|pisces|virgo|taurus|hair|emoji|sos|soon|japanese|heavy|plus|minus|multiply|divide|infinity|^(cinema|fog|foggy|hot|cold|up|down|back|end|top|om|information|recycling-symbol|dim|fast|name|new|free|cool|id|ok|vs|restroom|dizzy|collision|hole|prohibited|trade|registered|copyright|dash|face|selfie|wedding)/;

function addIcons(sources: Sources, map: Map<string, Meaning[]>): void {
  const wanted = (name: string) => !unwantedIcon.test(name);
  for (const name of sources.iconNames) {
    const phrase = name.replace(/-/g, ' ');
    if (wanted(name) && !map.has(phrase) && phrase.split(' ').length <= 4)
      map.set(phrase, [iconMeaning(name, phrase)]);
  }
  const uses = new Map<string, string[]>();
  for (const [emoji, keywords] of Object.entries(sources.emojiKeywords)) {
    const icon = sources.iconOfEmoji(emoji);
    if (icon === null || !wanted(icon)) continue;
    for (const keyword of keywords) {
      const phrase = keyword.replace(/_/g, ' ').toLowerCase();
      uses.set(phrase, [...(uses.get(phrase) ?? []), icon]);
    }
  }
  for (const [phrase, icons] of uses) {
    const icon = icons[0];
    const usable = /^[a-z][a-z ]{3,}$/.test(phrase) && !vagueKeyword.test(phrase) && icons.length <= 2;
    const plural = singulars(phrase).some((singular) => map.has(singular));
    if (icon !== undefined && usable && !plural && !map.has(phrase))
      map.set(phrase, [iconMeaning(icon, phrase)]);
  }
}

/** Keywords that describe rather than name. */
const vagueKeyword =
  /(ing|ed|ly|ful|less|ous|ive|able|ish|ness|ment)$|^(nature|animal|food|awesome|cute|beautiful|good|love|happy|sad|weird|travel|vacation|holiday|sport|sports|fashion|female|male|wild|sweet|cold|warm|fresh|health|healthy|business|work|school|home|night|summer|spring|luck|lucky|party|style|pretty|power|speed|fast|slow|strong|ocean|desert|tropical|water|green|color|light|dark|spicy|tasty|yummy|delicious|hungry|snack|dinner|lunch|meal|dessert|fruit|vegetable|drink|beverage|tool|tools|weapon|music|technology|internet|office|science|magic|circus|photo|picture|image|paint|draw|realistic|digital|print|object|group|scene|portrait|quiet|calm|relax|wide|tall|round|thin|thick|long|short|with|from|this|that|these|those|hand|hands|face|head|body|arms|back|style|type|kind|shape|size|small|large|half|quarter|time|date|year|week|month|hour|minute|past|future|fancy|classy|formal|spirit|soul|dead|death|scary|horror|halloween|xmas|easter|culture|history|religion|country|nation|american|japan|japanese|china|chinese|italy|italian|french|mexican|german|korea|india|russia|africa|asia|europe|america)$/;

function iconMeaning(name: string, word: string): Meaning {
  const realm: Realm = /bird|bee|butterfly|airplane|comet|planet|star|moon/.test(name) ? 'sky' : 'object';
  return { is: 'thing', kind: { word, art: { kind: 'icon', name }, realm, size: 0.8 } };
}
