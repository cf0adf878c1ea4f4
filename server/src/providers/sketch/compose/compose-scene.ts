import type { Chance } from '../random.ts';
import { openChance } from '../random.ts';
import type { Reading } from '../read-prompt/reading.ts';
import { buildGroups } from './build-groups.ts';
import { chooseEmblem } from './choose-emblem.ts';
import { choosePlace, isOutdoors, levelsOf } from './choose-place.ts';
import { describeScene } from './describe-scene.ts';
import type { Group } from './group.ts';
import { placeLetters, placeSigns } from './place-letters.ts';
import type { Actor, Backdrop, Feature, PictureSource, ScenePlan } from './scene-plan.ts';

/** What a picture is made for, beside its prompt. */
export type SceneWish = {
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  readonly transparent: boolean;
  readonly seed: string;
  /** Sent pictures that take part. */
  readonly pictures?: readonly PictureSource[];
};

/** Turns a reading into a picture plan. The same reading, size and seed give the same plan. */
export function composeScene(said: Reading, wish: SceneWish): ScenePlan {
  const reading = wish.transparent ? chooseEmblem(said) : said;
  const short = Math.min(wish.pixelWidth, wish.pixelHeight);
  const width = (wish.pixelWidth / short) * 1000;
  const height = (wish.pixelHeight / short) * 1000;
  const chance = openChance(wish.seed);
  const place = choosePlace(reading, chance.branch('place'));
  const backdrop = makeBackdrop(reading, place, height, chance.branch('backdrop'));
  const caption = describeScene(reading, place);
  const pictures = wish.pictures ?? [];
  const hasThings = pictures.length > 0;
  const named =
    hasThings ||
    reading.place !== undefined ||
    reading.time !== undefined ||
    reading.weather !== undefined ||
    reading.season !== undefined ||
    reading.things.length > 0;
  const base = { width, height, styles: reading.styles, caption };
  if (!named)
    return {
      ...base,
      kind: 'words',
      backdrop: wish.transparent ? null : { ...backdrop, place: 'studio' },
      actors: [],
      letters: placeLetters(
        reading,
        { width, height, words: true, transparent: wish.transparent, topY: 0 },
        chance,
      ),
      signs: [],
    };
  const groups = buildGroups(reading, place, chance.branch('groups'), pictures);
  const actors = layOut(
    groups,
    { width, height, backdrop, transparent: wish.transparent, lettered: letteredBelow(reading, wish) },
    reading,
    chance.branch('layout'),
  );
  const top = actors.reduce((least, actor) => Math.min(least, actor.y - actor.height), height * 0.6);
  const letters = placeLetters(
    reading,
    { width, height, words: false, transparent: wish.transparent, topY: top },
    chance,
  );
  const link =
    reading.relations.find((relation) => relation.kind === 'listen') === undefined &&
    !reading.things.some((thing) => thing.word === 'stethoscope')
      ? null
      : findLink(actors);
  return {
    ...base,
    kind: reading.spriteSheet ? 'sprites' : 'scene',
    backdrop: wish.transparent ? null : backdrop,
    actors,
    letters,
    signs: placeSigns(reading, actors, { width, height }),
    ...(link === null ? {} : { stethoscope: link }),
  };
}

function findLink(actors: readonly Actor[]): { from: number; to: number } | null {
  const from = actors.findIndex((actor) => actor.pose === 'reach');
  const to = actors.findIndex(
    (actor, index) => index !== from && (actor.art.kind === 'critter' || actor.art.kind === 'person'),
  );
  return from < 0 || to < 0 ? null : { from, to };
}

function makeBackdrop(reading: Reading, place: Backdrop['place'], height: number, chance: Chance): Backdrop {
  const [horizon, floor] = levelsOf(place);
  const season = reading.season ?? (place === 'snow' ? 'winter' : 'summer');
  const features: Feature[] = reading.things
    .filter((thing) => thing.realm === 'feature')
    .map((thing) => ({
      name: thing.art.name,
      ...(thing.colour === undefined ? {} : { colour: thing.colour }),
      ...(thing.madeOf === undefined ? {} : { madeOf: thing.madeOf }),
    }));
  return {
    place,
    time: reading.time ?? 'day',
    season,
    ...(reading.weather === undefined || !isOutdoors(place) ? {} : { weather: reading.weather }),
    ...(reading.backdropColour === undefined ? {} : { colour: reading.backdropColour }),
    features,
    horizonY: height * horizon,
    floorY: height * floor,
    mirrored: chance.happens(0.5),
    hueShift: chance.between(-1, 1),
  };
}

type Frame = {
  readonly width: number;
  readonly height: number;
  readonly backdrop: Backdrop;
  readonly transparent: boolean;
  /** Lettering below a cut-out takes the lower third. */
  readonly lettered: boolean;
};

const letteredBelow = (reading: Reading, wish: SceneWish): boolean =>
  wish.transparent && reading.lettering.length > 0;

function layOut(groups: readonly Group[], frame: Frame, reading: Reading, chance: Chance): Actor[] {
  const of = (...realms: Group['realm'][]) => groups.filter((group) => realms.includes(group.realm));
  const onlyFlowers = groups.every((group) => group.realm === 'flower');
  const mirrored =
    chance.happens(0.5) && !reading.relations.some(({ kind }) => kind === 'behind' || kind === 'look');
  const standing =
    of('ground', 'water').length > 0 || onlyFlowers
      ? [...of('ground', 'water'), ...(onlyFlowers ? of('flower') : [])]
      : [];
  const back = of('back');
  const sky = of('sky');
  const placed: Actor[] = [];
  if (back.length > 0)
    placed.push(
      ...(standing.length > 0 ? alongTheBack(back, frame, chance) : inRow(back, frame, chance, 0.54)),
    );
  if (sky.length > 0) placed.push(...inSky(sky, frame, standing.length + back.length > 0, chance));
  if (standing.length > 0)
    placed.push(
      ...inRow(
        mirrored ? standing.toReversed() : standing,
        frame,
        chance,
        reading.lettering.length > 0 ? 0.54 : 0.62,
      ),
    );
  if (!onlyFlowers) placed.push(...scattered(of('flower'), frame, chance));
  return placed;
}

