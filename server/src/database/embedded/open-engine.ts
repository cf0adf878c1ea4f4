import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { columnParsers } from '../column-parsers.ts';
import type { WorkerStart } from './protocol.ts';

/** POSIX EIO. */
const inputOutputError = 29;

/**
 * Opens PostgreSQL's files in the folder and makes them where there are none. New files are made in a
 * neighbouring folder that gets its name only once complete, so that no crash leaves half a database.
 */
export async function openEngine(start: WorkerStart): Promise<PGlite> {
  if (!existsSync(start.folder)) {
    const draft = `${start.folder}.new`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { mode: 0o700 });
    const first = await createEngine({ folder: draft, fsync: false });
    await first.close();
    if (start.fsync) syncTree(draft);
    renameSync(draft, start.folder);
    if (start.fsync) syncPath(dirname(start.folder));
  }
  closeToOthers(start.folder);
  return await createEngine(start);
}

/**
 * The engine makes its files readable and writable for everybody, whatever the umask, so the folder around them
 * is what keeps other users of the machine out.
 */
function closeToOthers(folder: string): void {
  try {
    chmodSync(folder, 0o700);
  } catch {
    // A file system without owners or modes, or another owner's folder: its rights are not ours to set.
  }
}

async function createEngine({ folder, fsync }: WorkerStart): Promise<PGlite> {
  return await PGlite.create({
    fs: openFiles(folder),
    relaxedDurability: false,
    parsers: { ...columnParsers },
    initDbStartParams: ['--no-sync'],
    startParams: [
      '--single',
      ...(fsync ? [] : ['-F']),
      '-O',
      '-j',
      ...configure('search_path', 'public'),
      ...configure('exit_on_error', 'false'),
      ...configure('log_checkpoints', 'false'),
      // The engine is one thread: nothing can be started beside it.
      ...configure('max_worker_processes', '0'),
      ...configure('max_parallel_workers', '0'),
      ...configure('max_parallel_workers_per_gather', '0'),
      ...configure('max_parallel_maintenance_workers', '0'),
      ...configure('io_method', 'sync'),
      // The engine's fdatasync does nothing; fsync reaches openFiles.
      ...configure('wal_sync_method', 'fsync'),
      // PostgreSQL's 128 MB would only repeat what the system's file cache holds.
      ...configure('shared_buffers', '32MB'),
    ],
  });
}

function configure(name: string, value: string): string[] {
  return ['-c', `${name}=${value}`];
}

/** Files on disk whose fsync is real; the engine's own file layer has none and reports success. */
function openFiles(folder: string): NodeFS {
  const files = new NodeFS(folder);
  const init = files.init.bind(files);
  files.init = async (engine, options) => {
    const prepared = await init(engine, options);
    prepared.emscriptenOpts.preRun?.push((module) => addFsync(module.NODEFS));
    return prepared;
  };
  return files;
}

function addFsync(fileSystem: unknown): void {
  const { stream_ops } = fileSystem as { stream_ops: { fsync?: (stream: { nfd: number }) => number } };
  stream_ops.fsync = ({ nfd }) => {
    try {
      fsyncSync(nfd);
      return 0;
    } catch {
      return inputOutputError;
    }
  };
}

function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() || entry.isDirectory()) syncPath(join(entry.parentPath, entry.name));
  }
  syncPath(folder);
}

function syncPath(path: string): void {
  // Windows can neither open folders nor needs them synced.
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
