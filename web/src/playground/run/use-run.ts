import type { Model } from '@pictor/sdk';
import { useCallback } from 'react';
import { usePictor } from '../../common/pictor-context.ts';
import type { Draft } from '../draft.ts';
import type { Parameters } from '../parameters/parameters.ts';
import type { Api } from '../playground-search.ts';
import { startResponseRun } from './start-response-run.ts';
import { startImagesRun } from './start-run.ts';
import { useTellEnd } from './use-runs.ts';
import { writeImagesBody, writeResponsesBody, writeSavedPrompt } from './write-body.ts';

export type RunSetup = { readonly api: Api; readonly model: Model; readonly parameters: Parameters };

/** Starts a run, and tells its key at once. */
export function useRun(models: readonly Model[], onStarted: (runKey: string) => void) {
  const pictor = usePictor();
  const tellEnd = useTellEnd();
  return useCallback(
    (draft: Draft, { api, model, parameters }: RunSetup): void => {
      if (api === 'responses') {
        const body = writeResponsesBody(draft, model, models);
        const facts = { model: model.id, prompt: draft.prompt, wanted: 1 };
        onStarted(startResponseRun(pictor, facts, body, tellEnd));
      } else {
        const body = writeImagesBody(draft, model, parameters);
        onStarted(startImagesRun(pictor, api, { ...body, saved: writeSavedPrompt(draft, body) }, tellEnd));
      }
    },
    [pictor, tellEnd, models, onStarted],
  );
}
