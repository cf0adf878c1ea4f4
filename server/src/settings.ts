import { resolve } from 'node:path';
import { SettingsError } from './foundation/index.ts';

/** Everything that can be set from outside. `variable` is for providers, which name their own variables. */
export type Settings = {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Absolute path of the folder that holds the database, the images and the keys. */
  readonly dataDir: string;
  /** Root key from outside; absent: one is made on the first start and kept in the data folder. */
  readonly apiKey: string | undefined;
  /** PostgreSQL address; absent: the embedded engine in the data folder. */
  readonly databaseUrl: string | undefined;
  readonly fsync: 'group' | 'always' | 'off';
  /** Memory for bytes on their way to the store; whoever brings more waits. */
  readonly bufferBytes: number;
  /** May sketch stand in for models that no configured provider serves? */
  readonly standIn: boolean;
  readonly maxJsonBytes: number;
  /** Host names besides addresses and localhost that requests may carry, lower-case, without port. */
  readonly allowedHosts: readonly string[];
  /** Origins of other sites that may call the API from a browser: `https://studio.example`. */
  readonly allowedOrigins: readonly string[];
  /** Address under which people reach this server; links are built from it. Absent: from the request. */
  readonly publicUrl: string | undefined;
  /** Path of pictor.yaml; absent: ./pictor.yaml, if it is there. */
  readonly configFile: string | undefined;
  /** Model of requests that name none; absent: OpenAI's own rule. */
  readonly defaultModel: string | undefined;
  /** Model that judges pictures where nobody names one; absent: the first configured one that sees pictures. */
  readonly judgeModel: string | undefined;
  /** Hosts of private networks from which image URLs may be fetched, and to which webhooks may be sent. */
  readonly fetchAllow: readonly string[];
  /** First wait before a webhook is sent again, in milliseconds. The later ones are multiples of it. */
  readonly webhookBackoffMs: number;
  /** How long running jobs may go on after SIGTERM, in milliseconds. */
  readonly shutdownMs: number;
  readonly logLevel: string;
  /** May prompts stand in the log? */
  readonly logPrompts: boolean;
  readonly variable: (name: string) => string | undefined;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment once, at start. Throws a SettingsError that names the variable at fault. */
export function readSettings(environment: Environment = process.env): Settings {
  const variable = (name: string): string | undefined => {
    const value = environment[name]?.trim();
    return value === '' ? undefined : value;
  };
  const publicUrl = readUrl(variable, 'PICTOR_PUBLIC_URL', ['http:', 'https:']);
  const publicHost = publicUrl === undefined ? [] : [new URL(publicUrl).hostname.toLowerCase()];
  const databaseUrl = variable('DATABASE_URL');
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new SettingsError(
      'DATABASE_URL must be a PostgreSQL address that begins with postgres:// or postgresql://.',
    );
  }
  return {
    host: variable('PICTOR_HOST') ?? '127.0.0.1',
    port: readInteger(variable, 'PICTOR_PORT', 4100, 0, 65_535),
    dataDir: resolve(variable('PICTOR_DATA_DIR') ?? './data'),
    apiKey: readApiKey(variable),
    databaseUrl,
    fsync: readChoice(variable, 'PICTOR_FSYNC', ['group', 'always', 'off'], 'group'),
    bufferBytes: readInteger(variable, 'PICTOR_BUFFER_MEGABYTES', 32, 1, 1024) * 1024 * 1024,
    standIn: readChoice(variable, 'PICTOR_STAND_IN', ['on', 'off'], 'on') === 'on',
    maxJsonBytes: readInteger(variable, 'PICTOR_MAX_JSON_BYTES', 64 * 1024 * 1024, 1024, 1024 ** 3),
    allowedHosts: [...readList(variable, 'PICTOR_ALLOWED_HOSTS'), ...publicHost],
    allowedOrigins: readList(variable, 'PICTOR_ALLOWED_ORIGINS'),
    publicUrl,
    configFile: variable('PICTOR_CONFIG'),
    defaultModel: variable('PICTOR_DEFAULT_MODEL'),
    judgeModel: variable('PICTOR_JUDGE_MODEL'),
    fetchAllow: readList(variable, 'PICTOR_FETCH_ALLOW'),
    webhookBackoffMs: readInteger(variable, 'PICTOR_WEBHOOK_BACKOFF_MS', 5_000, 10, 600_000),
    shutdownMs: readInteger(variable, 'PICTOR_SHUTDOWN_SECONDS', 25, 0, 3600) * 1000,
    logLevel: readChoice(
      variable,
      'PICTOR_LOG_LEVEL',
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'warn',
    ),
    logPrompts: readChoice(variable, 'PICTOR_LOG_PROMPTS', ['on', 'off'], 'off') === 'on',
    variable,
  };
}

type Variable = (name: string) => string | undefined;

function readApiKey(variable: Variable): string | undefined {
  const key = variable('PICTOR_API_KEY');
  if (key !== undefined && key.length < 8) {
    throw new SettingsError('PICTOR_API_KEY is too short: use at least 8 characters, better 32 random ones.');
  }
  return key;
}

function readInteger(variable: Variable, name: string, fallback: number, min: number, max: number): number {
  const text = variable(name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new SettingsError(`${name} must be a whole number from ${min} to ${max}, not '${text}'.`);
  }
  return value;
}

function readChoice<T extends string>(
  variable: Variable,
  name: string,
  choices: readonly T[],
  fallback: T,
): T {
  const text = variable(name);
  if (text === undefined) return fallback;
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined)
    throw new SettingsError(`${name} must be one of ${choices.join(', ')}, not '${text}'.`);
  return choice;
}

function readList(variable: Variable, name: string): string[] {
  return (variable(name) ?? '')
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter((item) => item !== '');
}

function readUrl(variable: Variable, name: string, protocols: readonly string[]): string | undefined {
  const text = variable(name);
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !protocols.includes(url.protocol)) {
    throw new SettingsError(`${name} must be a full address such as https://pictor.example.`);
  }
  return text.replace(/\/+$/, '');
}
