/** What a thing is drawn with. */
export type Art =
  | { readonly kind: 'critter'; readonly name: string }
  | { readonly kind: 'person'; readonly name: string }
  | { readonly kind: 'icon'; readonly name: string }
  | { readonly kind: 'made'; readonly name: string };

/** Where a thing belongs when the prompt does not say. `scenery` stands at the back, `feature` is part of the land. */
export type Realm =
  | 'being'
  | 'object'
  | 'food'
  | 'sky'
  | 'water'
  | 'scenery'
  | 'feature'
  | 'head'
  | 'neck'
  | 'eyes'
  | 'flower';

export type ThingKind = {
  /** The plain word for it: `cat`. */
  readonly word: string;
  readonly art: Art;
  readonly realm: Realm;
  /** Height beside a sitting cat, which is 1. */
  readonly size: number;
};

/** One thing that the prompt names. */
export type Thing = ThingKind & {
  readonly count: number;
  /** `#rrggbb`, where a colour was said. */
  readonly colour?: string;
  readonly adjectives: readonly string[];
  /** What it is made of, where that is another thing: a river of feathers. */
  readonly madeOf?: ThingKind & { readonly colour?: string };
};

export type RelationKind =
  | 'hug'
  | 'wear'
  | 'hold'
  | 'on'
  | 'in'
  | 'under'
  | 'over'
  | 'beside'
  | 'behind'
  | 'listen'
  | 'look'
  | 'chase'
  | 'ride';

/** `from` and `to` are positions in `things`. */
export type Relation = { readonly kind: RelationKind; readonly from: number; readonly to: number };

export type Place =
  | 'meadow'
  | 'beach'
  | 'sea'
  | 'underwater'
  | 'forest'
  | 'mountains'
  | 'snow'
  | 'desert'
  | 'city'
  | 'space'
  | 'garden'
  | 'lake'
  | 'road'
  | 'room'
  | 'kitchen'
  | 'lounge'
  | 'clinic'
  | 'table'
  | 'studio'
  | 'stage'
  | 'jungle'
  | 'sky'
  | 'library'
  | 'park'
  | 'office'
  | 'bedroom'
  | 'cafe';

export type DayTime = 'day' | 'dawn' | 'sunset' | 'night';
export type Weather = 'rain' | 'snow' | 'fog' | 'storm' | 'clouds';
export type Season = 'spring' | 'summer' | 'autumn' | 'winter';
export type Style =
  | 'watercolor'
  | 'pixel'
  | 'line'
  | 'pencil'
  | 'neon'
  | 'mono'
  | 'sepia'
  | 'oil'
  | 'storybook'
  | 'photo'
  | 'comic'
  | 'pastel'
  | 'crayon'
  | 'blueprint';

/** Everything the prompt says that can be drawn. Pure data. */
export type Reading = {
  readonly things: readonly Thing[];
  readonly relations: readonly Relation[];
  readonly place?: Place;
  readonly time?: DayTime;
  readonly weather?: Weather;
  readonly season?: Season;
  readonly styles: readonly Style[];
  /** Quoted words, to be lettered. */
  readonly lettering: readonly string[];
  /** Of the background, where said: `on a white background`. */
  readonly backdropColour?: string;
  /** Small things that are signs rather than bodies: a heartbeat, love, music, sparkle. */
  readonly signs: readonly ('heartbeat' | 'hearts' | 'music' | 'sparkles' | 'sleep')[];
  readonly spriteSheet: boolean;
  readonly transparent: boolean;
  /** Shape that the words ask for. */
  readonly shape: 'wide' | 'tall' | 'square' | null;
  /** Words that mean something and that nobody here can draw; most telling first. */
  readonly unknownWords: readonly string[];
};
