import { forgetDraft } from './draft.ts';
import { forgetRuns } from './run/kept-runs.ts';
import { forgetSetup } from './setup/remembered-setup.ts';

/** Forgets everything that was written and begun in this tab: the next person at this screen must not find it. */
export function forgetPlayground(): void {
  forgetDraft();
  forgetSetup();
  forgetRuns();
}
