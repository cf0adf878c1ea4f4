import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serverFlags } from '../../scripts/server-flags.mjs';
import type { Answering } from './upstream.ts';

/** Somewhere that answers the Images API, in the end from the one upstream. */
export type Target = {
  readonly name: 'direct' | 'nginx' | 'Portkey' | 'Pictor';
  readonly port: number;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly pid: number;
};

export type Bench = {
  readonly targets: readonly Target[];
  readonly setAnswer: (answering: Answering) => Promise<void>;
  /** How late Pictor's event loop was since the last reset, in milliseconds. */
  readonly readLoop: (message: 'reset' | 'read') => Promise<LoopDelay>;
  /** Throws away the pictures that Pictor stored: the next scenario needs the room. */
  readonly emptyStore: () => void;
  readonly close: () => Promise<void>;
};

export type LoopDelay = { readonly p99Ms: number; readonly maxMs: number };

const key = 'sk-bench-0123456789';
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Starts the upstream and everything that stands before it. Without nginx in the PATH there is no nginx. */
export async function startTargets(dataFolder: string | undefined): Promise<Bench> {
  const folder = mkdtempSync(path.join(dataFolder ?? tmpdir(), 'pictor-bench-'));
  const upstream = fork(here('upstream.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  endWithUs(upstream);
  const [{ port }] = (await once(upstream, 'message')) as [{ port: number }];
  const nginx = await startNginx(folder, port);
  const portkey = await startPortkey(port);
  const pictor = await startPictor(folder, port);
  const children = [upstream, portkey.child, pictor.child, ...(nginx === null ? [] : [nginx.child])];
  const direct: Target = { name: 'direct', port, key, headers: {}, pid: upstream.pid ?? 0 };
  return {
    targets: [direct, ...(nginx === null ? [] : [nginx.target]), portkey.target, pictor.target],
    setAnswer: async (answering) => {
      upstream.send(answering);
      await once(upstream, 'message');
    },
    readLoop: async (message) => {
      pictor.child.send(message);
      return ((await once(pictor.child, 'message')) as [LoopDelay])[0];
    },
    emptyStore: () => emptyFolder(path.join(folder, 'data', 'images')),
    close: async () => {
      await Promise.all(children.map(stop));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Files only: a server that has run for a while has its folders. */
function emptyFolder(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) rmSync(path.join(entry.parentPath, entry.name), { force: true });
  }
}

type Started = { readonly child: ChildProcess; readonly target: Target };

async function startNginx(folder: string, upstreamPort: number): Promise<Started | null> {
  const program = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find(existsSync);
  if (program === undefined) return null;
  const port = await freePort();
  const home = path.join(folder, 'nginx');
  mkdirSync(home);
  // As its packages set it up, but for the limit on bodies, the log, and connections that are used again.
  writeFileSync(
    path.join(home, 'nginx.conf'),
    `daemon off; ${asOurselves()}pid ${home}/pid; worker_processes auto; error_log ${home}/error.log;
events { worker_connections 768; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  client_max_body_size 100m; client_body_temp_path ${home}/body; proxy_temp_path ${home}/proxy;
  fastcgi_temp_path ${home}/f; uwsgi_temp_path ${home}/u; scgi_temp_path ${home}/s;
  upstream service { server 127.0.0.1:${upstreamPort}; keepalive 64; keepalive_requests 1000000; }
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_read_timeout 600s; }
  }
}`,
  );
  const child = spawn(program, ['-c', path.join(home, 'nginx.conf')], { stdio: 'ignore' });
  endWithUs(child);
  await reachable(port);
  return { child, target: { name: 'nginx', port, key, headers: {}, pid: child.pid ?? 0 } };
}

/** Workers of a master that may do anything become somebody else, who cannot write into our folder. */
function asOurselves(): string {
  return process.getuid?.() === 0 ? `user ${userInfo().username} ${userInfo().username}; ` : '';
}

async function startPortkey(upstreamPort: number): Promise<Started> {
  const program = here('../node_modules/@portkey-ai/gateway/build/start-server.js');
  const port = await freePort();
  const child = spawn(process.execPath, [program, `--port=${port}`, '--headless'], {
    stdio: 'ignore',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  endWithUs(child);
  await reachable(port);
  const headers = {
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `http://127.0.0.1:${upstreamPort}/v1`,
  };
  return { child, target: { name: 'Portkey', port, key, headers, pid: child.pid ?? 0 } };
}

async function startPictor(folder: string, upstreamPort: number): Promise<Started> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [...serverFlags, '--import', here('loop-probe.mjs'), ...profiling(), here('../../server/src/main.ts')],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        MALLOC_ARENA_MAX: '2',
        ...process.env,
        PICTOR_PORT: String(port),
        PICTOR_DATA_DIR: path.join(folder, 'data'),
        PICTOR_API_KEY: key,
        OPENAI_API_KEY: key,
        PICTOR_OPENAI_BASE_URL: `http://127.0.0.1:${upstreamPort}/v1`,
        PICTOR_SHUTDOWN_SECONDS: '0',
      },
    },
  );
  endWithUs(child);
  await reachable(port);
  return { child, target: { name: 'Pictor', port, key, headers: {}, pid: child.pid ?? 0 } };
}

/** `--profile=<folder>` writes a CPU profile of Pictor there. */
function profiling(): string[] {
  const folder = process.argv.find((argument) => argument.startsWith('--profile='))?.split('=')[1];
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function reachable(port: number): Promise<void> {
  for (let attempt = 0; attempt < 900; attempt += 1) {
    const answered = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    if (answered !== null) return;
    await wait(100);
  }
  throw new Error(`Nothing answers at port ${port}.`);
}

/** What is started never outlives the benchmark, however that ends. */
function endWithUs(child: ChildProcess): void {
  process.once('exit', () => child.kill('SIGKILL'));
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  if (await Promise.race([ended.then(() => true), wait(10_000, false)])) return;
  child.kill('SIGKILL');
  await ended;
}
