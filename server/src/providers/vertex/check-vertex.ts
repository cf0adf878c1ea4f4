import { type Finding, ProviderError } from '../../models/index.ts';
import { cannotCall, sendCheck, tellError } from '../kit/google/check-google.ts';
import type { GoogleUpstream } from '../kit/google/upstream.ts';
import { writeJsonBody } from '../kit/write-json-body.ts';

/** What is tried: counting the tokens of a word costs nothing, and needs all that making a picture needs. */
export type Tried = {
  readonly model: string;
  /** `project p in global`; null: an express key has neither. */
  readonly place: string | null;
  readonly baseUrl: string;
};

/** Token, then address, project and location. */
export async function checkVertex(
  upstream: GoogleUpstream,
  tried: Tried,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { settings } = upstream;
  const { baseUrl, model, place } = tried;
  let headers: Readonly<Record<string, string>>;
  try {
    headers = await upstream.headers();
  } catch (error) {
    const told = error instanceof ProviderError ? error.message : 'No token could be had.';
    return [{ part: 'key', status: 'fails', message: told }];
  }
  try {
    const body = writeJsonBody({ contents: [{ role: 'user', parts: [{ text: 'a' }] }] });
    const url = upstream.toUrl(model, 'countTokens');
    const reply = await sendCheck(upstream, { url, headers, body, signal });
    if (reply.status === 200) {
      return [
        { part: 'address', status: 'works', message: `${baseUrl} answers.` },
        { part: 'key', status: 'works', message: 'The credentials are accepted.' },
        ...(place === null ? [] : [works(`${model} is served to the ${place}.`)]),
      ];
    }
    if (reply.status === 404 && reply.error !== null) {
      return [
        { part: 'address', status: 'works', message: `${baseUrl} answers.` },
        {
          part: 'deployment',
          status: 'fails',
          message: `${model} is not served to the ${place ?? 'account of this key'}.`,
        },
      ];
    }
    return tellError(reply, { address: baseUrl, settings });
  } catch (error) {
    return cannotCall(error, settings.address);
  }
}

function works(message: string): Finding {
  return { part: 'deployment', status: 'works', message };
}
