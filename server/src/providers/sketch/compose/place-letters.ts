import type { Chance } from '../random.ts';
import type { Reading } from '../read-prompt/reading.ts';
import { bearsLabel } from './make-actor.ts';
import type { Actor, Letters, Sign } from './scene-plan.ts';

type Room = {
  readonly width: number;
  readonly height: number;
  readonly words: boolean;
  /** No backdrop: the words stand below the thing. */
  readonly transparent: boolean;
  readonly topY: number;
};

/** Where quoted text goes, and the key words of a prompt that names nothing drawable. */
export function placeLetters(reading: Reading, room: Room, chance: Chance): Letters[] {
  const { width, height } = room;
  if (room.words) {
    const source = reading.lettering.length > 0 ? reading.lettering : reading.unknownWords.slice(0, 3);
    const lines = (source.length > 0 ? source : ['Hello'])
      .flatMap((text) => wrapText(text, width > height ? 22 : 12))
      .slice(0, 7);
    const size = Math.min(190, (height * 0.66) / lines.length);
    return lines.map((text, index) => ({
      text,
      x: width / 2,
      y: height / 2 + (index - (lines.length - 1) / 2) * size * 1.1,
      height: size,
      maxWidth: width * 0.8,
      look: 'words',
      face: index % 2 === 0 ? 'hand' : 'poster',
      turn: chance.between(-4, 4),
    }));
  }
  if (reading.things.some(bearsLabel)) return [];
  const lines = reading.lettering
    .slice(0, 2)
    .flatMap((text) => wrapText(text, 20))
    .slice(0, 3);
  const tall = lines.length > 1 ? 84 : 110;
  const top = room.transparent ? height * 0.82 : Math.max(84, Math.min(height * 0.13, room.topY * 0.5));
  return lines.map((text, index) => ({
    text,
    x: width / 2,
    y: top + index * tall * 1.05,
    height: tall,
    maxWidth: width * 0.86,
    look: 'banner',
    face: /handwrit|cursive|script|brush/.test(reading.unknownWords.join(' ')) ? 'hand' : 'poster',
    turn: -2,
  }));
}

/** Lines of about so many characters, broken at spaces; a word that is longer than that stands alone. */
export function wrapText(text: string, most: number, limit = 120): string[] {
  const lines: string[] = [];
  for (const word of [...text].slice(0, limit).join('').split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push([...word].slice(0, 40).join(''));
  }
  return lines;
}

/** Small signs in the air beside the figures. */
export function placeSigns(
  reading: Reading,
  actors: readonly Actor[],
  room: { readonly width: number; readonly height: number },
): Sign[] {
  const hugging = actors.filter((actor) => actor.pose === 'hug');
  const kinds = new Set(reading.signs);
  if (hugging.length > 0) kinds.add('hearts');
  const target =
    hugging[0] ??
    actors.findLast((actor) => actor.art.kind === 'critter' || actor.art.kind === 'person') ??
    actors[0];
  const x =
    hugging.length > 1
      ? hugging.reduce((sum, actor) => sum + actor.x, 0) / hugging.length
      : (target?.x ?? room.width / 2);
  const y = target === undefined ? room.height * 0.4 : target.y - target.height * 1.12;
  const size = Math.min(150, target === undefined ? 120 : target.height * 0.26);
  return [...kinds].map((kind) =>
    kind === 'heartbeat' && target !== undefined
      ? { kind, x: target.x + target.height * 0.42, y: target.y - target.height * 1.05, size: size * 1.5 }
      : { kind, x, y: Math.max(size, y), size },
  );
}
