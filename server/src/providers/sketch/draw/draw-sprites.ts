import type { Actor, ScenePlan } from '../compose/scene-plan.ts';
import { drawActor } from './draw-actor.ts';
import type { IconSet } from './icon-set.ts';
import type { Pen } from './vector.ts';

/** The rows of a sheet: walking, sitting and looking, resting and jumping. */
const frames: readonly Partial<Actor>[] = [
  { pose: 'walk', stride: 0 },
  { pose: 'walk', stride: 0.25 },
  { pose: 'walk', stride: 0.5 },
  { pose: 'walk', stride: 0.75 },
  { pose: 'sit', mood: 'calm' },
  { pose: 'sit', mood: 'asleep' },
  { pose: 'sit', mood: 'calm', flip: true },
  { pose: 'sit', mood: 'happy', lean: 6 },
  { pose: 'walk', stride: 0.2, lean: -14 },
  { pose: 'walk', stride: 0.7, lean: 10 },
  { pose: 'hold', mood: 'happy' },
  { pose: 'float', mood: 'asleep' },
];

/** The first figure of the plan in a grid of poses. */
export function drawSprites(pen: Pen, plan: ScenePlan, icons: IconSet): string {
  const hero = plan.actors[0];
  if (hero === undefined) return '';
  const columns = plan.width >= plan.height * 1.8 ? 6 : plan.height >= plan.width * 1.4 ? 3 : 4;
  const rows = Math.ceil(frames.length / columns);
  const cellWidth = plan.width / columns;
  const cellHeight = plan.height / rows;
  const size = Math.min(cellWidth / 1.05, cellHeight) * 0.66;
  return frames
    .map((frame, index) => {
      const lying = frame.pose === 'float' && hero.art.kind === 'critter';
      const actor: Actor = {
        ...hero,
        ...frame,
        x: ((index % columns) + (lying ? 0.52 : 0.5)) * cellWidth - (frame.pose === 'walk' ? size * 0.06 : 0),
        y: (Math.floor(index / columns) + 0.88) * cellHeight - (frame.lean === -14 ? cellHeight * 0.07 : 0),
        height: lying ? size * 0.52 : size,
        held: [],
      };
      const drawn = drawActor(pen, icons, actor);
      return drawn.behind + drawn.main;
    })
    .join('');
}
