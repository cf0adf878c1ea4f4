import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Log, SettingsError } from '../foundation/index.ts';
import type { Provider } from '../models/index.ts';
import { type Config, readConfig } from './read-config.ts';

/** Files on mounted folders tell nobody that they changed, so the file is looked at. */
const lookEveryMs = 1000;

export type ConfigParts = {
  /** Path of pictor.yaml; undefined: ./pictor.yaml, if it is there. */
  readonly configFile: string | undefined;
  readonly providers: readonly Provider[];
  readonly variable: (name: string) => string | undefined;
  readonly log: Log;
};

/** How the configuration stands. Holds no secrets: errors name keys and variables, never values. */
export type ConfigStatus = {
  /** Absolute path. */
  readonly file: string;
  /** `absent`: there is no file, and none is needed. `failed`: the last change is not in use; what ran before is. */
  readonly status: 'absent' | 'loaded' | 'failed';
  /** When the configuration in use was loaded. */
  readonly loadedAt: Date;
  /** Why the last change is not in use; null: it is. */
  readonly error: { readonly message: string; readonly at: Date } | null;
};

/** Puts a configuration in use, or throws a SettingsError and leaves the one before. */
export type ApplyConfig = (config: Config) => Promise<void>;

export type OpenConfig = {
  /** As it was read at start. */
  readonly first: Config;
  readonly providers: readonly Provider[];
  readonly status: () => ConfigStatus;
  /** Reads the file again, as SIGHUP does. Never rejects: what is wrong is logged and told by `status`. */
  readonly reload: () => Promise<void>;
  /** From now on every change of the file is given to `apply`. */
  readonly follow: (apply: ApplyConfig) => void;
  readonly close: () => void;
};

/** Reads pictor.yaml. Throws a SettingsError when it is wrong, or named and not there. */
export async function openConfig(parts: ConfigParts): Promise<OpenConfig> {
  const name = parts.configFile ?? './pictor.yaml';
  const file = resolve(name);
  const text = await readText(file);
  if (text === null && parts.configFile !== undefined) {
    throw new SettingsError(`PICTOR_CONFIG names ${name}, and there is no file that can be read.`);
  }
  const first = readConfig(name, text ?? '', parts);
  let inUse = text;
  let apply: ApplyConfig | null = null;
  let status: ConfigStatus = {
    file,
    status: text === null ? 'absent' : 'loaded',
    loadedAt: new Date(),
    error: null,
  };
  let turn: Promise<void> = Promise.resolve();

  async function load(evenIfSame: boolean): Promise<void> {
    const found = await readText(file);
    if (found === inUse && (found === null || !evenIfSame)) {
      if (status.error !== null) status = { ...status, status: 'loaded', error: null };
      return;
    }
    try {
      if (found === null) throw new SettingsError(`${name} is gone or cannot be read.`);
      await apply?.(readConfig(name, found, parts));
      inUse = found;
      status = { file, status: 'loaded', loadedAt: new Date(), error: null };
      parts.log.info({ file }, 'configuration loaded');
    } catch (error) {
      const message =
        error instanceof SettingsError ? error.message : 'It could not be put in use; see the log.';
      status = { ...status, status: 'failed', error: { message, at: new Date() } };
      parts.log.error({ file, err: error }, 'the changed configuration is not in use; the one before is');
    }
  }

  /** One after the other: a slow reload must not end behind a later one. */
  const queue = (evenIfSame: boolean): Promise<void> => {
    turn = turn.then(() => load(evenIfSame));
    return turn;
  };
  const look = (): void => void queue(false);

  return {
    first,
    providers: parts.providers,
    status: () => status,
    reload: () => queue(true),
    follow: (target) => {
      apply = target;
      watchFile(file, { interval: lookEveryMs, persistent: false }, look);
      // It may have changed while the server started.
      look();
    },
    close: () => unwatchFile(file, look),
  };
}

async function readText(file: string): Promise<string | null> {
  return await readFile(file, 'utf8').catch(() => null);
}
