import { PictorError } from '../../foundation/index.ts';
import type { Adjustment } from '../../models/index.ts';
import type { Turn } from './director.ts';

/** Values that ask for what happens anyway. */
const harmless: Readonly<Record<string, readonly unknown[]>> = {
  truncation: ['disabled', 'auto'],
  service_tier: ['auto', 'default'],
  temperature: [1],
  top_p: [1],
  top_logprobs: [0],
};

/** Members that whoever decides does not know, as adjustments. In strict mode the first is refused. */
export function reportDropped(
  turn: Pick<Turn, 'settings' | 'mode'>,
  model: string,
  known: readonly string[],
): readonly Adjustment[] {
  const adjustments: Adjustment[] = [];
  for (const [parameter, requested] of Object.entries(turn.settings)) {
    if (known.includes(parameter) || harmless[parameter]?.includes(requested) === true) continue;
    const reason = `${model} has no ${parameter}.`;
    if (turn.mode === 'strict') {
      throw new PictorError({
        code: 'unknown_parameter',
        message: `${reason} Strict mode refuses it. Leave it out, or name another model.`,
        param: parameter,
      });
    }
    adjustments.push({ parameter, action: 'dropped', requested, applied: null, reason });
  }
  return adjustments;
}
