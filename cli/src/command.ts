import type { Pictor } from '@pictor/sdk';
import type { Terminal } from './terminal.ts';

/** An option as `node:util` parses it, with a sentence for `--help`. */
export type Option = {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for the value in the help: `FILE`. Absent for switches. */
  readonly value?: string;
  readonly help: string;
};

/** What was written on the line, as far as a command asks for it. */
export type Values = {
  readonly text: (name: string) => string | undefined;
  readonly texts: (name: string) => readonly string[];
  readonly isSet: (name: string) => boolean;
  /** A whole number; a CommandError where it is none. */
  readonly integer: (name: string) => number | undefined;
  readonly positionals: readonly string[];
};

export type Context = {
  readonly pictor: Pictor;
  readonly terminal: Terminal;
  /** `--json`: one JSON document on standard output, and nothing else there. */
  readonly json: boolean;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
};

export type Command = {
  /** As it is typed: `prompts export`. */
  readonly name: string;
  /** What stands behind the name: `"PROMPT" [options]`. */
  readonly usage: string;
  /** One sentence. */
  readonly summary: string;
  /** Further sentences, a line each. */
  readonly details?: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly string[];
  /** How many words it takes, at least and at most. */
  readonly words: readonly [least: number, most: number];
  /** Gives the exit code. */
  readonly run: (values: Values, context: Context) => Promise<number>;
};
