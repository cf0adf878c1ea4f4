import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const program = '/usr/sbin/nginx';

export type Nginx = {
  /** One for each target, in their order. */
  readonly ports: readonly number[];
  readonly close: () => Promise<void>;
};

/** A real nginx with its default limits in front of each target port, listening on the ports given. */
export async function openNginx(
  targets: readonly { readonly targetPort: number; readonly port: number }[],
): Promise<Nginx> {
  if (!existsSync(program))
    throw new Error(`${program} is missing: install nginx, on Debian by apt-get install nginx-light.`);
  const folder = await mkdtemp(join(tmpdir(), 'pictor-nginx-'));
  const file = join(folder, 'nginx.conf');
  await writeFile(file, configure(folder, targets));
  const child = spawn(program, ['-c', file, '-p', folder, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGTERM'));
  for (const { port } of targets) await waitForPort(port);
  return {
    ports: targets.map(({ port }) => port),
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a short guide would say to write, and no time limit changed. */
function configure(folder: string, targets: readonly { targetPort: number; port: number }[]): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  const servers = targets.map(
    ({ targetPort, port }) =>
      `server { listen 127.0.0.1:${port}; location / { proxy_pass http://127.0.0.1:${targetPort}; } }`,
  );
  return [
    // Started by root, nginx would hand its work to a user who may not write into the folder.
    process.getuid?.() === 0 ? 'user root;' : '',
    'daemon off;',
    `pid ${join(folder, 'nginx.pid')};`,
    'worker_processes 1;',
    'error_log stderr crit;',
    'events {}',
    `http { access_log off; ${temporary.join(' ')} ${servers.join(' ')} }`,
  ].join('\n');
}

async function waitForPort(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = connect(port, '127.0.0.1');
    const open = await Promise.race([
      once(socket, 'connect').then(
        () => true,
        () => false,
      ),
      wait(1_000, false),
    ]);
    socket.destroy();
    if (open) return;
    await wait(100);
  }
  throw new Error('nginx did not start.');
}