/** Moves a group to its spot and scales it. */
function settle(group: Group, x: number, y: number, scale: number, mirror = false): Actor[] {
  return group.members.map(({ actor, dx, dy }) => ({
    ...actor,
    x: x + (mirror ? -dx : dx) * scale,
    y: y + dy * scale,
    height: actor.height * scale,
  }));
}

/** Side by side on the floor, as large as fits; many stand in two rows. */
function inRow(groups: readonly Group[], frame: Frame, chance: Chance, share: number): Actor[] {
  const { width, height, backdrop, transparent } = frame;
  const count = groups.length;
  const rows = count > 8 ? 3 : count > 5 && width < height * 1.6 ? 2 : 1;
  const perRow = Math.ceil(count / rows);
  const floor = transparent ? height * (frame.lettered ? 0.68 : 0.95) : backdrop.floorY;
  const pool = backdrop.features.some((feature) => feature.name === 'pool');
  const placed: Actor[] = [];
  for (let row = 0; row < rows; row += 1) {
    const list = groups.slice(row * perRow, (row + 1) * perRow);
    const gap = 14;
    const natural = list.reduce((sum, group) => sum + group.right - group.left + gap, -gap);
    const tallest = Math.max(1, ...list.map((group) => -group.top));
    const room = transparent ? (frame.lettered ? 0.52 : 0.78) : share;
    const scale = Math.min(
      (Math.min(width, height * 1.75) * 0.88) / natural,
      (Math.min(height, width * 1.5) *
        (room / (rows > 1 && count % rows === 0 ? 1.5 : 1)) *
        (count === 1 ? (pool ? 0.82 : 1.18) : 0.98)) /
        tallest,
    );
    const zoom = count === 1 ? chance.between(0.93, 1.02) : 1;
    const s = scale * zoom;
    let x =
      width / 2 -
      (natural * s) / 2 +
      (count === 1 && !transparent ? chance.between(-0.04, 0.04) * width : 0) +
      (rows > 1 && count % rows === 0 ? ((row % 2 ? 0.25 : -0.25) * natural * s) / list.length : 0);
    if (pool && count === 1) x = width * 0.52 - (natural * s) / 2;
    const depth = rows === 1 ? 0 : (rows - 1 - row) / rows;
    for (const group of list) {
      const wide = (group.right - group.left) * s;
      const y =
        floor -
        depth * (floor - backdrop.horizonY) * 0.9 +
        (rows > 1 || count > 2 ? chance.between(-10, 12) : 0) +
        (pool ? 10 : 0);
      placed.push(...settle(group, x - group.left * s, y, s * (1 - depth * 0.25)));
      x += wide + gap * s;
    }
  }
  return pool
    ? placed.map((actor) => ({ ...actor, shadow: 'water' as const }))
    : placed.sort((a, b) => (rows > 1 && count % rows === 0 ? a.y - b.y : 0));
}

function alongTheBack(groups: readonly Group[], frame: Frame, chance: Chance): Actor[] {
  const { width, height, backdrop } = frame;
  const y = backdrop.horizonY + (backdrop.floorY - backdrop.horizonY) * 0.36;
  return groups.flatMap((group, index) => {
    const side = groups.length === 1 ? (backdrop.mirrored ? 0.24 : 0.76) : (index + 0.5) / groups.length;
    const scale = (Math.min(height * 0.5, width * 0.5) / -group.top) * (groups.length > 3 ? 0.7 : 1);
    return settle(group, width * side + chance.between(-20, 20), y + chance.between(-8, 8), scale);
  });
}

function inSky(groups: readonly Group[], frame: Frame, belowTaken: boolean, chance: Chance): Actor[] {
  const { width, height, backdrop } = frame;
  const count = groups.length;
  const roomBottom = belowTaken
    ? height * 0.36
    : backdrop.place === 'city' || backdrop.place === 'meadow'
      ? height * 0.6
      : height * 0.78;
  const columns = Math.min(
    count,
    Math.max(1, Math.round(Math.sqrt(count * (width / height)) + (belowTaken ? 1 : 0))),
  );
  const lines = Math.ceil(count / columns);
  return groups.flatMap((group, index) => {
    const column = index % columns;
    const line = Math.floor(index / columns);
    const cellHeight = (roomBottom - 30) / lines;
    const size = Math.min(cellHeight * 0.86, (width / columns) * 0.7, belowTaken ? 260 : 560);
    const scale = size / -group.top;
    const x = ((column + 0.5) / columns) * width + (count > 1 ? chance.between(-0.06, 0.06) * width : 0);
    const y =
      30 + (line + 1) * cellHeight - (cellHeight - size) / 2 + (count > 1 ? (column % 2 ? 20 : -10) : 0);
    return settle(group, x, y, scale);
  });
}

function scattered(groups: readonly Group[], frame: Frame, chance: Chance): Actor[] {
  const { width, backdrop, height } = frame;
  return groups
    .flatMap((group, index) => {
      const side = index % 2 === 0 ? chance.between(0.04, 0.26) : chance.between(0.74, 0.96);
      const y = backdrop.floorY + chance.between(-20, (height - backdrop.floorY) * 0.7);
      return settle(group, width * side, y, 1.7);
    })
    .sort((a, b) => a.y - b.y);
}
