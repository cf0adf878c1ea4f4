import { type Finding, ProviderError } from '../../../models/index.ts';
import { isRecord } from '../read-error-body.ts';
import { readJson } from '../read-json.ts';
import type { Upstream } from './upstream.ts';

type Checked = Pick<Upstream, 'caller' | 'baseUrl' | 'headers' | 'settings'>;

/** Asks for the list of models, which costs nothing, and tells address and key apart by how it is answered. */
export async function checkUpstream(upstream: Checked, signal: AbortSignal): Promise<Finding[]> {
  const { settings } = upstream;
  try {
    const headers = await upstream.headers();
    const reply = await upstream.caller.call({ url: `${upstream.baseUrl}/models`, headers, signal });
    try {
      const body = await readJson(reply.body);
      return toFindings(upstream, reply.status, body);
    } finally {
      reply.close();
    }
  } catch (error) {
    const told = error instanceof ProviderError ? error.message : 'The call failed.';
    return [
      { part: 'address', status: 'fails', message: `${told} See ${settings.address}.` },
      { part: 'key', status: 'unknown', message: 'The key cannot be tried before the address works.' },
    ];
  }
}

function toFindings({ settings, baseUrl }: Checked, status: number, body: unknown): Finding[] {
  const isList = isRecord(body) && Array.isArray(body.data);
  if (status === 200 && isList) {
    return [
      { part: 'address', status: 'works', message: `${baseUrl} answers with a list of models.` },
      { part: 'key', status: 'works', message: 'The key is accepted.' },
    ];
  }
  if (status === 401 || status === 403) {
    const why =
      status === 401 ? 'does not accept the key' : 'accepts the key but does not let it list models';
    return [
      { part: 'address', status: 'works', message: `${baseUrl} answers.` },
      {
        part: 'key',
        status: 'fails',
        message: `The service ${why} (status ${status}). See ${settings.key}.`,
      },
    ];
  }
  const what = status === 200 ? 'with something that is no list of models' : `with status ${status}`;
  return [
    {
      part: 'address',
      status: status === 429 || status >= 500 ? 'unknown' : 'fails',
      message: `${baseUrl}/models answers ${what}. See ${settings.address}.`,
    },
    { part: 'key', status: 'unknown', message: 'Nothing can be said about the key.' },
  ];
}
