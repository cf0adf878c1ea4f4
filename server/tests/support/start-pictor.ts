import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import OpenAI from 'openai';
import { copyPreparedDatabase } from './copy-prepared-database.ts';

/**
 * Servers of tests live for seconds: the database's WebAssembly is not worth a second, optimising compiler, and what
 * Node made of the sources is kept for the next one. Both together halve the processor time of a start.
 */
const quickStart = ['--liftoff-only'];
const compileCache = fileURLToPath(new URL('../../../node_modules/.cache/node', import.meta.url));

const mainFile = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const projectFolder = fileURLToPath(new URL('../../../', import.meta.url));

export type Pictor = {
  readonly url: string;
  readonly key: string;
  readonly signInLink: string;
  readonly dataDir: string;
  /** Of the process. */
  readonly pid: number;
  /** Everything the process wrote so far. */
  readonly output: () => string;
  /** SIGTERM, and waits for the end. Gives the exit code. */
  readonly stop: () => Promise<number | null>;
  /** SIGKILL, and waits for the end. */
  readonly kill: () => Promise<void>;
  /** The official client, pointed here. */
  readonly client: () => OpenAI;
  /** A call with the key. */
  readonly call: (path: string, options?: RequestInit) => Promise<Response>;
};

export type PictorOptions = {
  readonly env?: Readonly<Record<string, string>>;
  /** True: it has much to do, so that its start may take longer. Default: false. */
  readonly isLongLived?: boolean;
  /** Of a copy of the program; default: this one. */
  readonly mainFile?: string;
  /** Folder to use again; a new one is made otherwise. */
  readonly dataDir?: string;
  /** False: PICTOR_API_KEY is not set, and the key is read from the data folder. */
  readonly ownKey?: boolean;
};

const testKey = 'sk-pictor-test-key-0123456789';
const temporaryFolders: string[] = [];

/** Starts the real server as a process of its own on a free port, and waits until it says that it is ready. */
export async function startPictor(options: PictorOptions = {}): Promise<Pictor> {
  const dataDir = options.dataDir ?? (await newDataDir());
  const { child, output, ended } = launch({ ...options, dataDir });
  await ready(child, output, ended);
  const url = /ready on (\S+)/.exec(output())?.[1] ?? '';
  const key = options.ownKey === false ? (/API key: {2}(sk-\S+)/.exec(output())?.[1] ?? '') : testKey;
  return {
    url,
    key,
    dataDir,
    pid: child.pid ?? 0,
    output,
    signInLink: /Sign in: {2}(\S+)/.exec(output())?.[1] ?? '',
    stop: async () => {
      child.kill('SIGTERM');
      return await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    client: () => new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 }),
    call: (path, init) =>
      fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${key}`, ...init?.headers } }),
  };
}

/** Starts the server where it is expected to fail; gives what it said and its exit code. */
export async function startAndFail(options: PictorOptions): Promise<{ code: number | null; output: string }> {
  const { output, ended } = launch({ ...options, dataDir: options.dataDir ?? (await newDataDir()) });
  return { code: await ended, output: output() };
}

/** A data folder whose database is made already, where the tests prepared one. */
export async function newDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pictor-test-'));
  temporaryFolders.push(folder);
  await copyPreparedDatabase(folder);
  return folder;
}

/** Removes every data folder that this file's tests made. */
export async function removeDataDirs(): Promise<void> {
  await Promise.all(
    temporaryFolders.splice(0).map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 3 })),
  );
}

function launch(options: PictorOptions & { dataDir: string }) {
  const child = spawn(
    process.execPath,
    [...(options.isLongLived === true ? [] : quickStart), options.mainFile ?? mainFile],
    {
      cwd: projectFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NODE_COMPILE_CACHE: compileCache,
        PICTOR_PORT: '0',
        PICTOR_DATA_DIR: options.dataDir,
        ...(options.ownKey === false ? {} : { PICTOR_API_KEY: testKey }),
        ...options.env,
      },
    },
  );
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => resolve(code));
  });
  return { child, ended, output: () => text };
}

async function ready(
  child: ChildProcess,
  output: () => string,
  ended: Promise<number | null>,
): Promise<void> {
  const greeted = new Promise<'ready'>((resolve) => {
    const look = (): void => {
      // The greeting's last fixed line: everything that is parsed stands before it.
      if (/API key: .*\n/.test(output())) resolve('ready');
    };
    child.stdout?.on('data', look);
  });
  const first = await Promise.race([greeted, ended]);
  if (first !== 'ready') throw new Error(`Pictor ended before it was ready:\n${output()}`);
}
