import type { Actor } from './scene-plan.ts';
import { aspectOf } from './sizes.ts';

/** Things that belong together and are placed as one. Offsets are in the group's own units, feet on y = 0. */
export type Group = {
  readonly members: readonly { readonly actor: Actor; readonly dx: number; readonly dy: number }[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly realm: 'ground' | 'sky' | 'back' | 'water' | 'flower';
};

/** A group of these members, measured. */
export function wrap(members: Group['members'], realm: Group['realm']): Group {
  let left = 0;
  let right = 0;
  let top = 0;
  for (const { actor, dx, dy } of members) {
    const half = (actor.height * aspectOf(actor)) / 2;
    left = Math.min(left, dx - half);
    right = Math.max(right, dx + half);
    const hat = actor.worn.some((worn) => worn.slot === 'head') ? actor.height * 0.34 : 0;
    top = Math.min(top, dy - actor.height * (actor.art.kind === 'critter' ? 1.04 : 1) - hat);
  }
  return { members, left, right, top, realm };
}
