import type { Pictor, RequestSummary } from '@pictor/sdk';
import { emptyDraft } from '../draft.ts';
import { readParameters } from '../parameters/parameters.ts';
import { storedReference } from '../references/add-references.ts';
import type { OpenedCall } from './opened-call.ts';
import { readResponse } from './read-response.ts';

/** A request as the form would have made it, whichever wire it came by. A picture of a chat opens the chat's turn. */
export async function readRequest(pictor: Pictor, id: string, signal: AbortSignal): Promise<OpenedCall> {
  if (id.startsWith('resp_')) return await readResponse(pictor, id, signal);
  const request = await pictor.requests.get(id, { signal });
  if (request.response === null) return readImagesRequest(request);
  try {
    return await readResponse(pictor, request.response, signal);
  } catch {
    signal.throwIfAborted();
    // The turn was not stored, or is deleted: its picture can still be asked for by itself.
    return readImagesRequest(request);
  }
}

/** What the page asks for by itself. */
const ownBusiness: readonly string[] = ['stream', 'response_format'];

function readImagesRequest(request: RequestSummary): OpenedCall {
  const { inputs, model_id: model, parameters, prompt } = request;
  const mask = inputs.find(({ role }) => role === 'mask');
  const chosen = Object.entries(parameters).filter(
    ([name, value]) => !ownBusiness.includes(name) && !(name === 'n' && value === 1),
  );
  return {
    draft: {
      ...emptyDraft,
      // What was filled in once is text now; braces in it are only braces.
      prompt,
      references: inputs
        .filter(({ role }) => role === 'input')
        .map((input, index) => storedReference(input, `Reference ${index + 1} of ${request.id}`)),
      mask: mask === undefined ? null : { id: mask.id, url: mask.url },
    },
    chosen: { model, parameters: readParameters(Object.fromEntries(chosen)) },
  };
}
