/** Where a command speaks. Results go to standard output, everything on the way to standard error. */
export type Terminal = {
  readonly print: (line: string) => void;
  readonly printJson: (value: unknown) => void;
  readonly writeBytes: (bytes: Uint8Array) => Promise<void>;
  readonly note: (line: string) => void;
  /** A line that the next one replaces; nothing where nobody watches. */
  readonly progress: (line: string) => void;
  readonly endProgress: () => void;
  /** How this terminal shows pictures; null: it does not say that it can. */
  readonly pictures: 'iterm' | 'kitty' | null;
};

type Stream = {
  readonly isTTY?: boolean;
  readonly write: (data: string | Uint8Array, done?: (error?: Error | null) => void) => boolean;
};

export type TerminalParts = {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

export function openTerminal({ stdout, stderr, environment }: TerminalParts): Terminal {
  let isProgressShown = false;
  const endProgress = (): void => {
    if (isProgressShown) stderr.write('\r\u001b[K');
    isProgressShown = false;
  };
  const print = (line: string): void => {
    endProgress();
    stdout.write(`${line}\n`);
  };
  return {
    print,
    printJson: (value) => print(JSON.stringify(value, null, 2)),
    writeBytes: async (bytes) => {
      endProgress();
      await new Promise<void>((resolve, reject) => {
        stdout.write(bytes, (error) => (error instanceof Error ? reject(error) : resolve()));
      });
    },
    note: (line) => {
      endProgress();
      stderr.write(`${line}\n`);
    },
    progress: (line) => {
      if (stderr.isTTY !== true) return;
      stderr.write(`\r\u001b[K${line}`);
      isProgressShown = true;
    },
    endProgress,
    pictures: stdout.isTTY === true ? findPictures(environment) : null,
  };
}

/** Only what the terminal says of itself counts: an escape sequence that is not understood is a screen full of letters. */
function findPictures(environment: TerminalParts['environment']): Terminal['pictures'] {
  const { KITTY_WINDOW_ID, TERM = '', TERM_PROGRAM = '', TMUX } = environment;
  // tmux passes neither on by itself.
  if (TMUX !== undefined) return null;
  if (KITTY_WINDOW_ID !== undefined || TERM === 'xterm-kitty' || TERM_PROGRAM === 'ghostty') return 'kitty';
  return TERM_PROGRAM === 'iTerm.app' || TERM_PROGRAM === 'WezTerm' ? 'iterm' : null;
}
