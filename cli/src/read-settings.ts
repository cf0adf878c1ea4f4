import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CommandError, exitCodes } from './exit-codes.ts';

export type Settings = {
  /** Address of the server. */
  readonly url: string;
  readonly apiKey: string;
  readonly project: string | undefined;
};

type Environment = Readonly<Record<string, string | undefined>>;

const defaultUrl = 'http://127.0.0.1:4100';

/** What the line says counts before the environment, and that before the key file of a server on this machine. */
export async function readSettings(
  line: { readonly url?: string | undefined; readonly project?: string | undefined },
  environment: Environment,
): Promise<Settings> {
  const url = line.url ?? environment.PICTOR_URL ?? defaultUrl;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new CommandError(`'${url}' is no address of a server, such as ${defaultUrl}.`, exitCodes.settings);
  }
  const given = environment.PICTOR_API_KEY?.trim() ?? '';
  const apiKey = given !== '' ? given : await readKeyFile(url, environment);
  return { url, apiKey, project: line.project ?? environment.PICTOR_PROJECT };
}

/** The key of a server on this machine lies in its data folder; it is not sent to any other machine. */
async function readKeyFile(url: string, environment: Environment): Promise<string> {
  const file = resolve(environment.PICTOR_DATA_DIR ?? './data', 'api-key');
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
  const key = isLocal ? await readFile(file, 'utf8').catch(() => '') : '';
  if (key.trim() !== '') return key.trim();
  throw new CommandError(
    `There is no API key. Set PICTOR_API_KEY${isLocal ? `, or run this where ${file} is` : ''}.`,
    exitCodes.settings,
  );
}
