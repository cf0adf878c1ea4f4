import type { Draft } from '../draft.ts';
import { explainParameters } from '../parameters/read-fields.ts';
import type { UsedSetup } from '../setup/use-setup.ts';

/** Why a draft cannot be run as it is, as a sentence; null: it can. */
export function explainRun(
  draft: Draft,
  { api, model, parameters }: Pick<UsedSetup, 'api' | 'model' | 'parameters'>,
): string | null {
  if (model === undefined) return 'There is no model to run it.';
  const isEmpty = draft.prompt.trim() === '';
  if (api === 'responses') {
    const saysNothing = isEmpty && draft.messages.every(({ text }) => text.trim() === '');
    return saysNothing ? 'Write a message first.' : null;
  }
  if (isEmpty) return 'Write a prompt first.';
  return explainParameters(model, parameters);
}
