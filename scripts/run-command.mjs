import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// On a fresh clone these scripts run under whatever Node the machine has, before anything is installed:
// only built-ins that Node 20 knows, and no package.

/** The root of the repository, an absolute path. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** Where npm puts the programs of the dev dependencies, Node 24 among them. */
export const programFolder = path.join(projectFolder, 'node_modules', '.bin');

/**
 * The environment for children: programs of the dev dependencies come first in PATH, so that
 * `#!/usr/bin/env node` finds Node 24 whatever Node started npm. glibc gets two heaps instead of eight per core: image
 * work wanders over many threads, and each heap keeps the most that it ever held. What Node made of the sources is kept
 * for the next start.
 */
export function childEnvironment(extra = {}) {
  const inherited = (process.env.PATH ?? '').split(path.delimiter).filter((entry) => entry !== programFolder);
  return {
    MALLOC_ARENA_MAX: '2',
    NODE_COMPILE_CACHE: path.join(projectFolder, 'node_modules', '.cache', 'node'),
    ...process.env,
    PATH: [programFolder, ...inherited].join(path.delimiter),
    ...extra,
  };
}

/**
 * Runs a program in the root of the repository with this terminal's input and output.
 * Answers its exit code; a program ended by a signal gets 128 + the signal's number, as in a shell.
 */
export function runCommand(command, args, env = childEnvironment()) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: projectFolder, env, stdio: 'inherit' });
    const stopPassing = passSignals(child);
    child.on('error', (error) => {
      stopPassing();
      process.stderr.write(`Cannot run ${command}: ${error.message}\n`);
      resolve(127);
    });
    child.on('exit', (code, signal) => {
      stopPassing();
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}

/**
 * Hands the signals that mean "stop" on to a child, and lets the child decide when to end.
 * Answers a function that puts an end to this.
 */
function passSignals(child) {
  const pass = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}

/** Ends a script before its time: `main` prints the message and leaves with the exit code. */
export class Stop extends Error {
  constructor(exitCode, message) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs a script's body; a `Stop` becomes one sentence and an exit code, anything else stays a crash. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
