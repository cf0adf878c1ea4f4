import type { Command, Option } from './command.ts';

/** Options that every command has. */
export const commonOptions: Readonly<Record<string, Option>> = {
  json: { type: 'boolean', help: 'One JSON document on standard output, and nothing else there.' },
  url: {
    type: 'string',
    value: 'ADDRESS',
    help: 'Of the server. Default: PICTOR_URL, else http://127.0.0.1:4100.',
  },
  project: {
    type: 'string',
    value: 'ID',
    help: 'Project that the root key acts for. Default: PICTOR_PROJECT.',
  },
  help: { type: 'boolean', short: 'h', help: 'Show this.' },
};

const settings = `Settings, from the environment:
  PICTOR_URL        address of the server (default http://127.0.0.1:4100)
  PICTOR_API_KEY    key; without it, the one of a server on this machine:
                    api-key in PICTOR_DATA_DIR (default ./data)`;

const codes = `Exit codes:
  0 done   64 wrong usage   65 refused   66 not found   69 server or provider away
  73 cannot write   75 try later   77 not allowed   78 settings   130 Ctrl-C`;

/** The help of the whole program. */
export function writeHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'pictor: pictures from the command line, by way of a Pictor server.',
    '',
    'Usage: pictor COMMAND [options]',
    '',
    ...lines,
    '',
    'Try:',
    '  pictor generate "An otter on a skateboard" -o otter.png',
    '  pictor COMMAND --help        options and examples of one command',
    '',
    settings,
    '',
    codes,
  ].join('\n');
}

/** The help of one command. */
export function writeCommandHelp({ details = [], examples, name, options, summary, usage }: Command): string {
  const all = Object.entries({ ...options, ...commonOptions });
  const heads = all.map(([long, option]) => optionHead(long, option));
  const width = Math.max(...heads.map((head) => head.length));
  return [
    `Usage: pictor ${name} ${usage}`,
    '',
    summary,
    ...details,
    '',
    'Options:',
    ...all.map(([, { help }], index) => `  ${(heads[index] ?? '').padEnd(width)}  ${help}`),
    '',
    'Examples:',
    ...examples.map((example) => `  ${example}`),
  ].join('\n');
}

function optionHead(long: string, { short, value }: Option): string {
  return `${short === undefined ? '    ' : `-${short}, `}--${long}${value === undefined ? '' : ` ${value}`}`;
}
