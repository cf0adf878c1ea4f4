import type { Config } from '../config/index.ts';
import { SettingsError } from '../foundation/index.ts';
import type { Finding, Provider } from '../models/index.ts';

/** How a provider names a place of its part of pictor.yaml: `providers.azure (east).endpoint`. */
const place = /^providers\.[\w-]+ \(([^)]*)\)((?:\.\w+)*) (.*)$/s;

/**
 * What a provider says against its part of pictor.yaml when it is opened, with file, line and key. Whatever else it is
 * stays as it is: variables have no line.
 */
export function locateProblem(error: unknown, provider: Provider, config: Config): unknown {
  if (!(error instanceof SettingsError)) return error;
  const [, name, keys = '', message = ''] = place.exec(error.message) ?? [];
  const listed = config.providers[provider.id];
  const index = Array.isArray(listed) ? listed.findIndex((each) => nameOf(each) === name) : -1;
  if (name === undefined || index === -1) return error;
  const path = ['providers', provider.id, index, ...keys.split('.').filter((key) => key !== '')];
  return config.refuse([{ path, message }]);
}

function nameOf(listed: unknown): unknown {
  return typeof listed === 'object' && listed !== null && 'name' in listed ? listed.name : undefined;
}

const words: readonly (readonly [Finding['part'], RegExp])[] = [
  ['key', /key|secret|credential|token/i],
  ['version', /version/i],
  ['deployment', /deployment/i],
];

/** Which part of the settings a problem with them is about, by the words that name it. */
export function partOf(message: string): Finding['part'] {
  return words.find(([, word]) => word.test(message))?.[0] ?? 'address';
}
