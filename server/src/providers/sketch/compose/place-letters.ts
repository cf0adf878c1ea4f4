import type { Chance } from '../random.ts';
import type { Reading } from '../read-prompt/reading.ts';
import { bearsLabel } from './build-groups.ts';
import type { Actor, Letters, Sign } from './scene-plan.ts';

type Room = {
  readonly width: number;
  readonly height: number;
  readonly words: boolean;
  readonly groundY: number;
  readonly topY: number;
};

/** Where quoted text goes, and the key words of a prompt that names nothing drawable. */
export function placeLetters(reading: Reading, room: Room, chance: Chance): Letters[] {
  const { width, height } = room;
  if (room.words) {
    const quoted = reading.lettering;
    const lines = (
      quoted.length > 0
        ? quoted
        : reading.unknownWords.length > 0
          ? reading.unknownWords.slice(0, 3)
          : ['Hello']
    ).map((line) => [...line].slice(0, 28).join(''));
    const size = Math.min(190, (height * 0.6) / lines.length);
    return lines.map((text, index) => ({
      text,
      x: width / 2,
      y: height / 2 + (index - (lines.length - 1) / 2) * size * 1.1,
      height: size,
      maxWidth: width * 0.82,
      look: 'words' as const,
      face: index % 2 === 0 ? ('hand' as const) : ('poster' as const),
      turn: chance.between(-4, 4),
    }));
  }
  if (reading.things.some(bearsLabel)) return [];
  return reading.lettering.slice(0, 2).map((text, index) => ({
    text: [...text].slice(0, 60).join(''),
    x: width / 2,
    y: index === 0 ? Math.max(90, Math.min(height * 0.13, room.topY * 0.6)) : height * 0.94,
    height: 110,
    maxWidth: width * 0.86,
    look: 'banner' as const,
    face: /handwrit|cursive|script|brush/.test(reading.unknownWords.join(' '))
      ? ('hand' as const)
      : ('poster' as const),
    turn: -2,
  }));
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
