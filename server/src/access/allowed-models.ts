import { PictorError } from '../foundation/index.ts';
import type { Caller } from './caller.ts';
import { matchGlob } from './match-glob.ts';

/** A model under all of its names; a row of the catalogue is one. */
export type NamedModel = { readonly id: string; readonly aliases: readonly string[] };

/**
 * May this key use the model? Its id or one of its aliases must match one of the key's globs. The name in the request
 * does not count, since many a name leads to the same model.
 */
export function mayUseModel(caller: Pick<Caller, 'allowedModels'>, model: NamedModel): boolean {
  const { allowedModels } = caller;
  if (allowedModels === null) return true;
  return [model.id, ...model.aliases].some((name) => allowedModels.some((glob) => matchGlob(glob, name)));
}

/** Throws `model_not_allowed`. */
export function requireModel(caller: Pick<Caller, 'allowedModels'>, model: NamedModel): void {
  if (!mayUseModel(caller, model)) throw modelNotAllowed(model.id);
}

export function modelNotAllowed(model: string): PictorError {
  return new PictorError({
    code: 'model_not_allowed',
    message: `This key does not have access to the model '${model}'. GET /v1/models lists the models that it may use.`,
    param: 'model',
  });
}
