import { parseArgs } from 'node:util';
import { Pictor, PictorApiError } from '@pictor/sdk';
import type { Command, Values } from './command.ts';
import { commands } from './commands/index.ts';
import { CommandError, exitCodeOf, exitCodes } from './exit-codes.ts';
import { readSettings } from './read-settings.ts';
import type { Terminal } from './terminal.ts';
import { commonOptions, writeCommandHelp, writeHelp } from './write-help.ts';

export type CliParts = {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
};

/** Runs one line and gives its exit code. Never throws. */
export async function runCli(args: readonly string[], parts: CliParts): Promise<number> {
  const { terminal } = parts;
  const isJson = args.includes('--json');
  try {
    return await runLine(args, parts);
  } catch (error) {
    if (parts.signal.aborted) return exitCodes.interrupted;
    const exitCode = exitCodeOf(error);
    if (isJson) terminal.printJson({ error: toJson(error), exit_code: exitCode });
    terminal.note(`pictor: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof PictorApiError && error.requestId !== null)
      terminal.note(`request ${error.requestId}`);
    return exitCode;
  }
}

async function runLine(
  args: readonly string[],
  { environment, signal, terminal }: CliParts,
): Promise<number> {
  const found = findCommand(args);
  if (found === null) return tellHelp(args, terminal);
  const { command, rest } = found;
  const values = readLine(command, rest);
  if (values.isSet('help')) {
    terminal.print(writeCommandHelp(command));
    return exitCodes.done;
  }
  const [least, most] = command.words;
  if (values.positionals.length < least || values.positionals.length > most) {
    const problem = values.positionals.length < least ? 'Something is missing' : 'That is too much';
    throw new CommandError(`${problem}. Usage: pictor ${command.name} ${command.usage}`, exitCodes.usage);
  }
  const settings = await readSettings(
    { url: values.text('url'), project: values.text('project') },
    environment,
  );
  const pictor = new Pictor({
    baseUrl: settings.url,
    apiKey: settings.apiKey,
    ...(settings.project === undefined ? {} : { project: settings.project }),
  });
  return await command.run(values, { pictor, terminal, signal, json: values.isSet('json') });
}

/** Commands have one word or two, and stand first. */
function findCommand(args: readonly string[]): { command: Command; rest: readonly string[] } | null {
  for (const count of [2, 1]) {
    const name = args.slice(0, count).join(' ');
    const command = commands.find((each) => each.name === name);
    if (command !== undefined) return { command, rest: args.slice(count) };
  }
  return null;
}

function tellHelp(args: readonly string[], terminal: Terminal): number {
  const [first] = args;
  const inner = commands.filter(({ name }) => name.startsWith(`${first} `));
  if (first === undefined || ['help', '--help', '-h'].includes(first) || inner.length > 0) {
    terminal.print(writeHelp(inner.length > 0 ? inner : commands));
    return first === undefined || (inner.length > 0 && !args.includes('--help'))
      ? exitCodes.usage
      : exitCodes.done;
  }
  throw new CommandError(`There is no command '${first}'. pictor --help lists them.`, exitCodes.usage);
}

function readLine(command: Command, args: readonly string[]): Values {
  const options = { ...command.options, ...commonOptions };
  const { positionals, values } = parse(command, args, options);
  const texts = (name: string): readonly string[] => {
    const value = values[name];
    const list = Array.isArray(value) ? value : [value];
    return list.filter((each) => typeof each === 'string');
  };
  const text = (name: string): string | undefined => texts(name)[0];
  return {
    positionals,
    text,
    texts,
    isSet: (name) => values[name] === true,
    integer: (name) => {
      const written = text(name);
      if (written === undefined) return undefined;
      if (/^\d{1,9}$/.test(written)) return Number(written);
      throw new CommandError(`--${name} takes a whole number, not '${written}'.`, exitCodes.usage);
    },
  };
}

function parse(command: Command, args: readonly string[], options: Command['options']) {
  try {
    const config = Object.fromEntries(
      Object.entries(options).map(([name, { multiple = false, short, type }]) => [
        name,
        { type, multiple, ...(short === undefined ? {} : { short }) },
      ]),
    );
    return parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    throw new CommandError(`${reason}. See pictor ${command.name} --help.`, exitCodes.usage);
  }
}

function toJson(error: unknown): Readonly<Record<string, unknown>> {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof PictorApiError)) return { message };
  const { code, param, requestId, status } = error;
  return { message, code, param, status, request: requestId };
}
