import type { State } from '../state/open-state.ts';
import type { Turns } from './open-turns.ts';
import type { TurnRun } from './run-turn.ts';
import { savedTurn } from './saved-turn.ts';

/** A stored response of a project, running or ended. Null: there is none. */
export async function findTurn(
  parts: { readonly state: State; readonly turns: Turns },
  projectId: string,
  id: string,
): Promise<TurnRun | null> {
  const found = await parts.state.find(projectId, id);
  if (found === null) return null;
  const live = parts.turns.find(projectId, id);
  if (live !== null) return live;
  const output = await parts.state.itemsOf(projectId, id, 'output');
  return savedTurn(found.record, output, found.events);
}
