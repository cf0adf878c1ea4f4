import type {
  Art,
  DayTime,
  Place,
  Reading,
  Season,
  Style,
  ThingKind,
  Weather,
} from '../read-prompt/reading.ts';

/** A thing worn, by its slot. */
export type Worn = {
  readonly slot: 'head' | 'neck' | 'eyes' | 'body';
  readonly art: Art;
  readonly colour?: string;
};

/** One figure or thing with its feet at (x, y); measures are scene units, the short edge of a picture is 1000. */
export type Actor = {
  readonly art: Art;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly flip: boolean;
  /** Degrees, clockwise. */
  readonly lean: number;
  readonly pose: 'sit' | 'float' | 'walk' | 'hug' | 'reach' | 'hold';
  readonly mood: 'calm' | 'happy' | 'asleep';
  readonly colour?: string;
  readonly adjectives: readonly string[];
  readonly worn: readonly Worn[];
  /** In the hand, with its height beside the actor's. */
  readonly held: readonly { readonly art: Art; readonly share: number; readonly colour?: string }[];
  readonly shadow: 'ground' | 'none' | 'water';
  /** Where in a step it is, for `walk`. */
  readonly stride?: number;
  /** A baby has a larger head and paler coat. */
  readonly young: boolean;
  /** Words that stand on it. */
  readonly label?: string;
  /** Sent pictures that lie in it, or the one that it is. */
  readonly contents?: readonly PictureSource[];
};

/** A sent picture, ready to be drawn: a data address, width over height, and whether its ground was cut away. */
export type PictureSource = { readonly href: string; readonly aspect: number; readonly cut: boolean };

export type Feature = {
  readonly name: string;
  readonly colour?: string;
  readonly madeOf?: ThingKind & { readonly colour?: string };
};

export type Backdrop = {
  readonly place: Place;
  readonly time: DayTime;
  readonly season: Season;
  readonly weather?: Weather;
  readonly colour?: string;
  readonly features: readonly Feature[];
  /** Where the sky meets the land, and where figures stand, as y. */
  readonly horizonY: number;
  readonly floorY: number;
  /** Turns of the drawing that chance decides: which palette, which side the sun is on. */
  readonly mirrored: boolean;
  readonly hueShift: number;
};

export type Letters = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly maxWidth: number;
  /** `tag`: on a paper label; `banner`: large over the picture; `words`: large coloured words. */
  readonly look: 'tag' | 'banner' | 'words';
  readonly face: 'hand' | 'poster';
  readonly turn: number;
};

export type Sign = {
  readonly kind: Reading['signs'][number];
  readonly x: number;
  readonly y: number;
  readonly size: number;
};

/** A picture before it is drawn: pure data, made from a reading, a size and a seed. */
export type ScenePlan = {
  readonly width: number;
  readonly height: number;
  readonly kind: 'scene' | 'sprites' | 'words';
  /** Null: nothing behind the things (transparent). */
  readonly backdrop: Backdrop | null;
  /** In the order of painting. */
  readonly actors: readonly Actor[];
  readonly letters: readonly Letters[];
  readonly signs: readonly Sign[];
  /** A stethoscope from one actor's neck to the other's chest. */
  readonly stethoscope?: { readonly from: number; readonly to: number };
  readonly styles: readonly Style[];
  /** Shadows although there is no backdrop: the picture will be laid onto another one. */
  readonly castShadows?: boolean;
  /** Said for people who cannot see it. */
  readonly caption: string;
};
