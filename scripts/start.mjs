import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { buildWeb } from './build-web.mjs';
import { childEnvironment, main, programFolder, projectFolder } from './run-command.mjs';
import { setUp } from './set-up.mjs';

await main(async () => {
  process.chdir(projectFolder);
  await setUp();
  await buildWeb();
  const environmentFile = path.join(projectFolder, '.env');
  becomeServer(realpathSync(path.join(programFolder, 'node')), [
    ...(existsSync(environmentFile) ? [`--env-file-if-exists=${environmentFile}`] : []),
    path.join(projectFolder, 'server', 'src', 'main.ts'),
    ...process.argv.slice(2),
  ]);
});

/**
 * Hands this process over to the server. From the second start on, npm finds Node 24 first and the server
 * takes this process's place, so that a signal needs no messenger. An older Node stays and passes signals on.
 */
function becomeServer(node, args) {
  if (process.execve !== undefined && process.platform !== 'win32') {
    process.execve(node, [node, ...args], childEnvironment());
  }
  const server = spawn(node, args, { env: childEnvironment(), stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => server.kill(signal));
  server.on('error', (error) => {
    process.stderr.write(`Cannot start ${node}: ${error.message}\n`);
    process.exitCode = 1;
  });
  server.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of signals) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}
