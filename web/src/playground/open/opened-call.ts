import type { Draft } from '../draft.ts';
import type { Parameters } from '../parameters/parameters.ts';

/** What a form shows to send a call again: the draft, and who is asked. */
export type OpenedCall = {
  readonly draft: Draft;
  readonly chosen: { readonly model: string; readonly parameters: Parameters | undefined };
};
